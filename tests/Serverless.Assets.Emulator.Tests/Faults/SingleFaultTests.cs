using System.Text;

namespace Serverless.Assets.Emulator.Tests.Faults;

public sealed class SingleFaultTests
{
    [Fact]
    public async Task The_nth_request_gets_no_response_and_has_no_effect()
    {
        await using var emulator = await TestEmulator.StartAsync();
        await emulator.Api.CreateServiceAsync();
        emulator.Server.Faults = new EmulatorFaults { HangNthRequest = 2 };

        await emulator.Api.CreateAssetAsync("shop", "/first");
        var hanging = emulator.Api.PostAsync("/v1/Services/shop/Assets", ("FriendlyName", "/second"));
        await emulator.WaitForHangAsync();
        await emulator.Api.CreateAssetAsync("shop", "/third");

        var names = (await emulator.Api.GetAsync("/v1/Services/shop/Assets")).Ok().All("assets", "friendly_name");
        Assert.Equal(["/third", "/first"], names);
        Assert.False(hanging.IsCompleted);

        await emulator.Server.DisposeAsync(); // a request that hangs does not delay this
        await Assert.ThrowsAsync<HttpRequestException>(() => hanging);
    }

    [Fact]
    public async Task The_nth_page_of_a_list_fails_until_changed()
    {
        await using var emulator = await TestEmulator.StartAsync(new EmulatorFaults { FailListPage = 2 });
        for (var i = 0; i < 3; i++)
        {
            await emulator.Api.CreateServiceAsync($"shop-{i}");
        }

        var next = (await emulator.Api.GetAsync("/v1/Services?PageSize=1"))
            .Ok()
            .GetProperty("meta")
            .Text("next_page_url")!;
        (await emulator.Api.GetAsync(next)).Refused(500, 20500, "An internal server error has occurred");
        Assert.Equal(500, (await emulator.Api.GetAsync(next)).Status);
        Assert.Equal(200, (await emulator.Api.GetAsync("/v1/Services?PageSize=1&Page=2")).Status);
        emulator.Server.Faults = new EmulatorFaults();
        Assert.Equal(200, (await emulator.Api.GetAsync(next)).Status);
    }

    [Fact]
    public async Task The_nth_page_of_each_list_fails_once()
    {
        await using var emulator = await TestEmulator.StartAsync(new EmulatorFaults { FailListPageOnce = 1 });
        await emulator.Api.CreateServiceAsync();

        Assert.Equal(500, (await emulator.Api.GetAsync("/v1/Services")).Status);
        Assert.Equal(200, (await emulator.Api.GetAsync("/v1/Services")).Status);
        Assert.Equal(500, (await emulator.Api.GetAsync("/v1/Services/shop/Assets")).Status);
        Assert.Equal(200, (await emulator.Api.GetAsync("/v1/Services/shop/Assets")).Status);
        Assert.Equal(200, (await emulator.Api.GetAsync("/v1/Services/shop")).Status);
        Assert.Equal(2, (await emulator.GetStatsAsync()).GetProperty("faults").GetProperty("listPage").GetInt32());
    }

    [Fact]
    public async Task Builds_fail_on_request()
    {
        await using var emulator = await TestEmulator.StartAsync(
            new EmulatorFaults { FailBuilds = true, BuildSeconds = 1 }
        );
        var service = (await emulator.Api.CreateServiceAsync()).Sid();
        var build = (await emulator.Api.BuildAsync(service, await emulator.Api.AddAsync(service, "/a", "a"))).Created();
        var environment = (await emulator.Api.CreateEnvironmentAsync(service)).Sid();

        Assert.Equal("building", build.Text("status"));
        emulator.Clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(
            "failed",
            (await emulator.Api.GetAsync($"/v1/Services/{service}/Builds/{build.Sid()}/Status")).Ok().Text("status")
        );
        (await emulator.Api.DeployAsync(service, environment, build.Sid())).Refused(
            400,
            20001,
            $"Build {build.Sid()} is failed, only a completed Build can be deployed"
        );
    }

    [Theory]
    [InlineData(413, "<h1>413 Request Entity Too Large</h1>")]
    [InlineData(403, "\"code\":20403,")]
    [InlineData(400, "\"code\":20001,")]
    [InlineData(429, "\"code\":20429,")]
    [InlineData(500, "\"code\":20500,")]
    public async Task One_file_is_refused_by_its_path(int status, string text)
    {
        await using var emulator = await TestEmulator.StartAsync(
            new EmulatorFaults { RejectStatus = status, RejectPathContains = "bad" }
        );
        var service = (await emulator.Api.CreateServiceAsync()).Sid();
        var asset = await emulator.Api.CreateAssetAsync(service, "/bad.txt");

        var refused = await emulator.Api.UploadAsync(
            service,
            asset,
            "/is/bad.txt",
            "public",
            Encoding.UTF8.GetBytes("x")
        );

        Assert.Equal(status, refused.Status);
        Assert.Contains(text, refused.Text, StringComparison.Ordinal);
        (await emulator.Api.UploadAsync(service, asset, "/good.txt", "public", Encoding.UTF8.GetBytes("x"))).Created();
        var paths = (await emulator.Api.GetAsync($"/v1/Services/{service}/Assets/{asset}/Versions"))
            .Ok()
            .All("asset_versions", "path");
        Assert.Equal(["/good.txt"], paths);
    }

    [Fact]
    public async Task The_clock_of_the_service_is_ahead()
    {
        await using var emulator = await TestEmulator.StartAsync(new EmulatorFaults { ClockShiftSeconds = 3600 });

        Assert.Equal("2026-03-01T13:00:00Z", (await emulator.Api.CreateServiceAsync()).Text("date_created"));
    }
}
