namespace Serverless.Assets.Emulator.Tests.Faults;

public sealed class RateTests
{
    /// <summary>The faults of requests that are not processed.</summary>
    public static TheoryData<EmulatorFaults, int, string, string, string> Refusals =>
        new()
        {
            {
                new() { Rate500 = 1 },
                500,
                "application/json",
                "\"code\":20500",
                "500"
            },
            {
                new() { Rate503Html = 1 },
                503,
                "text/html",
                "<h1>503 Service Temporarily Unavailable</h1>",
                "503"
            },
            {
                new() { Rate502Html = 1 },
                502,
                "text/html",
                "<h1>502 Bad Gateway</h1>",
                "502"
            },
        };

    public static TheoryData<EmulatorFaults, bool, string> Cuts =>
        new()
        {
            {
                new() { RateReset = 1 },
                false,
                "reset"
            },
            {
                new() { RateResetAfterWork = 1 },
                true,
                "resetAfterWork"
            },
            {
                new() { RateTruncated = 1 },
                true,
                "truncated"
            },
        };

    [Theory]
    [MemberData(nameof(Refusals))]
    public async Task A_refusal_does_no_work(
        EmulatorFaults faults,
        int status,
        string type,
        string text,
        string counted
    )
    {
        await using var emulator = await TestEmulator.StartAsync();
        await emulator.Api.CreateServiceAsync();
        emulator.Server.Faults = faults;

        var answer = await emulator.Api.PostAsync("/v1/Services/shop/Assets", ("FriendlyName", "/a"));

        Assert.Equal(status, answer.Status);
        Assert.Equal(type, answer.Headers["Content-Type"]);
        Assert.Contains(text, answer.Text, StringComparison.Ordinal);
        Assert.Equal(0, await AssetsAsync(emulator));
        Assert.Equal(1, (await emulator.GetStatsAsync()).GetProperty("faults").GetProperty(counted).GetInt32());
    }

    [Theory]
    [MemberData(nameof(Cuts))]
    public async Task A_cut_connection_may_have_done_the_work(EmulatorFaults faults, bool worked, string counted)
    {
        await using var emulator = await TestEmulator.StartAsync();
        await emulator.Api.CreateServiceAsync();
        emulator.Server.Faults = faults;
        // HttpClient would send the request again on a connection that it used before.
        using var fresh = new ApiClient(emulator.Server.BaseAddress);

        await Assert.ThrowsAsync<HttpRequestException>(() =>
            fresh.PostAsync("/v1/Services/shop/Assets", ("FriendlyName", "/a"))
        );

        Assert.Equal(worked ? 1 : 0, await AssetsAsync(emulator));
        Assert.Equal(1, (await emulator.GetStatsAsync()).GetProperty("faults").GetProperty(counted).GetInt32());
    }

    [Fact]
    public async Task A_truncated_response_starts_with_a_success_status()
    {
        await using var emulator = await TestEmulator.StartAsync(new EmulatorFaults { RateTruncated = 1 });

        using var response = await emulator.Api.BeginAsync("/v1/Services");

        Assert.Equal(200, (int)response.StatusCode);
        await Assert.ThrowsAnyAsync<HttpRequestException>(() => response.Content.ReadAsStringAsync(TestEmulator.Token));
    }

    [Fact]
    public async Task Broken_json_comes_after_the_work_with_a_success()
    {
        await using var emulator = await TestEmulator.StartAsync();
        await emulator.Api.CreateServiceAsync();
        emulator.Server.Faults = new EmulatorFaults { RateBrokenJson = 1 };

        var answer = await emulator.Api.PostAsync("/v1/Services/shop/Assets", ("FriendlyName", "/a"));

        Assert.Equal(201, answer.Status);
        Assert.StartsWith("{\"sid\":\"ZH", answer.Text, StringComparison.Ordinal);
        Assert.ThrowsAny<System.Text.Json.JsonException>(() => answer.Json);
        Assert.Equal(1, await AssetsAsync(emulator));
    }

    [Fact]
    public async Task A_refused_request_is_refused_whole()
    {
        await using var emulator = await TestEmulator.StartAsync(new EmulatorFaults { RateBrokenJson = 1 });

        (await emulator.Api.GetAsync("/v1/Services/none")).Refused(
            404,
            20404,
            "The requested resource /v1/Services/none was not found"
        );
        JsonAssert.Same("{}", (await emulator.GetStatsAsync()).GetProperty("faults"));
        using var stranger = new ApiClient(emulator.Server.BaseAddress, "nobody:secret");
        (await stranger.GetAsync("/v1/Services")).Refused(401, 20003, "Authenticate");
    }

    [Fact]
    public async Task Only_faults_that_change_a_response_are_counted()
    {
        await using var emulator = await TestEmulator.StartAsync();
        var service = (await emulator.Api.CreateServiceAsync()).Sid();
        var asset = await emulator.Api.CreateAssetAsync(service);
        emulator.Server.Faults = new EmulatorFaults { RateResetAfterWork = 1 };
        Assert.Equal(404, (await emulator.Api.GetAsync("/v1/Services/none")).Status);
        emulator.Server.Faults = new EmulatorFaults { RateBrokenJson = 1 };
        Assert.Equal(204, (await emulator.Api.DeleteAsync($"/v1/Services/{service}/Assets/{asset}")).Status);

        JsonAssert.Same("{}", (await emulator.GetStatsAsync()).GetProperty("faults"));
    }

    [Fact]
    public async Task Each_rate_is_the_share_of_all_requests()
    {
        const int Requests = 400;
        await using var emulator = await TestEmulator.StartAsync(
            new EmulatorFaults
            {
                Seed = 1,
                Rate500 = 0.5,
                Rate503Html = 0.25,
                Rate502Html = 0.25,
            }
        );
        for (var i = 0; i < Requests; i++)
        {
            Assert.InRange((await emulator.Api.GetAsync("/v1/Services")).Status, 500, 503);
        }

        var faults = (await emulator.GetStatsAsync()).GetProperty("faults");
        Assert.InRange(faults.GetProperty("500").GetInt32(), 0.4 * Requests, 0.6 * Requests);
        Assert.InRange(faults.GetProperty("503").GetInt32(), 0.17 * Requests, 0.33 * Requests);
        Assert.InRange(faults.GetProperty("502").GetInt32(), 0.17 * Requests, 0.33 * Requests);
    }

    private static async Task<int> AssetsAsync(TestEmulator emulator)
    {
        emulator.Server.Faults = new EmulatorFaults();
        return (await emulator.Api.GetAsync("/v1/Services/shop/Assets")).Ok().GetProperty("assets").GetArrayLength();
    }
}
