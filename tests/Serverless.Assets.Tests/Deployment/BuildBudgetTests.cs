using Serverless.Assets.Client;
using Serverless.Assets.Deployment;
using Serverless.Assets.Diagnostics;
using Serverless.Assets.Emulator;
using Serverless.Assets.Settings;
using Serverless.Assets.Validation;

namespace Serverless.Assets.Tests.Deployment;

public sealed class BuildBudgetTests : DeploymentTest
{
    [Theory]
    [InlineData(39, 2, null)]
    [InlineData(79, 4, null)]
    [InlineData(80, 4, "have created 80 Builds in the past hour")]
    [InlineData(99, 5, "have created 99 Builds in the past hour")]
    public async Task A_Build_is_preceded_by_a_warning_if_few_are_left(int known, int pages, string? warning)
    {
        await CreateBuildsAsync(known);
        await Emulator.ResetStatsAsync();

        var built = await BuildAsync();

        Assert.False(built.IsReused);
        Assert.Equal(pages, (await Emulator.CountRequestsAsync())["Build.List"]);
        if (warning is null)
        {
            Assert.Empty(Logger.Warnings);
            return;
        }

        var found = Assert.Single(Logger.Warnings);
        Assert.Equal("SAB4038", found.Code);
        Assert.Contains(warning, found.Message, StringComparison.Ordinal);
        Assert.Contains("those of its other Services are not counted", found.Message, StringComparison.Ordinal);
        Assert.Matches(@"The oldest one leaves the hour at [0-2]\d:[0-5]\d:[0-5]\d UTC\.", found.Message);
    }

    [Fact]
    public async Task The_last_Build_of_the_hour_is_not_requested_unless_the_limits_are_only_warnings()
    {
        await CreateBuildsAsync(100);
        await Emulator.ResetStatsAsync();

        var failure = await Assert.ThrowsAsync<AssetException>(BuildAsync);

        DiagnosticAssert.SingleError(
            failure.Diagnostics,
            "SAB4039",
            null,
            "have created 100 Builds in the past hour",
            "No Build was requested",
            "ServerlessAssetsServiceLimits=Warn"
        );
        Assert.False((await Emulator.CountRequestsAsync()).ContainsKey("Build.Create"));

        Bench.Settings = Bench.Settings.With(SettingTable.ServiceLimits, "Warn");
        await BuildAsync();

        Assert.Equal(["SAB4039"], Logger.Warnings.Select(found => found.Code));
        Assert.Equal(1, (await Emulator.CountRequestsAsync())["Build.Create"]);
    }

    [Fact]
    public async Task A_Build_that_exists_is_reused_without_a_warning()
    {
        await UploadAsync(("a.txt", "a"));
        var first = await BuildAsync();
        await CreateBuildsAsync(30, uploads: false);

        Assert.Equal(
            (first.BuildSid, true),
            (await BuildAsync() is var again ? (again.BuildSid, again.IsReused) : default)
        );
        Assert.Empty(Logger.Warnings);
    }

    [Fact]
    public async Task Older_Builds_are_not_counted()
    {
        await CreateBuildsAsync(100);
        Bench.Advance(TimeSpan.FromMinutes(61));
        await Emulator.ResetStatsAsync();

        await BuildAsync();

        Assert.Empty(Logger.Warnings);
        Assert.Equal(2, (await Emulator.CountRequestsAsync())["Build.List"]);
    }

    [Fact]
    public async Task If_the_service_refuses_the_Build_until_the_end_of_the_run_the_reason_is_named()
    {
        await CreateBuildsAsync(80);
        Emulator.Server.Behavior = new EmulatorBehavior { BuildsPerHour = 80 };
        Bench.Settings = Bench.Settings.With(SettingTable.Timeout, 600);

        var failure = await Assert.ThrowsAsync<AssetException>(BuildAsync);

        Assert.Equal(["SAB3009", "SAB4040"], failure.Diagnostics.Select(error => error.Code));
        Assert.Contains("have created 80 Builds", failure.Diagnostics[1].Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Times_of_the_service_that_are_ahead_of_this_machine_move_the_hour()
    {
        var clock = new ManualClock();
        var budget = new BuildBudget(clock);
        var now = clock.GetUtcNow();

        budget.Add(Build(1, now + TimeSpan.FromMinutes(30)));
        budget.Add(Build(2, now - TimeSpan.FromMinutes(29)));
        budget.Add(Build(3, now - TimeSpan.FromMinutes(31)));
        budget.Add(Build(2, now - TimeSpan.FromMinutes(29)));

        Assert.Equal(new KnownBuilds(2, now + TimeSpan.FromMinutes(31)), budget.Known);
        Assert.Equal(new KnownBuilds(0, null), new BuildBudget(clock).Known);
    }

    [Fact]
    public void The_warning_is_shown_once()
    {
        var clock = new ManualClock();
        var budget = new BuildBudget(clock);
        var logger = new RecordingLogger();
        for (var i = 1; i <= 82; i++)
        {
            budget.Add(Build(i, clock.GetUtcNow()));
        }

        budget.CheckBeforeCreation(ServiceLimits.Error, logger);
        budget.CheckBeforeCreation(ServiceLimits.Error, logger);

        Assert.Single(logger.Warnings);
    }

    private static BuildResource Build(int number, DateTimeOffset created) =>
        new()
        {
            Sid = TestSid.Create("ZB", number),
            Status = BuildStatus.Completed,
            DateCreated = created,
        };

    /// <summary>Uploads a file, and creates Builds with other contents, as other runs do.</summary>
    private async Task CreateBuildsAsync(int count, bool uploads = true)
    {
        if (uploads)
        {
            await UploadAsync(("a.txt", "a"));
        }

        var version = await Emulator.Api.AddAsync(EngineWorkbench.ServiceName, "/other.txt", "x");
        for (var i = 0; i < count; i++)
        {
            (await Emulator.Api.BuildAsync(EngineWorkbench.ServiceName, version)).Created();
        }
    }
}
