using System.Net;
using System.Text;
using Serverless.Assets.Client;
using Serverless.Assets.Diagnostics;
using Serverless.Assets.Manifest;
using Serverless.Assets.Settings;
using Serverless.Assets.State.Site;

namespace Serverless.Assets.Tests.State.Site;

/// <summary>The state file that a deployment adds to the site.</summary>
public sealed class SiteDeploymentTests : SiteStateTest
{
    [Fact]
    public async Task It_lists_the_public_assets_and_hides_the_others()
    {
        await UploadAndDeployAsync(("a.txt", "one"), ("pin.private.txt", "1234"), ("b.protected.txt", "two"));

        var state = await ReadStateAsync();

        var manifest = Bench.ReadManifest();
        var a = manifest.Assets.Single(asset => asset.Path.Value == "/a.txt");
        Assert.Equal(
            $$"""[{"path":"/a.txt","assetVersionSid":"{{a.AssetVersionSid}}","assetSid":"{{a.AssetSid}}","size":3,"sha256":"{{a.Sha256}}","contentType":"text/plain; charset=utf-8"}]""",
            state["assets"]!.ToJsonString()
        );
        Assert.Equal(2, state["hiddenAssets"]!.AsArray().Count);
        var text = state.ToJsonString();
        foreach (var hidden in manifest.Assets.Where(asset => asset.Visibility != Visibility.Public))
        {
            Assert.All(
                [hidden.Path.Value, hidden.AssetVersionSid, hidden.AssetSid, hidden.Sha256, hidden.Integrity],
                value => Assert.DoesNotContain(value, text, StringComparison.Ordinal)
            );
        }
    }

    /// <summary>The name is not on any site: only requests with credentials return it.</summary>
    [Fact]
    public async Task The_key_of_the_hidden_assets_is_in_the_friendly_name_only()
    {
        await UploadAndDeployAsync(("a.txt", "one"), ("pin.private.txt", "1234"));

        var name = Assert.Single(
            await Emulator.GetAssetNamesAsync(EngineWorkbench.ServiceName),
            HiddenAssetKey.IsFriendlyName
        );
        var key = name.Split(' ')[^1];
        Assert.Equal(43, key.Length);
        Assert.DoesNotContain(key, (await ReadStateAsync()).ToJsonString(), StringComparison.Ordinal);
        Assert.DoesNotContain(key, Log, StringComparison.Ordinal);
        Assert.All(
            Directory.EnumerateFiles(Bench.PathOf("."), "*", SearchOption.AllDirectories),
            file =>
                Assert.DoesNotContain(key, Encoding.Latin1.GetString(File.ReadAllBytes(file)), StringComparison.Ordinal)
        );
    }

    [Fact]
    public async Task A_Service_has_one_Asset_for_state_files_and_a_Build_has_one_of_them()
    {
        var builds = new List<string>();
        foreach (var content in new[] { "one", "two", "three" })
        {
            builds.Add((await UploadAndDeployAsync(("a.txt", content))).BuildSid);
        }

        UseEnvironment("staging");
        builds.Add((await UploadAndDeployAsync(("a.txt", "four"))).BuildSid);

        Assert.Equal(2, (await Emulator.GetAssetNamesAsync(EngineWorkbench.ServiceName)).Count);
        var paths = new List<string?>();
        foreach (var build in builds)
        {
            paths.Add(await FindStatePathAsync(build));
        }

        Assert.DoesNotContain(null, paths);
        Assert.Equal(4, paths.Distinct().Count());
    }

    [Fact]
    public async Task A_deployment_without_changes_creates_no_Build_and_no_state_file()
    {
        var first = await UploadAndDeployAsync(("a.txt", "one"), ("b.private.txt", "two"));
        var versions = (await Emulator.GetVersionsAsync()).Count;

        await UploadOnNewMachineAsync(("a.txt", "one"), ("b.private.txt", "two"));
        var second = await DeployAsync();

        Assert.Equal(first.BuildSid, second.BuildSid);
        Assert.Equal(versions, (await Emulator.GetVersionsAsync()).Count);
        Assert.Single(await GetDeployedBuildsAsync());
    }

    /// <summary>The Build is created by one step and deployed by another one.</summary>
    [Fact]
    public async Task A_Build_with_a_state_file_that_is_not_live_yet_is_reused()
    {
        await UploadAsync(("a.txt", "one"));
        var build = await BuildAsync();
        var deployed = await DeployAsync();

        Assert.Equal(build.BuildSid, deployed.BuildSid);
        Assert.NotNull(await FindStatePathAsync(deployed.BuildSid));
    }

    [Fact]
    public async Task A_live_Build_without_a_state_file_is_replaced_by_one_that_has_it()
    {
        Bench.Settings = Bench.Settings.With(SettingTable.StateStore, "file");
        var without = await UploadAndDeployAsync(("a.txt", "one"));
        Bench.Settings = Bench.Settings.With(SettingTable.StateStore, "site");

        var with = await DeployAsync();

        Assert.NotEqual(without.BuildSid, with.BuildSid);
        Assert.NotNull(await FindStatePathAsync(with.BuildSid));
        Assert.Empty(await UploadOnNewMachineAsync(("a.txt", "one")));
    }

    /// <summary>A deployment without the setting must not make the machines of others upload everything.</summary>
    [Theory]
    [InlineData("Keep", true)]
    [InlineData("Remove", false)]
    public async Task A_deployment_without_state_treats_it_like_other_assets(string policy, bool isKept)
    {
        await UploadAndDeployAsync(("a.txt", "one"), ("b.txt", "same"));
        Bench.Settings = Bench.Settings.With(SettingTable.StateStore, "file").With(SettingTable.OtherAssets, policy);
        var deployed = await UploadAndDeployAsync(("a.txt", "two"), ("b.txt", "same"));
        Bench.Settings = Bench.Settings.With(SettingTable.StateStore, "site");

        Assert.Equal(isKept, await FindStatePathAsync(deployed.BuildSid) is not null);
        Assert.Equal(
            isKept ? ["/a.txt"] : ["/a.txt", "/b.txt"],
            await UploadOnNewMachineAsync(("a.txt", "two"), ("b.txt", "same"))
        );
    }

    [Fact]
    public async Task What_other_projects_deployed_stays_known()
    {
        await DeployProjectAsync("A.csproj", ("a.txt", "one"), ("pin.private.txt", "1234"));
        await DeployProjectAsync("B.csproj", ("b.txt", "two"));

        Assert.Empty(await UploadOnNewMachineAsync(("a.txt", "one"), ("pin.private.txt", "1234"), ("b.txt", "two")));
    }

    /// <summary>The first Build is not deployed, and its state file is not used.</summary>
    [Fact]
    public async Task A_deployment_by_someone_else_in_the_meantime_leaves_one_state_file()
    {
        await UploadAndDeployAsync(("a.txt", "one"));
        await UploadAsync(("a.txt", "two"), ("pin.private.txt", "1234"));
        RunBefore(
            HttpMethod.Post,
            "/Builds",
            number => number == 1 ? DeployAsSomeoneElseAsync("/other.txt") : Task.CompletedTask
        );

        var deployed = await DeployAsync();

        Assert.Equal(["/a.txt", "/other.txt", "/pin.txt"], await GetLivePathsAsync());
        Assert.NotNull(await FindStatePathAsync(deployed.BuildSid));
        Assert.Empty(await UploadOnNewMachineAsync(("a.txt", "two"), ("pin.private.txt", "1234")));
    }

    [Fact]
    public async Task A_rollback_restores_the_state_file_of_its_Build()
    {
        await UploadAndDeployAsync(("a.txt", "one"));
        await UploadAndDeployAsync(("a.txt", "two"));

        await RollbackAsync();

        Assert.Empty(await UploadOnNewMachineAsync(("a.txt", "one")));
        Assert.Equal(["/a.txt"], await UploadOnNewMachineAsync(("a.txt", "two")));
    }

    [Fact]
    public async Task A_state_file_that_can_not_be_uploaded_is_a_warning()
    {
        await UploadAsync(("a.txt", "one"));
        Bench.HttpHandler = () =>
            InterceptingHandler.Replace(request =>
                request.Method == HttpMethod.Post
                && request.RequestUri!.AbsolutePath.EndsWith("/Versions", StringComparison.Ordinal)
                    ? StubHandler.Json(
                        """{ "code": 20001, "message": "no more versions" }""",
                        HttpStatusCode.BadRequest
                    )
                    : null
            );

        var deployed = await DeployAsync();

        Assert.Equal("200 one", await VisitAsync("/a.txt"));
        Assert.Null(await FindStatePathAsync(deployed.BuildSid));
        DiagnosticAssert.SingleWarning(Logger.Warnings, "SAB5019", null, "no more versions");
    }

    [Fact]
    public async Task The_Asset_of_the_state_files_is_created_again_if_it_was_deleted()
    {
        var first = await UploadAndDeployAsync(("a.txt", "one"));
        var asset = await FindStateAssetAsync();
        RunBefore(
            HttpMethod.Post,
            $"/Assets/{asset}/Versions",
            number => number == 1 ? Emulator.DeleteAsync($"{Service}/Assets/{asset}") : Task.CompletedTask
        );

        var second = await UploadAndDeployAsync(("a.txt", "two"));

        Assert.NotEqual(first.BuildSid, second.BuildSid);
        Assert.NotNull(await FindStatePathAsync(second.BuildSid));
        Assert.Equal(2, (await Emulator.GetAssetNamesAsync(EngineWorkbench.ServiceName)).Count);
    }

    [Fact]
    public async Task The_list_has_the_commit_and_the_time_of_each_Build()
    {
        var first = await UploadAndDeployAsync(("a.txt", "one"));
        Clock.Advance(TimeSpan.FromHours(1));
        await UploadAsync(("a.txt", "two"));
        ChangeSource("decaf", "feature");
        var second = await DeployAsync();

        var dev = Assert.Single((await ListAsync()).Environments);

        Assert.Equal(second.BuildSid, dev.BuildSid);
        Assert.Equal(("decaf", "feature"), (dev.Deployment!.Commit, dev.Deployment.Branch));
        var earlier = Assert.Single(dev.EarlierBuilds);
        Assert.Equal(first.BuildSid, earlier.Sid);
        Assert.InRange(dev.Deployment.Time - earlier.Deployment!.Time, TimeSpan.FromHours(1), TimeSpan.FromHours(2));
        Assert.Equal(["/a.txt"], dev.Assets.Select(found => found.Path));
    }

    /// <summary>1,000 public assets and a state file are one more than the service accepts.</summary>
    [Fact]
    public async Task It_counts_for_the_limit()
    {
        await UploadAsync([.. Enumerable.Range(0, 1000).Select(i => ($"{i}.txt", "x"))]);

        var failure = await Assert.ThrowsAsync<AssetException>(() => DeployAsync());

        DiagnosticAssert.SingleError(failure.Diagnostics, "SAB4003", null, "1001");
        Bench.Settings = Bench.Settings.With(SettingTable.StateStore, "file");
        await DeployAsync();
    }

    [Fact]
    public async Task Pruning_does_not_show_the_key()
    {
        await UploadAndDeployAsync(("a.txt", "one"));
        await RemoveEnvironmentAsync(_ => true);

        var pruned = await PruneAsync(_ => true);

        Assert.Equal(["serverless-assets state"], pruned.Assets.Select(asset => asset.Name));
        Assert.Equal(["/a.txt"], await Emulator.GetAssetNamesAsync(EngineWorkbench.ServiceName)); // the manifest has it
    }

    private void ChangeSource(string commit, string branch) =>
        ChangeManifest(manifest => manifest with { Source = new ManifestSource(commit, branch, null) });
}
