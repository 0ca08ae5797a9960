namespace Serverless.Assets.Emulator.Tests.Api;

public sealed class RetentionTests
{
    private static readonly EmulatorFaults EightDaysLater = new() { ClockShiftSeconds = 8 * 86_400 };

    [Fact]
    public async Task After_seven_days_only_what_is_in_a_build_is_left()
    {
        await using var emulator = await TestEmulator.StartAsync();
        var service = (await emulator.Api.CreateServiceAsync()).Sid();
        var built = await emulator.Api.AddAsync(service, "/built", "a");
        await emulator.Api.AddAsync(service, "/loose", "b");
        await emulator.Api.CreateAssetAsync(service, "/empty");
        (await emulator.Api.BuildAsync(service, built)).Created();

        emulator.Clock.Advance(TimeSpan.FromDays(7));
        Assert.Equal(["/empty", "/loose", "/built"], await NamesAsync(emulator, service));
        emulator.Server.Faults = EightDaysLater;

        Assert.Equal(["/built"], await NamesAsync(emulator, service));
        Assert.Equal(200, (await emulator.Api.GetAsync($"/__emulator/versions/{built}")).Status);
    }

    [Fact]
    public async Task An_asset_loses_only_its_old_version()
    {
        await using var emulator = await TestEmulator.StartAsync();
        var service = (await emulator.Api.CreateServiceAsync()).Sid();
        var asset = await emulator.Api.CreateAssetAsync(service);
        (await emulator.Api.UploadAsync(service, asset, "/a", "public", [1])).Created();
        emulator.Clock.Advance(TimeSpan.FromDays(4));
        var young = (await emulator.Api.UploadAsync(service, asset, "/a", "public", [2])).Created().Sid();

        emulator.Clock.Advance(TimeSpan.FromDays(4));

        var list = (await emulator.Api.GetAsync($"/v1/Services/{service}/Assets/{asset}/Versions")).Ok();
        Assert.Equal([young], list.All("asset_versions", "sid"));
    }

    [Fact]
    public async Task A_site_keeps_serving()
    {
        await using var emulator = await TestEmulator.StartAsync();
        var service = (await emulator.Api.CreateServiceAsync()).Sid();
        var build = (await emulator.Api.BuildAsync(service, await emulator.Api.AddAsync(service, "/a", "a"))).Created();
        var environment = await emulator.Api.CreateEnvironmentAsync(service);
        (await emulator.Api.DeployAsync(service, environment.Sid(), build.Sid())).Created();
        var asset = build.GetProperty("asset_versions")[0].Text("asset_sid");
        Assert.Equal(204, (await emulator.Api.DeleteAsync($"/v1/Services/{service}/Assets/{asset}")).Status);

        emulator.Server.Faults = EightDaysLater;

        Assert.Equal("a", (await emulator.Api.SiteAsync(environment.Text("domain_name")!, "/a")).Text);
    }

    /// <summary>Earlier editions of the service's documentation name 30 days.</summary>
    [Theory]
    [InlineData(7, 6, true)]
    [InlineData(7, 8, false)]
    [InlineData(30, 29, true)]
    [InlineData(30, 31, false)]
    [InlineData(0, 10_000, true)]
    public async Task The_number_of_days_is_a_setting(int setting, int days, bool remains)
    {
        await using var emulator = await TestEmulator.StartAsync(configure: options =>
            options with
            {
                Behavior = new EmulatorBehavior { UnusedVersionDays = setting },
            }
        );
        var service = (await emulator.Api.CreateServiceAsync()).Sid();
        var version = await emulator.Api.AddAsync(service, "/loose", "a");
        await emulator.Api.CreateAssetAsync(service, "/empty");

        emulator.Clock.Advance(TimeSpan.FromDays(days));

        Assert.Equal(remains ? ["/empty", "/loose"] : [], await NamesAsync(emulator, service));
        Assert.Equal(remains ? 200 : 404, (await emulator.Api.GetAsync($"/__emulator/versions/{version}")).Status);
    }

    private static async Task<string[]> NamesAsync(TestEmulator emulator, string service) =>
        (await emulator.Api.GetAsync($"/v1/Services/{service}/Assets")).Ok().All("assets", "friendly_name");
}
