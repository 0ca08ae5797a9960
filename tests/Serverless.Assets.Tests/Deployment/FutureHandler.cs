using Serverless.Assets.Client;

namespace Serverless.Assets.Tests.Deployment;

/// <summary>Changes the <c>Date</c> of every response, as a proxy with a wrong clock does.</summary>
internal sealed class FutureHandler(TimeSpan offset) : DelegatingHandler(ApiConnection.CreateHandler())
{
    protected override async Task<HttpResponseMessage> SendAsync(
        HttpRequestMessage request,
        CancellationToken cancellationToken
    )
    {
        var response = await base.SendAsync(request, cancellationToken);
        response.Headers.Date += offset;
        return response;
    }
}
