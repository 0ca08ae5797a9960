using System.Globalization;
using System.Net;
using Serverless.Assets.Tests.Deployment;

namespace Serverless.Assets.Tests.Faults;

/// <summary>A creation is retried after the delay that the service requests, as every other request is.</summary>
public sealed class CreationDelayTests : DeploymentTest
{
    private readonly SkippingClock _clock = new();

    public override ValueTask InitializeAsync() => InitializeAsync(_clock);

    [Theory]
    [InlineData("/Services", HttpStatusCode.ServiceUnavailable, "20")]
    [InlineData("/Services", HttpStatusCode.TooManyRequests, "date")]
    [InlineData("/Assets", HttpStatusCode.ServiceUnavailable, "date")]
    [InlineData("/Assets", HttpStatusCode.RequestTimeout, "20")]
    [InlineData("/Versions", HttpStatusCode.BadGateway, "20")]
    [InlineData("/Environments", HttpStatusCode.ServiceUnavailable, "20")]
    [InlineData("/Environments", HttpStatusCode.GatewayTimeout, "date")]
    [InlineData("/Builds", HttpStatusCode.ServiceUnavailable, "20")]
    [InlineData("/Builds", HttpStatusCode.TooManyRequests, "date")]
    [InlineData("/Deployments", HttpStatusCode.ServiceUnavailable, "date")]
    [InlineData("/Deployments", HttpStatusCode.Conflict, "20")]
    public async Task A_creation_waits_as_long_as_the_service_asks(string pathEnd, HttpStatusCode status, string after)
    {
        var requests = 0;
        Respond(
            pathEnd,
            () =>
                ++requests <= 3
                    ? Refuse(
                        status,
                        after == "date"
                            ? _clock.GetUtcNow().AddSeconds(20).ToString("R", CultureInfo.InvariantCulture)
                            : after
                    )
                    : null
        );

        await UploadAndDeployAsync(("a.txt", "first"));

        Assert.Equal(4, requests);
        Assert.Equal(
            3,
            _clock.Waits.Count(wait => wait >= TimeSpan.FromSeconds(19) && wait <= TimeSpan.FromSeconds(20))
        );
        Assert.Equal("200 first", await VisitAsync("/a.txt"));
        Assert.Single(await Emulator.GetAssetNamesAsync(EngineWorkbench.ServiceName));
        Assert.Single(await GetDeployedBuildsAsync());
    }

    [Theory]
    [InlineData("/Services")]
    [InlineData("/Assets")]
    [InlineData("/Environments")]
    [InlineData("/Builds")]
    [InlineData("/Deployments")]
    public async Task A_creation_without_a_delay_of_the_service_waits_longer_each_time(string pathEnd)
    {
        var requests = 0;
        Respond(pathEnd, () => ++requests <= 6 ? Refuse(HttpStatusCode.ServiceUnavailable, "0") : null);
        var started = _clock.GetUtcNow();

        await UploadAndDeployAsync(("a.txt", "first"));

        Assert.Equal(7, requests);
        Assert.InRange(_clock.GetUtcNow() - started, TimeSpan.FromSeconds(6.3), TimeSpan.FromSeconds(30));
    }

    private void Respond(string pathEnd, Func<HttpResponseMessage?> respond) =>
        Bench.HttpHandler = () =>
            InterceptingHandler.Replace(request =>
                request.Method == HttpMethod.Post
                && request.RequestUri!.AbsolutePath.EndsWith(pathEnd, StringComparison.Ordinal)
                    ? respond()
                    : null
            );

    private static HttpResponseMessage Refuse(HttpStatusCode status, string retryAfter)
    {
        var response = StubHandler.Html(status);
        response.Headers.TryAddWithoutValidation("Retry-After", retryAfter);
        return response;
    }
}
