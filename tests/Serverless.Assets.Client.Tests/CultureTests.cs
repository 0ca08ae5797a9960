using System.Net.Http.Headers;
using System.Text.RegularExpressions;

namespace Serverless.Assets.Client.Tests;

/// <summary>The client in a program of a machine with another culture.</summary>
public sealed class CultureTests : ClientTest
{
    public static TheoryData<string> All => Cultures.All;

    [Theory]
    [MemberData(nameof(All))]
    public async Task Requests_and_failures_are_the_same(string culture)
    {
        var expected = await SendAsync("");
        Assert.Contains("PageSize=20", expected, StringComparison.Ordinal);
        Assert.Contains("Twilio code -20001", expected, StringComparison.Ordinal);

        Assert.Equal(expected, await SendAsync(culture));
    }

    [Theory]
    [MemberData(nameof(All))]
    public async Task A_date_in_Retry_After_is_understood(string culture)
    {
        Cultures.Use(culture);
        var requests = 0;
        using var handler = new StubHandler(_ =>
        {
            if (requests++ > 0)
            {
                return StubHandler.Json(AssetJson);
            }

            var throttled = Fail("429");
            throttled.Headers.RetryAfter = new RetryConditionHeaderValue(Clock.GetUtcNow().AddMinutes(2));
            return throttled;
        });
        var started = Clock.GetUtcNow();

        await CreateClient(handler).Assets.CreateAsync(Service, "/a.txt", Cancellation);

        Assert.Equal(2, requests);
        Assert.True(Clock.GetUtcNow() - started >= TimeSpan.FromSeconds(119));
    }

    private async Task<string> SendAsync(string culture)
    {
        Cultures.Use(culture);
        var sent = new List<string>();
        using var handler = new StubHandler(request =>
        {
            sent.Add(request.ToString());
            return StubHandler.Json("""{ "code": -20001, "message": "no" }""", System.Net.HttpStatusCode.BadRequest);
        });
        var client = CreateClient(handler);
        foreach (
            var send in (Func<Task>[])
                [
                    () => client.Assets.ListAsync(Service, 50, 20, Cancellation).ToListAsync(Cancellation).AsTask(),
                    () =>
                        client.AssetVersions.CreateAsync(
                            Service,
                            TestSid.From("ZH1"),
                            "/I.txt",
                            Visibility.Private,
                            AssetContent.FromBytes(new byte[1_500_000], "text/plain"),
                            Cancellation
                        ),
                ]
        )
        {
            var failure = await Assert.ThrowsAsync<ServerlessApiException>(send);
            sent.Add(failure.Message);
            sent.Add(failure.Details);
        }

        // The separator of the parts of a form is random.
        return Regex.Replace(string.Join('\n', sent), "serverless-assets-[0-9a-f]{32}", "separator");
    }
}
