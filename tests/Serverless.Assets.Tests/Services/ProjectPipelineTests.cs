using Serverless.Assets.Diagnostics;
using Serverless.Assets.Discovery;
using Serverless.Assets.Mapping;
using Serverless.Assets.Results;
using Serverless.Assets.Services;
using Serverless.Assets.Settings;
using Serverless.Assets.Tests.Deployment;
using Serverless.Assets.Upload;

namespace Serverless.Assets.Tests.Services;

/// <summary>What the Services of a run share. Most tests of rules are those of the command line.</summary>
public sealed class ProjectPipelineTests : DeploymentTest
{
    private RecordingLogger _logger = new();

    private SettingValues Settings => Bench.Settings.With(SettingTable.ServiceRules, "/audio/=audio;/video/=video");

    [Fact]
    public async Task With_the_emulator_all_Services_are_created()
    {
        WriteFiles();
        Bench.Settings = Bench.Settings.With(SettingTable.ServiceName, null).With(SettingTable.CreateService, null);

        var result = await UploadAsync();

        Assert.Equal(["site", "audio", "video"], result.Services.Select(service => service.Name));
        Assert.Equal(["audio", "site", "video"], (await Emulator.GetServiceNamesAsync()).Order());
    }

    [Fact]
    public async Task All_Services_share_the_state_and_each_has_its_requests_once()
    {
        WriteFiles();
        await UploadAsync();
        await Emulator.ResetStatsAsync();

        var again = await UploadAsync();

        Assert.All(again.GetOperations(), upload => Assert.Equal(0, ((UploadResult)upload).UploadedCount));
        Assert.Equal(["Service.Fetch 3"], await Emulator.TakeRequestsAsync());
    }

    [Fact]
    public async Task The_Builds_of_all_Services_of_the_run_are_counted()
    {
        WriteFiles();
        await UploadAsync();
        var version = await Emulator.Api.AddAsync("audio", "/other.mp3", "x");
        for (var i = 0; i < 78; i++)
        {
            (await Emulator.Api.BuildAsync("audio", version)).Created();
        }

        var built = (ServicesResult)
            await new ProjectPipeline(Context()).BuildAsync(Settings, hasAssets: null, Cancellation);

        Assert.Equal(3, built.GetOperations().OfType<BuildResult>().Count(build => !build.IsReused));
        var warning = Assert.Single(_logger.Warnings); // before the third: 78, and those of the first two
        Assert.Equal("SAB4038", warning.Code);
        Assert.Contains("have created 80 Builds", warning.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_time_limit_is_for_all_Services_together()
    {
        WriteFiles();
        var parts = ServiceParts.WithAssets(Settings.With(SettingTable.Timeout, 600), Collect());

        var failure = await Assert.ThrowsAsync<AssetException>(() =>
            new ServicePartRunner(Context()).RunAsync(
                parts,
                (_, _) => { },
                async (part, engine, token) =>
                {
                    var plan = await new UploadPipeline(engine).PlanAsync(part.Assets, part.Settings, token);
                    Bench.Advance(TimeSpan.FromSeconds(601));
                    return plan;
                },
                Cancellation
            )
        );

        Assert.Equal(["SAB3009"], failure.Diagnostics.Select(error => error.Code));
        Assert.Contains("600 seconds", failure.Diagnostics[0].Message, StringComparison.Ordinal);
        var results = Assert.IsType<ServicesResult>(failure.PartialResult);
        Assert.Equal(
            [("site", true), ("audio", false)],
            results.Services.Select(service => (service.Name, service.Operation is UploadPlan))
        );
        Assert.Equal("1 of 3 Services completed", $"{results.Completed}");
    }

    [Fact]
    public async Task A_run_that_is_canceled_reports_the_Services_that_are_complete()
    {
        WriteFiles();
        using var cancellation = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
        var parts = ServiceParts.WithAssets(Settings, Collect());

        var canceled = await Assert.ThrowsAsync<RunCanceledException>(() =>
            new ServicePartRunner(Context()).RunAsync(
                parts,
                (_, _) => { },
                async (part, engine, token) =>
                {
                    var plan = await new UploadPipeline(engine).PlanAsync(part.Assets, part.Settings, token);
                    await cancellation.CancelAsync();
                    return plan;
                },
                cancellation.Token
            )
        );

        var run = new RunResult().With(RunFailure.From(canceled, cancellation.Token));
        Assert.Equal("Canceled; 1 of 3 Services completed", $"{RunOutcome.From(run).Summary}");
        Assert.Equal(["site", "audio"], run.Services.Select(service => service.Name));
    }

    [Fact]
    public async Task A_warning_that_all_Services_have_in_common_is_shown_once()
    {
        WriteFiles();
        Bench.Settings = Bench.Settings.With(SettingTable.Region, "au1");

        await UploadAsync();

        Assert.Equal(["SAB1008"], _logger.Warnings.Select(warning => warning.Code));
    }

    private void WriteFiles()
    {
        Bench.Write("assets/a.txt", "a");
        Bench.Write("assets/audio/b.txt", "b");
        Bench.Write("assets/video/c.txt", "c");
    }

    private async Task<ServicesResult> UploadAsync()
    {
        var assets = Collect();
        var result = await new ProjectPipeline(Context()).UploadAsync(
            assets,
            Settings,
            new UploadProgress(assets.Count),
            Cancellation
        );
        return Assert.IsType<ServicesResult>(result);
    }

    private IReadOnlyList<LocalAsset> Collect() =>
        new AssetCollector(Context()).Collect(new CollectRequest { Settings = Settings }, Cancellation);

    private EngineContext Context()
    {
        _logger = new RecordingLogger();
        return Bench.CreateContext(_logger);
    }
}
