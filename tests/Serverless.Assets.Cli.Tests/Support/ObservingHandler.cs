using Serverless.Assets.Client;

namespace Serverless.Assets.Cli.Tests.Support;

/// <summary>The program's own way to the service, with a look at each request before it is sent.</summary>
internal sealed class ObservingHandler(Action<HttpRequestMessage> onRequest)
    : DelegatingHandler(ApiConnection.CreateHandler())
{
    protected override Task<HttpResponseMessage> SendAsync(
        HttpRequestMessage request,
        CancellationToken cancellationToken
    )
    {
        onRequest(request);
        return base.SendAsync(request, cancellationToken);
    }
}
