using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;
using Serverless.Assets.Diagnostics;
using Serverless.Assets.Emulator;
using Serverless.Assets.Results;
using Serverless.Assets.Settings;

namespace Serverless.Assets.Tests.Deployment;

/// <summary>The operation <c>prune --previews</c>: deletes the previews to which nobody deploys any more.</summary>
public sealed class PrunePreviewsTests : DeploymentTest
{
    private string _build = "";

    /// <summary>Does not skip the time that a canceled run has to look up the Environment.</summary>
    public override ValueTask InitializeAsync() => InitializeAsync(new SkippingClock(longest: TimeSpan.FromSeconds(3)));

    [Fact]
    public async Task Old_previews_are_shown_with_their_age_and_then_deleted()
    {
        await StartAsync();
        await DeployPreviewAsync("pr-7");
        await AddEnvironmentAsync("mr-1");
        Bench.Advance(TimeSpan.FromDays(10));
        await DeployPreviewAsync("pr-8");
        PreviewPruneResult? shown = null;

        var pruned = await PrunePreviewsAsync(show: found => shown = (PreviewPruneResult)found);

        var domains = shown!.Previews.ToDictionary(preview => preview.Name, preview => preview.Domain);
        Assert.Equal(
            [
                $"  abandoned  mr-1  {domains["mr-1"]}  created 10 days ago, never deployed",
                $"  abandoned  pr-7  {domains["pr-7"]}  deployed 10 days ago",
            ],
            shown.Lines.Select(line => line.ToString())
        );
        Assert.Equal((false, true), (shown.IsDeleted, pruned.IsDeleted));
        Assert.Equal(["mr-1", "pr-7"], pruned.Previews.Select(preview => preview.Name));
        Assert.Equal(["dev", "pr-8"], await GetEnvironmentsAsync());
        Assert.Equal(["/a.txt"], await Emulator.GetAssetNamesAsync(EngineWorkbench.ServiceName)); // left to a prune of Assets
    }

    [Fact]
    public async Task A_preview_that_was_deployed_to_recently_is_kept_although_it_was_created_long_ago()
    {
        await StartAsync();
        await DeployPreviewAsync("pr-7");
        Bench.Advance(TimeSpan.FromDays(6));
        await DeployAsSomeoneElseAsync(await AddBuildAsync("/b.txt"), "pr-7");
        Bench.Advance(TimeSpan.FromDays(6));

        Assert.Empty((await PrunePreviewsAsync()).Previews);

        Bench.Advance(TimeSpan.FromDays(2));
        Assert.Equal("pr-7", Assert.Single((await PrunePreviewsAsync()).Previews).Name);
    }

    [Fact]
    public async Task Only_Environments_with_the_name_of_a_preview_are_deleted()
    {
        await StartAsync();
        foreach (var name in (string[])["prod", "staging", "PR-7", "feature-1"])
        {
            await DeployPreviewAsync(name);
        }

        Bench.Advance(TimeSpan.FromDays(10));

        Assert.Equal(["PR-7"], (await PrunePreviewsAsync()).Previews.Select(preview => preview.Name));

        Bench.Settings = Bench.Settings.With(SettingTable.PreviewEnvironments, "feature-*");
        Assert.Equal(["feature-1"], (await PrunePreviewsAsync()).Previews.Select(preview => preview.Name));
        Assert.Equal(["dev", "prod", "staging"], await GetEnvironmentsAsync());
    }

    /// <summary>Whatever the patterns are.</summary>
    [Theory]
    [InlineData("pr-1")]
    [InlineData("PR-1")]
    [InlineData("suffix-1")] // the domain suffix of pr-1
    public async Task The_Environment_of_the_settings_and_one_without_a_suffix_are_never_deleted(string environment)
    {
        await StartAsync();
        await AddEnvironmentAsync("pr-1", "suffix-1");
        await AddEnvironmentAsync("pr-2", "suffix-2");
        await AddEnvironmentAsync("pr-3", "");
        Bench.Advance(TimeSpan.FromDays(10));
        UseEnvironment(environment);
        Bench.Settings = Bench.Settings.With(SettingTable.PreviewEnvironments, "*");

        var pruned = await PrunePreviewsAsync();

        Assert.Equal(["dev", "pr-2"], pruned.Previews.Select(preview => preview.Name));
        Assert.Equal(["pr-1", "pr-3"], await GetEnvironmentsAsync());
    }

    [Fact]
    public async Task Without_consent_nothing_is_deleted()
    {
        await StartAsync();
        await DeployPreviewAsync("pr-7");
        Bench.Advance(TimeSpan.FromDays(10));

        await FailsAsync(
            () => PrunePreviewsAsync(consent: false),
            DeploymentDiagnostics.PruneNeedsConfirmation(1, "abandoned preview")
        );

        Assert.Equal(["dev", "pr-7"], await GetEnvironmentsAsync());
    }

    [Fact]
    public async Task More_previews_than_allowed_are_shown_and_stay()
    {
        await StartAsync();
        await DeployPreviewAsync("pr-7");
        await DeployPreviewAsync("pr-8");
        Bench.Advance(TimeSpan.FromDays(10));
        Bench.Settings = Bench.Settings.With(SettingTable.PruneMaxDelete, 1);
        var shown = 0;

        await FailsAsync(
            () => PrunePreviewsAsync(show: found => shown = found.Count),
            DeploymentDiagnostics.TooManyToPrune(2, "abandoned preview", 1)
        );

        Assert.Equal(2, shown);
        Assert.Equal(["dev", "pr-7", "pr-8"], await GetEnvironmentsAsync());
    }

    /// <summary>The user may take minutes to confirm, and previews are deleted one after the other.</summary>
    [Theory]
    [InlineData(0)]
    [InlineData(7)]
    public async Task A_preview_that_someone_deploys_to_before_it_is_deleted_is_kept(int olderThan)
    {
        await StartAsync();
        await DeployPreviewAsync("pr-7");
        await DeployPreviewAsync("pr-8");
        var other = await AddBuildAsync("/b.txt");
        Bench.Advance(TimeSpan.FromDays(10));
        var first = (await FindEnvironmentAsync("pr-7"))!.Value.Sid();
        RunBefore(HttpMethod.Delete, first, _ => DeployAsSomeoneElseAsync(other, "pr-8"));

        var pruned = await PrunePreviewsAsync(olderThan: olderThan);

        Assert.Equal(["pr-7"], pruned.Previews.Select(preview => preview.Name));
        Assert.Equal(["dev", "pr-8"], await GetEnvironmentsAsync());
        Assert.Equal(["Kept pr-8: it was just deployed to"], Logger.MessagesOf(LogLevel.Summary));
    }

    /// <summary>Taken down and deployed again: what is live is the same as before.</summary>
    [Fact]
    public async Task A_preview_to_which_the_same_Build_was_deployed_again_is_kept()
    {
        await StartAsync();
        await DeployPreviewAsync("pr-7");
        Bench.Advance(TimeSpan.FromDays(10));
        var preview = (await FindEnvironmentAsync("pr-7"))!.Value.Sid();

        var pruned = await PrunePreviewsAsync(
            olderThan: 0,
            show: _ =>
            {
                foreach (var build in (string?[])[null, _build])
                {
                    Emulator
                        .Api.DeployAsync(EngineWorkbench.ServiceName, preview, build)
                        .GetAwaiter()
                        .GetResult()
                        .Created();
                }
            }
        );

        Assert.Empty(pruned.Previews);
        Assert.Equal(["dev", "pr-7"], await GetEnvironmentsAsync());
    }

    [Theory]
    [InlineData("/Environments", 2)]
    [InlineData("/Deployments", 2)]
    public async Task A_preview_that_someone_else_deletes_first_is_no_error(string pathEnd, int number)
    {
        await StartAsync();
        await DeployPreviewAsync("pr-7");
        Bench.Advance(TimeSpan.FromDays(10));
        var sid = (await FindEnvironmentAsync("pr-7"))!.Value.Sid();
        RunBefore(
            HttpMethod.Get,
            pathEnd,
            count => count == number ? Emulator.DeleteAsync($"{Service}/Environments/{sid}") : Task.CompletedTask
        );

        Assert.True((await PrunePreviewsAsync()).IsDeleted);

        Assert.Equal(["dev"], await GetEnvironmentsAsync());
    }

    [Fact]
    public async Task A_deletion_that_the_service_rejects_stops_it_and_the_others_are_reported()
    {
        await StartAsync();
        await DeployPreviewAsync("pr-7");
        await DeployPreviewAsync("pr-8");
        Bench.Advance(TimeSpan.FromDays(10));
        Refuse(HttpMethod.Delete, (await FindEnvironmentAsync("pr-8"))!.Value.Sid(), 403, "Not allowed");

        var failure = await Assert.ThrowsAsync<AssetException>(() => PrunePreviewsAsync());

        DiagnosticAssert.SingleError(
            failure.Diagnostics,
            "SAB4016",
            null,
            "Pruning stopped after deleting 1 of 2 abandoned previews: Not allowed (HTTP 403, Twilio code 20001"
        );
        AssertDeleted(["pr-7"], failure.PartialResult);
        Assert.Equal(["dev", "pr-8"], await GetEnvironmentsAsync());
    }

    /// <summary>A proxy can respond in place of the service.</summary>
    [Theory]
    [InlineData(HttpStatusCode.NotFound)]
    [InlineData(HttpStatusCode.NoContent)]
    public async Task A_preview_that_exists_after_its_deletion_is_an_error(HttpStatusCode status)
    {
        await StartAsync();
        await DeployPreviewAsync("pr-7");
        await DeployPreviewAsync("pr-8");
        Bench.Advance(TimeSpan.FromDays(10));
        var last = (await FindEnvironmentAsync("pr-8"))!.Value;
        Bench.HttpHandler = () =>
            InterceptingHandler.Replace(request =>
                request.Method == HttpMethod.Delete
                && request.RequestUri!.AbsolutePath.EndsWith(last.Sid(), StringComparison.Ordinal)
                    ? new HttpResponseMessage(status)
                    : null
            );

        var failure = await FailsAsync(
            () => PrunePreviewsAsync(),
            DeploymentDiagnostics.EnvironmentNotRemoved("pr-8", last.Text("domain_name")!)
        );

        AssertDeleted(["pr-7"], failure.PartialResult);
    }

    [Theory]
    [InlineData(true, new[] { "pr-7", "pr-8" })]
    [InlineData(false, new[] { "pr-7" })]
    public async Task A_canceled_run_reports_what_it_has_deleted(bool isCarriedOut, string[] deleted)
    {
        await StartAsync();
        await DeployPreviewAsync("pr-7");
        await DeployPreviewAsync("pr-8");
        Bench.Advance(TimeSpan.FromDays(10));
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
        var last = (await FindEnvironmentAsync("pr-8"))!.Value.Sid();
        RunBefore(
            HttpMethod.Delete,
            last,
            async _ =>
            {
                if (isCarriedOut)
                {
                    await Emulator.DeleteAsync($"{Service}/Environments/{last}");
                }

                await stop.CancelAsync();
            }
        );

        var canceled = await Assert.ThrowsAsync<RunCanceledException>(() =>
            PrunePreviewsAsync(cancellationToken: stop.Token)
        );

        AssertDeleted(deleted, canceled.PartialResult);
        Assert.Contains($"Deleted {deleted.Length} of 2 abandoned previews", Logger.MessagesOf(LogLevel.Summary));
        Assert.Contains("SAB4032", Logger.Warnings.Select(warning => warning.Code));
    }

    [Theory]
    [InlineData(-5)]
    [InlineData(10)]
    public async Task A_wrong_clock_of_this_machine_does_not_make_previews_old(int days)
    {
        await StartAsync();
        Emulator.Faults = new EmulatorFaults { ClockShiftSeconds = TimeSpan.FromDays(days).TotalSeconds };
        await AddEnvironmentAsync("pr-7");

        Assert.Empty((await PrunePreviewsAsync()).Previews);
    }

    /// <summary>A Deployment shows that it is later at the service than on this machine.</summary>
    [Fact]
    public async Task A_slow_clock_of_this_machine_does_not_make_previews_new()
    {
        await StartAsync();
        await DeployPreviewAsync("pr-7");
        await AddEnvironmentAsync("pr-8");
        Emulator.Faults = new EmulatorFaults { ClockShiftSeconds = TimeSpan.FromDays(20).TotalSeconds };
        await DeployPreviewAsync("pr-8");

        Assert.Equal("pr-7", Assert.Single((await PrunePreviewsAsync()).Previews).Name);
    }

    [Theory]
    [InlineData(26_000)]
    [InlineData(10)]
    public async Task A_response_from_the_future_does_not_make_previews_old(int days)
    {
        await StartAsync();
        await DeployPreviewAsync("pr-7");
        Bench.HttpHandler = () => new FutureHandler(TimeSpan.FromDays(days));

        Assert.Empty((await PrunePreviewsAsync()).Previews);

        Bench.Advance(TimeSpan.FromDays(8));
        Assert.Equal("pr-7", Assert.Single((await PrunePreviewsAsync()).Previews).Name);
    }

    [Theory]
    [InlineData("/Environments", "environments")]
    [InlineData("/Deployments", "deployments")]
    public async Task A_preview_of_unknown_age_is_kept(string pathEnd, string list)
    {
        await StartAsync();
        await DeployPreviewAsync("pr-7");
        Bench.Advance(TimeSpan.FromDays(10));
        ChangeResponses(
            pathEnd,
            page =>
            {
                foreach (var item in page[list]!.AsArray())
                {
                    item!.AsObject().Remove("date_created");
                }
            }
        );

        Assert.Empty((await PrunePreviewsAsync()).Previews);
    }

    /// <summary>Something is deployed, so there was a Deployment, whose date is unknown.</summary>
    [Fact]
    public async Task A_live_preview_whose_Deployments_are_not_listed_is_kept()
    {
        await StartAsync();
        await DeployPreviewAsync("pr-7");
        Bench.Advance(TimeSpan.FromDays(10));
        ChangeResponses("/Deployments", page => page["deployments"] = new JsonArray());

        Assert.Empty((await PrunePreviewsAsync()).Previews);
    }

    [Fact]
    public async Task A_list_that_fails_deletes_nothing()
    {
        await StartAsync();
        await DeployPreviewAsync("pr-7");
        await DeployPreviewAsync("pr-8");
        Bench.Advance(TimeSpan.FromDays(10));
        Refuse(HttpMethod.Get, $"{(await FindEnvironmentAsync("pr-8"))!.Value.Sid()}/Deployments", 403, "Not allowed");

        await Assert.ThrowsAsync<AssetException>(() => PrunePreviewsAsync());

        Assert.Equal(["dev", "pr-7", "pr-8"], await GetEnvironmentsAsync());
    }

    /// <summary>It names only Assets, which this pruning does not delete.</summary>
    [Fact]
    public async Task A_broken_manifest_does_not_matter()
    {
        await StartAsync();
        File.WriteAllText(Bench.Settings.ManifestPath, "{");

        Assert.Empty((await PrunePreviewsAsync()).Previews);
    }

    /// <summary>Deploys <c>/a.txt</c> to dev.</summary>
    private async Task StartAsync() => _build = (await UploadAndDeployAsync(("a.txt", "live"))).BuildSid;

    /// <summary>Deploys the Build of dev, as someone else does.</summary>
    private Task DeployPreviewAsync(string name) => DeployAsSomeoneElseAsync(_build, name);

    private Task<JsonElement> AddEnvironmentAsync(string name, string? suffix = null) =>
        Emulator.Api.CreateEnvironmentAsync(EngineWorkbench.ServiceName, name, suffix ?? name);

    private async Task<string> AddBuildAsync(string path)
    {
        var version = await Emulator.Api.AddAsync(EngineWorkbench.ServiceName, path, "x");
        return (await Emulator.Api.BuildAsync(EngineWorkbench.ServiceName, version)).Created().Sid();
    }

    private async Task<string[]> GetEnvironmentsAsync() =>
        [
            .. (await Emulator.GetAsync($"{Service}/Environments"))
                .All("environments", "unique_name")
                .Order(StringComparer.Ordinal),
        ];

    /// <param name="olderThan">In days.</param>
    private async Task<PreviewPruneResult> PrunePreviewsAsync(
        bool consent = true,
        Action<PruneResult>? show = null,
        int olderThan = 7,
        CancellationToken? cancellationToken = null
    ) =>
        (PreviewPruneResult)
            await PruneAsync(
                Bench
                    .Settings.With(SettingTable.PrunePreviews, true)
                    .With(SettingTable.PruneOlderThan, $"{olderThan}d"),
                _ => consent,
                show,
                cancellationToken
            );

    private static void AssertDeleted(string[] names, OperationResult? partialResult)
    {
        var deleted = Assert.IsType<PreviewPruneResult>(partialResult);
        Assert.True(deleted.IsDeleted);
        Assert.Equal(names, deleted.Previews.Select(preview => preview.Name));
    }
}
