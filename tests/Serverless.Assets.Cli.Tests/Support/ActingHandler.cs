using Serverless.Assets.Client;

namespace Serverless.Assets.Cli.Tests.Support;

/// <summary>The program's own way to the service; somebody else is faster than some of its requests.</summary>
/// <param name="method">Of the request that somebody is faster than.</param>
/// <param name="addressEnd">What its address ends with, or holds.</param>
internal sealed class ActingHandler(HttpMethod method, string addressEnd, Func<Task> act)
    : DelegatingHandler(ApiConnection.CreateHandler())
{
    private bool _hasActed;

    protected override async Task<HttpResponseMessage> SendAsync(
        HttpRequestMessage request,
        CancellationToken cancellationToken
    )
    {
        if (
            !_hasActed
            && request.Method == method
            && request.RequestUri!.AbsolutePath.Contains(addressEnd, StringComparison.Ordinal)
        )
        {
            _hasActed = true;
            await act();
        }

        return await base.SendAsync(request, cancellationToken);
    }
}
