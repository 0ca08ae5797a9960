using System.Security.Cryptography;
using System.Text;
using Serverless.Assets.Build.Tasks;
using Serverless.Assets.Settings;

namespace Serverless.Assets.Build.Tests;

public sealed class DeployServerlessAssetsTests
{
    private readonly CapturingBuildEngine _engine = new();

    [Fact]
    public async Task A_build_and_its_deployment_come_out_complete()
    {
        await using var bench = await Workbench.StartAsync();
        bench.Upload("a");
        var build = bench.CreateTask<BuildServerlessAssets>(_engine);

        Assert.True(build.Execute());

        Assert.Matches("^ZB[0-9a-f]{32}$", build.BuildSid);
        Assert.Equal("", Assert.Single(build.Builds).GetMetadata("LiveBuildSid"));
        Assert.Equal(
            [LoggedEvent.High($"Serverless assets: Created Build {build.BuildSid} (1 asset, 0 functions)")],
            _engine.Log
        );

        var engine = new CapturingBuildEngine();
        var deploy = bench.CreateTask<DeployServerlessAssets>(engine);
        deploy.Builds = build.Builds;
        deploy.EmulatorHint = "look there";
        deploy.Set(SettingTable.Verify, "true");
        Assert.True(deploy.Execute());

        Assert.Equal(build.BuildSid, deploy.BuildSid);
        Assert.Equal(build.BuildSid, (await bench.Emulator.GetLiveAsync()).Build);
        Assert.Matches("^ZD[0-9a-f]{32}$", deploy.DeploymentSid);
        Assert.Matches("^ZE[0-9a-f]{32}$", deploy.EnvironmentSid);
        Assert.Equal($"http://{deploy.Domain}/", deploy.Url);
        Assert.Equal(
            [
                LoggedEvent.High($"Created the Environment dev ({deploy.Domain})"),
                LoggedEvent.High(
                    $"Serverless assets: Deployed {deploy.BuildSid} to dev (first deployment), 1 asset verified"
                ),
                LoggedEvent.High($"Site -> {deploy.Url}"),
                LoggedEvent.High("Site -> look there"),
            ],
            engine.Log
        );
    }

    [Fact]
    public async Task A_Build_that_is_already_live_stays_live_and_is_reported()
    {
        await using var bench = await Workbench.StartAsync();
        var first = bench.Deploy("a");
        var build = bench.CreateTask<BuildServerlessAssets>(_engine);
        Assert.True(build.Execute());

        var task = bench.CreateTask<DeployServerlessAssets>(_engine);
        Assert.True(task.Execute());

        Assert.Equal((first.BuildSid, first.DeploymentSid, first.Url), (task.BuildSid, task.DeploymentSid, task.Url));
        Assert.Equal(
            [
                LoggedEvent.High($"Serverless assets: Reused Build {first.BuildSid} (1 asset, 0 functions)"),
                LoggedEvent.High($"Serverless assets: dev is already up to date ({first.BuildSid})"),
                LoggedEvent.High($"Site -> {first.Url}"),
            ],
            _engine.Log
        );
    }

    /// <summary>Someone else deploys between the two targets: their deployment must not be lost.</summary>
    [Fact]
    public async Task A_Build_based_on_another_deployment_is_created_again()
    {
        await using var bench = await Workbench.StartAsync();
        bench.Deploy("one");
        bench.Upload("two");
        var build = bench.CreateTask<BuildServerlessAssets>(_engine);
        Assert.True(build.Execute());
        var mine = File.ReadAllBytes(bench.ManifestPath);
        var theirs = bench.UploadTask(_engine, bench.Collect(Workbench.Item(bench.Write("b.txt", "b"))));
        Assert.True(theirs.Execute());
        var between = bench.CreateTask<DeployServerlessAssets>(_engine);
        Assert.True(between.Execute());
        File.WriteAllBytes(bench.ManifestPath, mine);

        var task = bench.CreateTask<DeployServerlessAssets>(_engine);
        task.Builds = build.Builds;
        Assert.True(task.Execute());

        Assert.NotEqual(build.BuildSid, task.BuildSid);
        Assert.Equal("/a.txt=two /b.txt=b", await VisitAsync(bench, task.Url, "/a.txt", "/b.txt"));
    }

    [Fact]
    public async Task A_Deployment_that_does_not_become_visible_is_rolled_back()
    {
        var clock = Workbench.CreateClock();
        await using var bench = await Workbench.StartAsync(clock: clock);
        var first = bench.Deploy("one");
        bench.Upload("two");
        bench.SiteHandler = () => new StaleSite(clock);
        var task = bench.CreateTask<DeployServerlessAssets>(_engine);
        task.Set(SettingTable.Verify, "true");
        task.Set(SettingTable.RequestTimeout, "120");

        Assert.False(task.Execute());

        Assert.Equal(first.BuildSid, (await bench.Emulator.GetLiveAsync()).Build);
        var taken = _engine.Log[^1].Message.Split(' ')[4];
        Assert.Matches("^ZB[0-9a-f]{32}$", taken);
        Assert.Equal(
            [
                LoggedEvent.Error(
                    "SAB4010",
                    $"Verification of '/a.txt' failed: expected 200, text/plain, sha256 {Sha256("two")} from {first.Url}a.txt, got 200, text/plain, more than 3 bytes. Run VerifyServerlessAssets again in a minute. If it fails again, deploy again."
                ),
                LoggedEvent.Error(
                    "SAB4011",
                    $"The deployment of Build {taken} to dev failed verification and was rolled back: Build {first.BuildSid} is live again."
                ),
            ],
            _engine.Log
        );
    }

    [Fact]
    public async Task A_first_Deployment_that_does_not_become_visible_cannot_be_rolled_back()
    {
        var clock = Workbench.CreateClock();
        await using var bench = await Workbench.StartAsync(clock: clock);
        bench.Upload("one");
        bench.SiteHandler = () => new StaleSite(clock);
        var task = bench.CreateTask<DeployServerlessAssets>(_engine);
        task.Set(SettingTable.Verify, "true");
        task.Set(SettingTable.RequestTimeout, "120");

        Assert.False(task.Execute());

        Assert.Equal(
            ["SAB4010", "SAB4018"],
            _engine.Log.Where(logged => logged.Kind == "error").Select(logged => logged.Code)
        );
        Assert.NotNull((await bench.Emulator.GetLiveAsync()).Build);
    }

    [Fact]
    public async Task Without_a_manifest_no_request_is_sent()
    {
        await using var bench = await Workbench.StartAsync();

        Assert.False(bench.CreateTask<DeployServerlessAssets>(_engine).Execute());

        var error = Assert.Single(_engine.Log);
        Assert.StartsWith("SAB5", error.Code, StringComparison.Ordinal);
        Assert.Contains(bench.ManifestPath, error.Message, StringComparison.Ordinal);
        Assert.Equal(0, await bench.Emulator.CountAllRequestsAsync());
    }

    private static async Task<string> VisitAsync(Workbench bench, string url, params string[] paths)
    {
        using var http = new HttpClient(bench.SiteHandler());
        var found = new List<string>();
        foreach (var path in paths)
        {
            found.Add($"{path}={await http.GetStringAsync(new Uri(new Uri(url), path), Workbench.Token)}");
        }

        return string.Join(' ', found);
    }

    private static string Sha256(string text) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
}
