using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Nodes;
using Serverless.Assets.State.Site;
using Serverless.Assets.Upload;

namespace Serverless.Assets.Benchmarks.Scenarios;

/// <summary>
/// A new machine without an upload state, and a site whose state file was forged by someone who can deploy. What the live
/// Build does not confirm is uploaded again; the rest is still used.
/// </summary>
internal sealed class SiteTrust : IScenario
{
    private const int Files = 100;
    private const int Forged = 10;
    private const string Service = "/v1/Services/bench";

    public string Name => "site-trust";

    public async Task<IReadOnlyList<Figure>> RunAsync()
    {
        using var workspace = await Workspace.CreateAsync(stateStore: "site").ConfigureAwait(false);
        workspace.WriteFiles(Files, 1024);
        await workspace.UploadAsync().ConfigureAwait(false);
        await workspace.DeployAsync().ConfigureAwait(false);
        var site = await Site.ReadAsync(workspace.Emulator).ConfigureAwait(false);
        return
        [
            .. await ForgeVersionsAsync(workspace, site).ConfigureAwait(false),
            .. await SwapVersionsAsync(workspace, site).ConfigureAwait(false),
            .. await ReplaceFileAsync(workspace, site).ConfigureAwait(false),
        ];
    }

    /// <summary>Entries have versions with other contents, which the live Build does not contain.</summary>
    private static async Task<IReadOnlyList<Figure>> ForgeVersionsAsync(Workspace workspace, Site site)
    {
        var state = site.GetState();
        foreach (var entry in state["assets"]!.AsArray().Take(Forged))
        {
            var (asset, path) = ((string)entry!["assetSid"]!, (string)entry["path"]!);
            entry["assetVersionSid"] = await workspace.Emulator.UploadAsync(asset, path, [1]).ConfigureAwait(false);
        }

        var content = Serialize(state);
        await site.DeployAsync(SiteStateFile.GetPath(content), content).ConfigureAwait(false);
        return await MeasureAsync("entries whose version is not live", workspace, Forged).ConfigureAwait(false);
    }

    /// <summary>Entries have the versions of each other, which are live at other paths.</summary>
    private static async Task<IReadOnlyList<Figure>> SwapVersionsAsync(Workspace workspace, Site site)
    {
        var state = site.GetState();
        var entries = state["assets"]!.AsArray().Take(Forged).ToList();
        var versions = entries.Select(entry => (string)entry!["assetVersionSid"]!).ToList();
        for (var i = 0; i < Forged; i++)
        {
            entries[i]!["assetVersionSid"] = versions[(i + 1) % Forged];
        }

        var content = Serialize(state);
        await site.DeployAsync(SiteStateFile.GetPath(content), content).ConfigureAwait(false);
        return await MeasureAsync("entries with the version of another path", workspace, Forged).ConfigureAwait(false);
    }

    /// <summary>
    /// The site serves other content at the path of the genuine state file. It says that the live versions have the contents
    /// of files that have changed.
    /// </summary>
    private static async Task<IReadOnlyList<Figure>> ReplaceFileAsync(Workspace workspace, Site site)
    {
        var state = site.GetState();
        for (var number = 0; number < Forged; number++)
        {
            workspace.WriteFile(number, 2048);
            var entry = state["assets"]!
                .AsArray()
                .Single(candidate => (string)candidate!["path"]! == Workspace.GetPath(number))!;
            (entry["sha256"], entry["size"]) = (workspace.GetSha256(number), 2048);
        }

        await site.DeployAsync(site.StatePath, Serialize(state)).ConfigureAwait(false);
        return await MeasureAsync("a state file with other content", workspace, Files).ConfigureAwait(false);
    }

    /// <summary>Uploads on a new machine.</summary>
    /// <param name="expected">How many files that uploads.</param>
    private static async Task<IReadOnlyList<Figure>> MeasureAsync(string what, Workspace workspace, int expected)
    {
        workspace.DeleteState("bench");
        var upload = await workspace.UploadAsync().ConfigureAwait(false);
        var wrong = 0;
        foreach (var asset in upload!.Assets.Where(asset => asset.Status == AssetStatus.Unchanged))
        {
            var content = await workspace.Emulator.ContentAsync(asset.AssetVersionSid.ToString()).ConfigureAwait(false);
            wrong += Convert.ToHexStringLower(SHA256.HashData(content)) == asset.Sha256 ? 0 : 1;
        }

        return
        [
            Figure.AtMost($"{Files} files, {what}: wrongly trusted", wrong, 0, "files"),
            Figure.Exactly("  with", upload.UploadedCount, expected, "uploads"),
        ];
    }

    private static byte[] Serialize(JsonNode state) => JsonSerializer.SerializeToUtf8Bytes(state);

    /// <summary>What is live, with the genuine state file.</summary>
    private sealed class Site
    {
        private readonly EmulatorProcess _emulator;
        private readonly string _environment;
        private readonly string _stateAsset;
        private readonly byte[] _state;
        private readonly IReadOnlyList<string> _otherVersions;

        private Site(EmulatorProcess emulator, string environment, IReadOnlyList<JsonElement> versions, byte[] state)
        {
            var own = versions.Single(IsState);
            (_emulator, _environment, _state) = (emulator, environment, state);
            (_stateAsset, StatePath) = (GetText(own, "asset_sid"), GetText(own, "path"));
            _otherVersions =
            [
                .. versions.Where(version => !IsState(version)).Select(version => GetText(version, "sid")),
            ];
        }

        public string StatePath { get; }

        public static async Task<Site> ReadAsync(EmulatorProcess emulator)
        {
            var environments = await emulator.GetAsync($"{Service}/Environments").ConfigureAwait(false);
            var environment = environments.GetProperty("environments").EnumerateArray().Single();
            var build = await emulator
                .GetAsync($"{Service}/Builds/{GetText(environment, "build_sid")}")
                .ConfigureAwait(false);
            var versions = build.GetProperty("asset_versions").EnumerateArray().ToList();
            var state = await emulator.ContentAsync(GetText(versions.Single(IsState), "sid")).ConfigureAwait(false);
            return new Site(emulator, GetText(environment, "sid"), versions, state);
        }

        /// <summary>A copy of the genuine state file, to change.</summary>
        public JsonNode GetState() => JsonNode.Parse(_state)!;

        /// <summary>Deploys the same assets with another state file.</summary>
        public async Task DeployAsync(string path, byte[] state)
        {
            var version = await _emulator.UploadAsync(_stateAsset, path, state).ConfigureAwait(false);
            var build = await _emulator
                .PostAsync(
                    $"{Service}/Builds",
                    [.. _otherVersions.Append(version).Select(sid => ("AssetVersions", sid))]
                )
                .ConfigureAwait(false);
            await _emulator
                .PostAsync($"{Service}/Environments/{_environment}/Deployments", ("BuildSid", GetText(build, "sid")))
                .ConfigureAwait(false);
        }

        private static bool IsState(JsonElement version) =>
            GetText(version, "path").StartsWith(SiteStateFile.Folder, StringComparison.Ordinal);

        private static string GetText(JsonElement element, string name) => element.GetProperty(name).GetString()!;
    }
}
