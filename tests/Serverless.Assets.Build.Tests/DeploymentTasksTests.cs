using Serverless.Assets.Build.Tasks;
using Serverless.Assets.Settings;

namespace Serverless.Assets.Build.Tests;

/// <summary>The tasks round a deployment: plan, verify, roll back, prune.</summary>
public sealed class DeploymentTasksTests
{
    private readonly CapturingBuildEngine _engine = new();

    [Fact]
    public async Task A_plan_is_reported_in_one_message()
    {
        await using var bench = await Workbench.StartAsync();
        var live = bench.Deploy("a");
        var service = bench.Upload("a");
        var task = bench.CreateTask<PlanServerlessAssets>(_engine);
        task.Assets = bench.Collect(
            Workbench.Item(bench.Write("a.txt", "changed")),
            Workbench.Item(bench.Write("b.private.txt", "b"), ("AssetPath", "/b.txt"))
        );

        Assert.True(task.Execute());

        Assert.Equal(
            [
                LoggedEvent.High(
                    $"Serverless assets: 2 of 2 files would be uploaded to {service} (8 B), "
                        + $"compared with {live.BuildSid} in dev"
                ),
                LoggedEvent.High(
                    """
                      new        private          1 B  /b.txt  (b.private.txt)
                      changed    public           7 B  /a.txt  (a.txt)
                      total       files       size
                      new             1        1 B
                      changed         1        7 B
                      unchanged       0        0 B
                      kept            0
                      removed         0
                    """.ReplaceLineEndings()
                ),
            ],
            _engine.Log
        );
        Assert.Equal(live.BuildSid, (await bench.Emulator.GetLiveAsync()).Build);
    }

    [Fact]
    public async Task A_plan_reports_a_missing_Service()
    {
        await using var bench = await Workbench.StartAsync();
        var task = bench.CreateTask<PlanServerlessAssets>(_engine);
        task.Assets = bench.Collect(Workbench.Item(bench.Write("a.txt", "a")));

        Assert.True(task.Execute());

        Assert.Equal(2, _engine.Log.Count);
        Assert.Equal(
            "Serverless assets: 1 of 1 file would be uploaded to a new Service (1 B); nothing is live in dev",
            _engine.Log[0].Message
        );
        Assert.Empty(await bench.Emulator.DescribeVersionsAsync());
    }

    [Fact]
    public async Task A_verification_reports_the_number_of_correct_Assets()
    {
        await using var bench = await Workbench.StartAsync();
        bench.Deploy("a");

        Assert.True(bench.CreateTask<VerifyServerlessAssets>(_engine).Execute());

        Assert.Equal([LoggedEvent.High("Serverless assets: Verified 1 asset in dev")], _engine.Log);
    }

    [Fact]
    public async Task A_rollback_reports_the_live_Build()
    {
        await using var bench = await Workbench.StartAsync();
        var first = bench.Deploy("one");
        var none = bench.CreateTask<RollbackServerlessAssets>(_engine);
        Assert.False(none.Execute());
        Assert.Equal(["SAB4012"], _engine.Log.Select(logged => logged.Code));
        var second = bench.Deploy("two");

        var engine = new CapturingBuildEngine();
        var task = bench.CreateTask<RollbackServerlessAssets>(engine);
        Assert.True(task.Execute());

        Assert.Equal(
            (first.BuildSid, first.Domain, first.EnvironmentSid),
            (task.BuildSid, task.Domain, task.EnvironmentSid)
        );
        Assert.Equal(first.BuildSid, (await bench.Emulator.GetLiveAsync()).Build);
        Assert.Equal(
            [
                LoggedEvent.High($"Serverless assets: Rolled back dev to {first.BuildSid} (was {second.BuildSid})"),
                LoggedEvent.High($"Site -> {first.Url}"),
            ],
            engine.Log
        );
    }

    [Fact]
    public async Task A_prune_lists_Assets_first_and_deletes_them_only_with_consent()
    {
        await using var bench = await Workbench.StartAsync();
        Assert.True(
            bench
                .UploadTask(new CapturingBuildEngine(), bench.Collect(Workbench.Item(bench.Write("old.txt", "old"))))
                .Execute()
        );
        bench.Deploy("a");

        var refused = bench.CreateTask<PruneServerlessAssets>(_engine);
        refused.Set(SettingTable.PruneOlderThan, "0");
        Assert.False(refused.Execute());

        var shown = _engine.Log[1].Message;
        Assert.Matches(@"^  unused  ZH[0-9a-f]{32}  /old\.txt$", shown);
        LoggedEvent[] list = [LoggedEvent.High("Serverless assets: Found 1 unused Asset"), LoggedEvent.High(shown)];
        Assert.Equal(
            [
                .. list,
                LoggedEvent.Error(
                    "SAB4015",
                    "1 unused Asset would be permanently deleted. Nothing was deleted. Review the list, then run again with ServerlessAssetsYes=true."
                ),
            ],
            _engine.Log
        );
        Assert.Equal(2, (await bench.Emulator.DescribeVersionsAsync()).Length);

        var engine = new CapturingBuildEngine();
        var task = bench.CreateTask<PruneServerlessAssets>(engine);
        task.Set(SettingTable.Yes, "true");
        task.Set(SettingTable.PruneOlderThan, "0");
        Assert.True(task.Execute());
        Assert.Equal([.. list, LoggedEvent.High("Serverless assets: Deleted 1 unused Asset")], engine.Log);
        Assert.Equal(["/a.txt public text/plain; charset=utf-8"], await bench.Emulator.DescribeVersionsAsync());

        engine = new CapturingBuildEngine();
        Assert.True(bench.CreateTask<PruneServerlessAssets>(engine).Execute());
        Assert.Equal([LoggedEvent.High("Serverless assets: Found no unused Assets")], engine.Log);
    }

    [Fact]
    public async Task A_prune_of_previews_lists_them_and_enforces_the_limit()
    {
        await using var bench = await Workbench.StartAsync();
        bench.Deploy("a");
        await bench.Emulator.Api.CreateEnvironmentAsync(Workbench.ServiceName, "pr-7", "pr-7");
        await bench.Emulator.Api.CreateEnvironmentAsync(Workbench.ServiceName, "review-7", "review-7");

        Assert.False(Prune(_engine, "0"));
        Assert.Equal("Serverless assets: Found 2 abandoned previews", _engine.Log[0].Message);
        Assert.Matches(
            "^  abandoned  pr-7  [^ ]+  created less than an hour ago, never deployed$",
            _engine.Log[1].Message
        );
        Assert.StartsWith(
            "2 abandoned previews would be permanently deleted, but ServerlessAssetsPruneMaxDelete allows at most 0.",
            _engine.Log[^1].Message,
            StringComparison.Ordinal
        );

        var engine = new CapturingBuildEngine();
        Assert.True(Prune(engine, "2"));
        Assert.Equal("Serverless assets: Deleted 2 abandoned previews", engine.Log[^1].Message);

        bool Prune(CapturingBuildEngine engine, string maxDelete)
        {
            var task = bench.CreateTask<PruneServerlessAssets>(engine);
            task.Set(SettingTable.PrunePreviews, "true");
            task.Set(SettingTable.PreviewEnvironments, "pr-*;review-*");
            task.Set(SettingTable.PruneOlderThan, "0h");
            task.Set(SettingTable.PruneMaxDelete, maxDelete);
            task.Set(SettingTable.Yes, "true");
            return task.Execute();
        }
    }
}
