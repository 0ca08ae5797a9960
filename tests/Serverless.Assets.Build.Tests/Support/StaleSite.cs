using Microsoft.Extensions.Time.Testing;

namespace Serverless.Assets.Build.Tests.Support;

/// <summary>A site that still shows something else a minute after any deployment: each answer takes that long.</summary>
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
