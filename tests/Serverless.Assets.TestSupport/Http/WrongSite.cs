using System.Net;
using System.Text;
using Microsoft.Extensions.Time.Testing;
using Serverless.Assets.Client;

namespace Serverless.Assets.TestSupport;

/// <summary>A site whose responses to some requests differ from the deployed content.</summary>
internal sealed class WrongSite(
    Func<HttpRequestMessage, bool> isWrong,
    HttpStatusCode status,
    string content = "wrong",
    string mediaType = "text/plain"
) : DelegatingHandler(ApiConnection.CreateHandler())
{
    /// <summary>SHA-256 of the default content.</summary>
    public const string Sha256 = "8810ad581e59f2bc3928b261707a71308f7e139eb04820366dc4d5c18d980225";

    protected override async Task<HttpResponseMessage> SendAsync(
        HttpRequestMessage request,
        CancellationToken cancellationToken
    ) =>
        isWrong(request)
            ? new HttpResponseMessage(status)
            {
                Content = new StringContent(content, Encoding.UTF8, mediaType),
                RequestMessage = request,
            }
            : await base.SendAsync(request, cancellationToken);
}

/// <summary>
/// A site that still shows something else a minute after any deployment: each response takes that long.
/// </summary>
internal sealed class StaleSite(FakeTimeProvider clock) : HttpMessageHandler
{
    protected override Task<HttpResponseMessage> SendAsync(
        HttpRequestMessage request,
        CancellationToken cancellationToken
    )
    {
        clock.Advance(TimeSpan.FromSeconds(61));
        return Task.FromResult(new HttpResponseMessage { Content = new StringContent("stale") });
    }
}
