using Serverless.Assets.Diagnostics;
using Serverless.Assets.Settings;

namespace Serverless.Assets.Tests.State.Site;

/// <summary><c>ServerlessAssetsOtherAssets=KeepFor</c>: assets that left the manifest stay for some days.</summary>
public sealed class KeepWindowTests : SiteStateTest
{
    private static readonly TimeSpan AlmostADay = TimeSpan.FromHours(23);

    public override async ValueTask InitializeAsync()
    {
        await base.InitializeAsync();
        KeepFor(days: 2);
    }

    [Fact]
    public async Task A_file_that_left_the_manifest_stays_for_the_time_and_is_removed_by_the_next_deployment()
    {
        await DeployProjectAsync("Site.csproj", ("app.1.js", "one"), ("index.html", "1"));
        await DeployProjectAsync("Site.csproj", ("app.2.js", "two"), ("index.html", "2"));
        Assert.Equal(["/app.1.js", "/app.2.js", "/assets/index.html", "/index.html"], await GetLivePathsAsync());

        Clock.Advance(AlmostADay);
        await DeployProjectAsync("Site.csproj", ("app.3.js", "three"), ("index.html", "3"));
        Clock.Advance(AlmostADay);
        await DeployProjectAsync("Site.csproj", ("app.4.js", "four"), ("index.html", "4"));
        Assert.Equal("200 one", await VisitAsync("/app.1.js"));

        Clock.Advance(TimeSpan.FromHours(3)); // two days and an hour after the first one left
        await DeployProjectAsync("Site.csproj", ("app.5.js", "five"), ("index.html", "5"));
        Assert.Equal(
            ["/app.2.js", "/app.3.js", "/app.4.js", "/app.5.js", "/assets/index.html", "/index.html"],
            await GetLivePathsAsync()
        );
    }

    /// <summary>Nothing else changes, so without the time there would be no new Build.</summary>
    [Fact]
    public async Task The_time_is_recorded_even_if_the_Build_has_the_same_versions()
    {
        await DeployProjectAsync("Site.csproj", ("a.txt", "one"), ("b.private.txt", "two"), ("c.txt", "three"));

        await DeployProjectAsync("Site.csproj", ("c.txt", "three"));
        Assert.Equal(["/a.txt", "/b.txt", "/c.txt"], await GetLivePathsAsync());
        Clock.Advance(TimeSpan.FromDays(2));
        await DeployProjectAsync("Site.csproj", ("c.txt", "three"));

        Assert.Equal(["/c.txt"], await GetLivePathsAsync());
    }

    [Fact]
    public async Task A_repeated_deployment_does_not_restart_the_time()
    {
        await DeployProjectAsync("Site.csproj", ("a.txt", "one"), ("c.txt", "three"));
        await DeployProjectAsync("Site.csproj", ("c.txt", "three"));
        var left = await ReadLeftAtAsync("/a.txt");
        var builds = await GetDeployedBuildsAsync();

        Clock.Advance(AlmostADay);
        await DeployProjectAsync("Site.csproj", ("c.txt", "three"));

        Assert.NotNull(left);
        Assert.Equal(left, await ReadLeftAtAsync("/a.txt"));
        Assert.Equal(builds, await GetDeployedBuildsAsync());
    }

    [Fact]
    public async Task A_file_that_returns_starts_anew_when_it_leaves_again()
    {
        await DeployProjectAsync("Site.csproj", ("a.txt", "one"), ("c.txt", "three"));
        await DeployProjectAsync("Site.csproj", ("c.txt", "three"));
        Clock.Advance(AlmostADay);
        await DeployProjectAsync("Site.csproj", ("a.txt", "one"), ("c.txt", "three"));
        Assert.Null(await ReadLeftAtAsync("/a.txt"));
        Clock.Advance(TimeSpan.FromDays(2));

        await DeployProjectAsync("Site.csproj", ("c.txt", "three"));

        Assert.Equal(["/a.txt", "/c.txt"], await GetLivePathsAsync());
    }

    [Fact]
    public async Task What_other_projects_deployed_stays()
    {
        await DeployProjectAsync("Other.csproj", ("other.txt", "one"), ("pin.private.txt", "1234"));
        for (var day = 0; day < 4; day++)
        {
            await DeployProjectAsync("Site.csproj", ("a.txt", $"day {day}"));
            Clock.Advance(TimeSpan.FromDays(1));
        }

        Assert.Equal(["/a.txt", "/other.txt", "/pin.txt"], await GetLivePathsAsync());
    }

    /// <summary>For example, that of Twilio's toolkit: nothing says that this project may remove it.</summary>
    [Fact]
    public async Task What_nobody_recorded_stays()
    {
        await DeployProjectAsync("Site.csproj", ("a.txt", "one"));
        await DeployAsSomeoneElseAsync("/toolkit.txt");
        for (var day = 0; day < 4; day++)
        {
            await DeployProjectAsync("Site.csproj", ("a.txt", $"day {day}"));
            Clock.Advance(TimeSpan.FromDays(1));
        }

        Assert.Equal(["/a.txt", "/toolkit.txt"], await GetLivePathsAsync());
    }

    [Fact]
    public async Task Everything_stays_if_the_state_file_can_not_be_read()
    {
        await DeployProjectAsync("Site.csproj", ("a.txt", "one"), ("c.txt", "three"));
        await DeployProjectAsync("Site.csproj", ("c.txt", "three"));
        Clock.Advance(TimeSpan.FromDays(3));
        Bench.SiteHandler = () => InterceptingHandler.Replace(_ => throw new HttpRequestException("unreachable"));

        await DeployProjectAsync("Site.csproj", ("c.txt", "changed"));

        Assert.Equal(["/a.txt", "/c.txt"], await GetLivePathsAsync());
        DiagnosticAssert.SingleWarning(Logger.Warnings, "SAB5018", null, "unreachable");
    }

    /// <summary>The next time that a deployment could be undone by a wrong clock is a removal.</summary>
    [Fact]
    public async Task A_time_in_the_future_does_not_remove_anything()
    {
        await DeployProjectAsync("Site.csproj", ("a.txt", "one"), ("c.txt", "three"));
        await DeployProjectAsync("Site.csproj", ("c.txt", "three"));
        await ForgeStateAsync(state => state["assets"]![0]!["leftAt"] = "2999-01-01T00:00:00+00:00");

        await DeployProjectAsync("Site.csproj", ("c.txt", "changed"));

        Assert.Equal(["/a.txt", "/c.txt"], await GetLivePathsAsync());
    }

    [Fact]
    public async Task A_plan_shows_what_would_be_removed()
    {
        await UploadAndDeployAsync(("a.txt", "one"), ("b.txt", "two"), ("c.txt", "three"));
        await UploadAndDeployAsync(("b.txt", "two"), ("c.txt", "three"));
        Clock.Advance(TimeSpan.FromDays(2));
        await UploadAsync(("c.txt", "three"));

        var plan = await Bench.PlanAsync();

        Assert.Equal(["/a.txt"], plan.Removed.Select(asset => asset.Path));
        Assert.Equal(["/b.txt"], plan.Kept.Select(asset => asset.Path));
    }

    [Theory]
    [InlineData("file", "SAB1040")]
    [InlineData("cloud", "SAB1009")]
    public async Task It_needs_a_store_that_records_times(string store, string code)
    {
        Bench.Settings = Bench.Settings.With(SettingTable.StateStore, store);

        var failure = await Assert.ThrowsAsync<AssetException>(() => UploadAsync(("a.txt", "one")));

        Assert.Equal([code], failure.Diagnostics.Select(problem => problem.Code));
        Assert.Equal(0, await Emulator.CountAllRequestsAsync());
    }

    private async Task<string?> ReadLeftAtAsync(string path) =>
        (await ReadStateAsync())["assets"]!
            .AsArray()
            .Single(asset => asset!["path"]!.GetValue<string>() == path)!["leftAt"]
            ?.GetValue<string>();
}
