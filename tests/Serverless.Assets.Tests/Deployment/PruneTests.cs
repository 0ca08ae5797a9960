using System.Net;
using System.Text.Json.Nodes;
using Serverless.Assets.Client;
using Serverless.Assets.Diagnostics;
using Serverless.Assets.Results;
using Serverless.Assets.Settings;

namespace Serverless.Assets.Tests.Deployment;

/// <summary>The operation <c>prune</c>: deletes the Assets that nothing uses.</summary>
public sealed class PruneTests : DeploymentTest
{
    [Fact]
    public async Task The_unused_Assets_are_shown_and_then_deleted()
    {
        var sids = await PrepareAsync();
        AssetPruneResult? shown = null;

        var pruned = await PruneAsync(candidates =>
        {
            shown = candidates;
            return true;
        });

        (string, Sid)[] unused = [("/one.txt", sids["/one.txt"]), ("/two.txt", sids["/two.txt"])];
        Assert.Equal((false, true), (shown!.IsDeleted, pruned.IsDeleted));
        Assert.Equal(unused, shown.Assets);
        Assert.Equal(unused, pruned.Assets);
        Assert.Equal(["/live.txt"], await GetAssetsAsync());
        Assert.Equal("200 live", await VisitAsync("/live.txt"));
    }

    [Fact]
    public async Task Without_consent_nothing_is_deleted()
    {
        await PrepareAsync();
        await Emulator.ResetStatsAsync();

        var failure = await FailsAsync(
            () => PruneAsync(_ => false),
            DeploymentDiagnostics.PruneNeedsConfirmation(2, "unused Asset")
        );

        Assert.Null(failure.PartialResult);
        Assert.DoesNotContain("Asset.Delete", (await Emulator.CountRequestsAsync()).Keys);
        Assert.Equal(["/live.txt", "/one.txt", "/two.txt"], await GetAssetsAsync());
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public async Task More_Assets_than_allowed_are_shown_and_stay(int maxDelete)
    {
        await PrepareAsync();
        await Emulator.ResetStatsAsync();
        Bench.Settings = Bench.Settings.With(SettingTable.PruneMaxDelete, maxDelete);
        PruneResult? shown = null;

        var failure = await FailsAsync(
            () =>
                PruneAsync(_ => throw new InvalidOperationException("Nothing may be asked."), result => shown = result),
            DeploymentDiagnostics.TooManyToPrune(2, "unused Asset", maxDelete)
        );

        Assert.Equal(2, shown?.Count);
        Assert.Null(failure.PartialResult);
        Assert.DoesNotContain("Asset.Delete", (await Emulator.CountRequestsAsync()).Keys);
    }

    [Fact]
    public async Task As_many_Assets_as_allowed_are_deleted_and_none_need_no_permission()
    {
        await PrepareAsync();
        Bench.Settings = Bench.Settings.With(SettingTable.PruneMaxDelete, 2);
        Assert.Equal(2, (await PruneAsync(_ => true)).Count);

        Bench.Settings = Bench.Settings.With(SettingTable.PruneMaxDelete, 0);
        Assert.Equal(0, (await PruneAsync(_ => true)).Count);
    }

    [Fact]
    public async Task Without_unused_Assets_no_confirmation_is_requested()
    {
        var live = await UploadAndDeployAsync(("a.txt", "first"));

        var pruned = await PruneAsync(_ => throw new InvalidOperationException("There is nothing to confirm."));

        Assert.Equal((live.ServiceSid, false), (pruned.ServiceSid, pruned.IsDeleted));
        Assert.Empty(pruned.Assets);
    }

    [Fact]
    public async Task Assets_of_other_Environments_and_of_the_manifest_stay()
    {
        UseEnvironment("prod");
        await UploadAndDeployAsync(("prod.txt", "live in prod"));
        UseEnvironment("dev");
        await UploadAsync(("unused.txt", "x"));
        await DeployAsSomeoneElseAsync("/dev.txt");
        await UploadAsync(("new.txt", "not deployed yet"));

        var pruned = await PruneAsync(_ => true);

        Assert.Equal(["/unused.txt"], pruned.Assets.Select(asset => asset.Name));
        Assert.Equal(["/dev.txt", "/new.txt", "/prod.txt"], await GetAssetsAsync());
        Assert.Equal("200 live in prod", await VisitAsync("/prod.txt", "prod"));
        Assert.Equal("200 of someone else", await VisitAsync("/dev.txt"));
    }

    [Fact]
    public async Task Assets_of_the_previous_manifest_stay_while_an_upload_is_running()
    {
        await PrepareAsync();
        await UploadAsync(("one.txt", "x"));
        File.Move(Bench.Settings.ManifestPath, Bench.PreviousManifestPath, overwrite: true);

        var pruned = await PruneAsync(_ => true);

        Assert.Equal(["/two.txt"], pruned.Assets.Select(asset => asset.Name));
        Assert.Equal(["/live.txt", "/one.txt"], await GetAssetsAsync());
    }

    [Fact]
    public async Task An_Asset_of_the_manifest_that_someone_created_again_stays()
    {
        var sids = await PrepareAsync();
        await UploadAsync(("one.txt", "x"));
        await Emulator.DeleteAsync($"{Service}/Assets/{sids["/one.txt"]}");
        await Emulator.Api.CreateAssetAsync(EngineWorkbench.ServiceName, "/one.txt");

        var pruned = await PruneAsync(_ => true);

        Assert.Equal(["/two.txt"], pruned.Assets.Select(asset => asset.Name));
        Assert.Equal(["/live.txt", "/one.txt"], await GetAssetsAsync());
    }

    [Fact]
    public async Task Assets_in_use_that_someone_renamed_stay()
    {
        var sids = await PrepareAsync();
        await UploadAsync(("one.txt", "x"));
        await Emulator.PostAsync($"{Service}/Assets/{sids["/live.txt"]}", ("FriendlyName", "/a.txt"));
        await Emulator.PostAsync($"{Service}/Assets/{sids["/one.txt"]}", ("FriendlyName", "/b.txt"));

        var pruned = await PruneAsync(_ => true);

        Assert.Equal(["/two.txt"], pruned.Assets.Select(asset => asset.Name));
        Assert.Equal(["/a.txt", "/b.txt"], await GetAssetsAsync());
    }

    [Fact]
    public async Task An_Asset_stays_if_the_live_Build_only_names_its_path()
    {
        await PrepareAsync();
        ChangeResponses(
            (await GetLiveBuildAsync())!,
            build => build["asset_versions"]!.AsArray().ToList().ForEach(version => version!["asset_sid"] = null)
        );

        Assert.Equal(["/one.txt", "/two.txt"], (await PruneAsync(_ => true)).Assets.Select(asset => asset.Name));
    }

    [Fact]
    public async Task An_Asset_that_someone_else_deletes_first_counts_as_deleted()
    {
        var sids = await PrepareAsync();
        RunBefore(
            HttpMethod.Delete,
            sids["/one.txt"],
            _ => Emulator.DeleteAsync($"{Service}/Assets/{sids["/one.txt"]}")
        );

        Assert.True((await PruneAsync(_ => true)).IsDeleted);

        Assert.Equal(["/live.txt"], await GetAssetsAsync());
    }

    [Fact]
    public async Task A_deployment_meanwhile_stops_it()
    {
        var sids = await PrepareAsync();
        RunBefore(HttpMethod.Delete, sids["/one.txt"], _ => DeployAsSomeoneElseAsync("/other.txt"));

        await FailsAsync(
            () => PruneAsync(_ => true),
            DeploymentDiagnostics.PruneStopped(
                1,
                2,
                "unused Asset",
                "a deployment in the meantime may use some of them"
            )
        );

        Assert.Equal(["/live.txt", "/other.txt", "/two.txt"], await GetAssetsAsync());
    }

    [Fact]
    public async Task A_deletion_that_the_service_rejects_stops_it()
    {
        var sids = await PrepareAsync();
        Refuse(HttpMethod.Delete, sids["/two.txt"], 403, "Not allowed");

        var failure = await Assert.ThrowsAsync<AssetException>(() => PruneAsync(_ => true));

        DiagnosticAssert.SingleError(
            failure.Diagnostics,
            "SAB4016",
            null,
            "Pruning stopped after deleting 1 of 2 unused Assets: Not allowed (HTTP 403, Twilio code 20001"
        );
        AssertDeleted(sids, failure.PartialResult);
        Assert.Equal(["/live.txt", "/two.txt"], await GetAssetsAsync());
    }

    /// <summary>A proxy can respond in place of the service, or respond to another request.</summary>
    [Theory]
    [InlineData(HttpStatusCode.NotFound, "/one.txt", 1)]
    [InlineData(HttpStatusCode.NoContent, "/two.txt", 1)]
    [InlineData(HttpStatusCode.NoContent, "/one.txt, /two.txt", 0)]
    public async Task Assets_that_exist_after_their_deletion_are_an_error(
        HttpStatusCode status,
        string remaining,
        int deleted
    )
    {
        var sids = await PrepareAsync();
        var kept = remaining.Split(", ");
        Bench.HttpHandler = () =>
            InterceptingHandler.Replace(request =>
                request.Method != HttpMethod.Delete
                || !kept.Any(name =>
                    request.RequestUri!.AbsolutePath.EndsWith(sids[name].ToString(), StringComparison.Ordinal)
                )
                    ? null
                : status == HttpStatusCode.NotFound ? StubHandler.Html(status)
                : new HttpResponseMessage(status)
            );

        var failure = await FailsAsync(
            () => PruneAsync(_ => true),
            DeploymentDiagnostics.PruneStopped(
                deleted,
                2,
                "unused Asset",
                $"the service confirmed the deletion of {remaining}, but still lists them"
            )
        );

        Assert.Equal(
            sids.Keys.Except(kept).Except(["/live.txt"]),
            (failure.PartialResult as AssetPruneResult)?.Assets.Select(asset => asset.Name) ?? []
        );
        Assert.Equal(["/live.txt", .. kept], await GetAssetsAsync());
    }

    [Fact]
    public async Task Assets_that_cannot_be_listed_after_their_deletion_are_an_error()
    {
        var sids = await PrepareAsync();
        var isDeleted = false;
        Bench.HttpHandler = () =>
            InterceptingHandler.Replace(request =>
            {
                isDeleted |= request.Method == HttpMethod.Delete;
                return isDeleted && request.RequestUri!.AbsolutePath.EndsWith("/Assets", StringComparison.Ordinal)
                    ? StubHandler.Json("""{ "code": 20003, "message": "Not allowed" }""", HttpStatusCode.Forbidden)
                    : null;
            });

        await FailsAsync(
            () => PruneAsync(_ => true),
            DeploymentDiagnostics.PruneStopped(2, 2, "unused Asset", "Not allowed (HTTP 403, Twilio code 20003)")
        );
        Assert.Equal(["/live.txt"], await GetAssetsAsync());
    }

    [Fact]
    public async Task A_canceled_run_reports_what_it_has_deleted()
    {
        var sids = await PrepareAsync();
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
        RunBefore(HttpMethod.Delete, sids["/two.txt"], _ => stop.CancelAsync());

        var canceled = await Assert.ThrowsAsync<RunCanceledException>(() =>
            PruneAsync(_ => true, cancellationToken: stop.Token)
        );

        AssertDeleted(sids, canceled.PartialResult);
        Assert.Contains("Deleted 1 of 2 unused Assets", Logger.MessagesOf(LogLevel.Summary));
    }

    [Fact]
    public async Task A_run_that_exceeds_its_time_limit_reports_what_it_has_deleted()
    {
        var sids = await PrepareAsync();
        var timeout = TimeSpan.FromSeconds(Bench.Settings.Get(SettingTable.Timeout));
        RunBefore(
            HttpMethod.Delete,
            sids["/two.txt"],
            _ =>
            {
                Bench.Advance(timeout);
                return Task.CompletedTask;
            }
        );

        var failure = await FailsAsync(
            () => PruneAsync(_ => true),
            ServiceDiagnostics.TimedOut(timeout, 0, 0),
            DeploymentDiagnostics.PruneStopped(1, 2, "unused Asset", "the time limit of the run expired")
        );

        AssertDeleted(sids, failure.PartialResult);
    }

    [Fact]
    public async Task A_manifest_that_cannot_be_read_is_an_error_before_any_request()
    {
        await PrepareAsync();
        File.WriteAllText(Bench.Settings.ManifestPath, "{");
        await Emulator.ResetStatsAsync();

        var failure = await Assert.ThrowsAsync<AssetException>(() => PruneAsync(_ => true));

        Assert.Equal("SAB5007", Assert.Single(failure.Diagnostics).Code);
        Assert.Empty(await Emulator.CountRequestsAsync());
    }

    [Fact]
    public async Task A_live_Build_whose_contents_are_unknown_is_an_error()
    {
        await PrepareAsync();
        var live = (await GetLiveBuildAsync())!;
        Bench.HttpHandler = () =>
            InterceptingHandler.Replace(request =>
                request.RequestUri!.AbsolutePath.EndsWith(live, StringComparison.Ordinal)
                    ? StubHandler.Json("{}", HttpStatusCode.NotFound)
                    : null
            );

        await FailsAsync(() => PruneAsync(_ => true), DeploymentDiagnostics.LiveBuildMissing(live, "dev"));

        Assert.Equal(["/live.txt", "/one.txt", "/two.txt"], await GetAssetsAsync());
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_live_Build_without_contents_is_an_error(bool isNull)
    {
        await PrepareAsync();
        var live = (await GetLiveBuildAsync())!;
        ChangeResponses(live, build => build["asset_versions"] = isNull ? null : new JsonArray());

        await FailsAsync(() => PruneAsync(_ => true), DeploymentDiagnostics.LiveBuildMissing(live, "dev"));

        Assert.Equal(["/live.txt", "/one.txt", "/two.txt"], await GetAssetsAsync());
    }

    /// <summary>The list changed while it was read, so an Asset is on two pages.</summary>
    [Fact]
    public async Task An_Asset_that_is_listed_twice_is_deleted_once()
    {
        var sids = await PrepareAsync();
        ChangeResponses(
            "/Assets",
            page =>
            {
                foreach (var asset in page["assets"]!.AsArray().ToList())
                {
                    page["assets"]!.AsArray().Add(asset!.DeepClone());
                }
            }
        );

        var pruned = await PruneAsync(_ => true);

        Assert.Equal([("/one.txt", sids["/one.txt"]), ("/two.txt", sids["/two.txt"])], pruned.Assets);
    }

    /// <summary>
    /// Deploys <c>/live.txt</c>, and leaves <c>/one.txt</c> and <c>/two.txt</c> uploaded but unused.
    /// </summary>
    /// <returns>The SIDs of the Assets by name.</returns>
    private async Task<Dictionary<string, Sid>> PrepareAsync()
    {
        await UploadAsync(("one.txt", "x"), ("two.txt", "y"));
        await UploadAndDeployAsync(("live.txt", "live"));
        return (await Emulator.GetAssetsAsync(EngineWorkbench.ServiceName)).ToDictionary(
            asset => asset.Value,
            asset => TestSid.From(asset.Key)
        );
    }

    /// <summary>Asserts that a run that stopped early reports that it deleted the first of its two Assets.</summary>
    private static void AssertDeleted(Dictionary<string, Sid> sids, OperationResult? partialResult)
    {
        var deleted = Assert.IsType<AssetPruneResult>(partialResult);
        Assert.True(deleted.IsDeleted);
        Assert.Equal([("/one.txt", sids["/one.txt"])], deleted.Assets);
    }

    private Task<IReadOnlyList<string>> GetAssetsAsync() => Emulator.GetAssetNamesAsync(EngineWorkbench.ServiceName);
}
