using System.Net;
using System.Text.Json.Nodes;
using Serverless.Assets.Diagnostics;
using Serverless.Assets.Settings;

namespace Serverless.Assets.Tests.Deployment;

/// <summary>Which unused Assets <c>prune</c> keeps because a Build that is not live contains them.</summary>
public sealed class PruneKeepBuildsTests : DeploymentTest
{
    [Theory]
    [InlineData(0, new[] { "/a.txt", "/b.txt" })]
    [InlineData(1, new[] { "/a.txt" })] // the first Build with /b.txt is the one that a rollback deploys
    [InlineData(2, new[] { "/a.txt" })]
    [InlineData(3, new string[0])]
    [InlineData(100, new string[0])]
    public async Task Assets_of_the_newest_Builds_are_kept(int keepBuilds, string[] deleted)
    {
        await ReleaseAsync("a.txt");
        await ReleaseAsync("b.txt");
        await ReleaseAsync("c.txt");

        var pruned = await PruneAsync(_ => true, keepBuilds: keepBuilds);

        Assert.Equal(deleted, pruned.Assets.Select(asset => asset.Name));
    }

    [Fact]
    public async Task After_a_pruning_a_rollback_to_a_kept_Build_works()
    {
        await ReleaseAsync("a.txt");
        var before = await ReleaseAsync("b.txt");
        await ReleaseAsync("c.txt");

        Assert.Equal("/a.txt", Assert.Single((await PruneAsync(_ => true, keepBuilds: 2)).Assets).Name);

        Assert.Equal(before, (await RollbackAsync()).BuildSid.ToString());
        Assert.Equal("200 of b.txt", await VisitAsync("/b.txt"));
    }

    /// <summary>Previews create many Builds in the same Service.</summary>
    [Fact]
    public async Task The_Build_before_the_live_one_is_kept_in_each_Environment_however_old_it_is()
    {
        UseEnvironment("prod");
        await ReleaseAsync("old.txt");
        await ReleaseAsync("before.txt");
        await ReleaseAsync("live.txt");
        UseEnvironment("pr-7");
        for (var i = 0; i < 3; i++)
        {
            await ReleaseAsync($"preview{i}.txt");
        }

        var pruned = await PruneAsync(_ => true, keepBuilds: 1);

        Assert.Equal(["/old.txt", "/preview0.txt"], pruned.Assets.Select(asset => asset.Name));
    }

    [Fact]
    public async Task A_rollback_Build_that_no_longer_exists_keeps_nothing()
    {
        var first = await ReleaseAsync("a.txt");
        await ReleaseAsync("b.txt");
        await Emulator.DeleteAsync($"{Service}/Builds/{first}");

        Assert.Equal(["/a.txt"], (await PruneAsync(_ => true, keepBuilds: 1)).Assets.Select(asset => asset.Name));
    }

    [Fact]
    public async Task Builds_are_read_from_all_pages()
    {
        await Emulator.Api.CreateServiceAsync(EngineWorkbench.ServiceName);
        for (var i = 0; i < 25; i++)
        {
            await AddBuildAsync($"/{i:00}.txt");
        }

        await ReleaseAsync("live.txt");

        var pruned = await PruneAsync(_ => true, keepBuilds: 22);

        Assert.Equal(["/00.txt", "/01.txt", "/02.txt", "/03.txt"], pruned.Assets.Select(asset => asset.Name));
    }

    [Fact]
    public async Task A_Build_that_is_not_complete_yet_counts_and_a_failed_one_does_not()
    {
        await Emulator.Api.CreateServiceAsync(EngineWorkbench.ServiceName);
        await AddBuildAsync("/a.txt");
        var building = await AddBuildAsync("/building.txt");
        var failed = await AddBuildAsync("/failed.txt");
        ChangeResponses(
            "/Builds",
            page =>
            {
                foreach (var build in page["builds"]!.AsArray())
                {
                    build!["status"] =
                        (string?)build["sid"] == failed ? "failed"
                        : (string?)build["sid"] == building ? "building"
                        : "completed";
                }
            }
        );

        var pruned = await PruneAsync(_ => true, keepBuilds: 1);

        Assert.Equal(["/a.txt", "/failed.txt"], pruned.Assets.Select(asset => asset.Name));
    }

    [Fact]
    public async Task A_list_of_Builds_that_fails_midway_deletes_nothing()
    {
        await Emulator.Api.CreateServiceAsync(EngineWorkbench.ServiceName);
        for (var i = 0; i < 25; i++)
        {
            await AddBuildAsync($"/{i:00}.txt");
        }

        await Emulator.ResetStatsAsync();
        Bench.HttpHandler = () =>
            InterceptingHandler.Replace(request =>
                request.RequestUri!.Query.Contains("PageToken", StringComparison.Ordinal)
                    ? StubHandler.Json("""{ "code": 20003, "message": "Not allowed" }""", HttpStatusCode.Forbidden)
                    : null
            );

        await Assert.ThrowsAsync<AssetException>(() =>
            PruneAsync(_ => throw new InvalidOperationException("Nothing may be asked."), keepBuilds: 25)
        );

        Assert.DoesNotContain("Asset.Delete", (await Emulator.CountRequestsAsync()).Keys);
    }

    [Theory]
    [InlineData(null)]
    [InlineData(0)]
    public async Task A_kept_Build_without_contents_is_an_error(int? contents)
    {
        await ReleaseAsync("live.txt");
        var build = await AddBuildAsync("/a.txt");
        ChangeResponses(
            "/Builds",
            page => page["builds"]![0]!["asset_versions"] = contents is null ? null : new JsonArray()
        );

        await FailsAsync(() => PruneAsync(_ => true, keepBuilds: 1), DeploymentDiagnostics.KeptBuildUnreadable(build));

        Assert.Equal(["/a.txt", "/live.txt"], await Emulator.GetAssetNamesAsync(EngineWorkbench.ServiceName));
    }

    [Fact]
    public async Task A_new_Build_without_contents_stops_the_deletion()
    {
        await Emulator.Api.CreateServiceAsync(EngineWorkbench.ServiceName);
        await Emulator.Api.AddAsync(EngineWorkbench.ServiceName, "/b.txt", "b");
        await Emulator.Api.AddAsync(EngineWorkbench.ServiceName, "/c.txt", "c");
        await ReleaseAsync("live.txt");
        var build = "";
        Bench.HttpHandler = () =>
            new InterceptingHandler(
                async (request, _) =>
                {
                    if (request.Method == HttpMethod.Delete)
                    {
                        build = await AddBuildAsync("/a.txt");
                    }

                    if (
                        build.Length == 0
                        || request.RequestUri?.AbsolutePath.EndsWith("/Builds", StringComparison.Ordinal) != true
                    )
                    {
                        return null;
                    }

                    var page = JsonNode.Parse((await Emulator.GetAsync(request.RequestUri.PathAndQuery)).GetRawText())!;
                    page["builds"]![0]!["asset_versions"] = null;
                    return StubHandler.Json(page.ToJsonString());
                }
            );

        var failure = await Assert.ThrowsAsync<AssetException>(() => PruneAsync(_ => true, keepBuilds: 1));

        DiagnosticAssert.Same(
            failure.Diagnostics,
            DeploymentDiagnostics.PruneStopped(
                1,
                2,
                "unused Asset",
                $"the service does not return the contents of the new Build {build}"
            )
        );
        Assert.Equal(["/a.txt", "/c.txt", "/live.txt"], await Emulator.GetAssetNamesAsync(EngineWorkbench.ServiceName));
    }

    /// <summary>Another pipeline creates a Build with an old Asset, and is about to deploy it.</summary>
    [Theory]
    [InlineData(1, "/b.txt")]
    [InlineData(0, "/a.txt /b.txt")]
    public async Task An_Asset_that_is_in_a_new_Build_before_it_is_deleted_is_kept(int keepBuilds, string deleted)
    {
        await Emulator.Api.CreateServiceAsync(EngineWorkbench.ServiceName);
        var version = await Emulator.Api.AddAsync(EngineWorkbench.ServiceName, "/a.txt", "a");
        await Emulator.Api.AddAsync(EngineWorkbench.ServiceName, "/b.txt", "b");
        await ReleaseAsync("live.txt");
        var shown = 0;

        var pruned = await PruneAsync(
            unused =>
            {
                shown = unused.Assets.Count;
                Emulator.Api.BuildAsync(EngineWorkbench.ServiceName, version).GetAwaiter().GetResult().Created();
                return true;
            },
            keepBuilds: keepBuilds
        );

        Assert.Equal(2, shown);
        Assert.Equal(deleted, string.Join(' ', pruned.Assets.Select(asset => asset.Name)));
        Assert.Equal(
            keepBuilds == 0 ? [] : ["Kept /a.txt: a new Build contains it"],
            Logger.MessagesOf(LogLevel.Summary)
        );
    }

    /// <summary>Deploys exactly this file.</summary>
    /// <returns>The SID of the Build.</returns>
    private async Task<string> ReleaseAsync(string file)
    {
        Bench.Settings = Bench.Settings.With(SettingTable.OtherAssets, "Remove");
        return (await UploadAndDeployAsync((file, $"of {file}"))).BuildSid;
    }

    /// <summary>Creates a Build of one new asset, as someone else does, and does not deploy it.</summary>
    private async Task<string> AddBuildAsync(string path)
    {
        var version = await Emulator.Api.AddAsync(EngineWorkbench.ServiceName, path, "x");
        return (await Emulator.Api.BuildAsync(EngineWorkbench.ServiceName, version)).Created().Sid();
    }
}
