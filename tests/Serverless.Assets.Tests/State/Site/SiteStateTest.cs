using System.Text.Json;
using System.Text.Json.Nodes;
using Serverless.Assets.Manifest;
using Serverless.Assets.Results;
using Serverless.Assets.Settings;
using Serverless.Assets.State.Site;
using Serverless.Assets.Tests.Deployment;
using Serverless.Assets.Upload;

namespace Serverless.Assets.Tests.State.Site;

/// <summary>Runs whose state is on the site, and runs of other machines, which have no state of their own.</summary>
public abstract class SiteStateTest : DeploymentTest
{
    private int _machines;

    private protected SkippingClock Clock { get; } = new();

    /// <summary>What the last upload or deployment logged.</summary>
    private protected string Log => Bench.Logger.Everything() + Logger.Everything();

    public override async ValueTask InitializeAsync()
    {
        await InitializeAsync(Clock);
        Bench.Settings = Bench.Settings.With(SettingTable.StateStore, "site");
    }

    /// <summary>Uploads exactly these files on a machine without an upload state.</summary>
    /// <returns>The paths of the files that were uploaded.</returns>
    private protected async Task<string[]> UploadOnNewMachineAsync(params (string File, string Content)[] files)
    {
        Bench.Settings = Bench.Settings.With(SettingTable.StatePath, Bench.PathOf($"machine{++_machines}"));
        Directory.Delete(Bench.PathOf("assets"), recursive: true);
        foreach (var (file, content) in files)
        {
            Bench.Write($"assets/{file}", content);
        }

        var upload = await Bench.UploadAsync();
        return
        [
            .. upload
                .Assets.Where(asset => asset.Status == AssetStatus.Uploaded)
                .Select(asset => asset.Local.Path.Value),
        ];
    }

    private protected void KeepFor(int days) =>
        Bench.Settings = Bench.Settings.With(SettingTable.OtherAssets, "KeepFor").With(SettingTable.KeepDays, days);

    /// <summary>Uploads these files as those of a project, and deploys them.</summary>
    private protected async Task<DeployResult> DeployProjectAsync(
        string project,
        params (string File, string Content)[] files
    )
    {
        Bench.Settings = Bench.Settings.With(SettingTable.ManifestPath, Bench.PathOf($"{project}/manifest.json"));
        await UploadAsync(files);
        ChangeManifest(manifest => manifest with { Generator = AssetManifest.GetGenerator(project) });
        return await DeployAsync();
    }

    private protected void ChangeManifest(Func<AssetManifest, AssetManifest> change) =>
        File.WriteAllBytes(
            Bench.Settings.ManifestPath,
            JsonSerializer.SerializeToUtf8Bytes(change(Bench.ReadManifest()), ManifestJson.Format.AssetManifest)
        );

    /// <summary>The SID of the Asset of the state files.</summary>
    private protected async Task<string> FindStateAssetAsync() =>
        (await Emulator.GetAssetsAsync(EngineWorkbench.ServiceName))
            .Single(asset => HiddenAssetKey.IsFriendlyName(asset.Value))
            .Key;

    /// <summary>The path of the state file of a Build; null: it has none.</summary>
    private protected async Task<string?> FindStatePathAsync(string build) =>
        (await GetPathsAsync(build)).SingleOrDefault(IsState);

    /// <summary>The paths of the live assets without the state file, sorted.</summary>
    private protected async Task<string[]> GetLivePathsAsync() =>
        [.. (await GetPathsAsync((await GetLiveBuildAsync())!)).Where(path => !IsState(path))];

    /// <summary>The state file that the site of <c>dev</c> serves.</summary>
    private protected async Task<JsonNode> ReadStateAsync()
    {
        var response = await VisitAsync((await FindStatePathAsync((await GetLiveBuildAsync())!))!);
        return JsonNode.Parse(response["200 ".Length..])!;
    }

    /// <summary>
    /// Deploys the live Build of <c>dev</c> with another state file, whose hash is correct, as someone who can deploy does.
    /// </summary>
    private protected async Task ForgeStateAsync(Action<JsonNode> change)
    {
        var build = await Emulator.GetAsync($"{Service}/Builds/{await GetLiveBuildAsync()}");
        var versions = build.GetProperty("asset_versions").EnumerateArray().ToList();
        var state = await ReadStateAsync();
        change(state);
        var content = JsonSerializer.SerializeToUtf8Bytes(state);
        var old = versions.Single(version => IsState(version.Text("path")));
        var forged = await Emulator.Api.UploadAsync(
            EngineWorkbench.ServiceName,
            old.Text("asset_sid"),
            SiteStateFile.GetPath(content),
            "public",
            content,
            "application/json"
        );
        var others = versions.Where(version => !IsState(version.Text("path"))).Select(version => version.Sid());
        var created = await Emulator.Api.BuildAsync(EngineWorkbench.ServiceName, [.. others, forged.Created().Sid()]);
        await DeployAsSomeoneElseAsync(created.Created().Sid(), "dev");
    }

    private protected static bool IsState(string path) =>
        path.StartsWith(SiteStateFile.Folder, StringComparison.Ordinal);
}
