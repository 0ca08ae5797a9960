using Serverless.Assets.Client;
using Serverless.Assets.Deployment;
using Serverless.Assets.Manifest;
using Serverless.Assets.Settings;
using Serverless.Assets.Validation;

namespace Serverless.Assets.TestSupport;

/// <summary>Manifests and Builds whose Assets and versions are identified by numbers.</summary>
internal static class TestManifest
{
    public static readonly ValidatedDeploymentSettings Keep = new(
        "dev",
        "dev",
        UnlistedAssetPolicy.Keep,
        TimeSpan.FromDays(7),
        ServiceLimits.Error,
        Runtime: null,
        Verify: false,
        RollbackTo: null,
        ManifestPath: Path.GetFullPath("serverless-assets.manifest.json"),
        ProjectDirectory: Path.GetFullPath(".")
    );

    public static readonly ValidatedDeploymentSettings Remove = Keep with { OtherAssets = UnlistedAssetPolicy.Remove };

    /// <summary>The rule of a Build without a state file.</summary>
    public static UnlistedAssets Rule(ValidatedDeploymentSettings settings) =>
        new(settings, writesState: false, live: null, project: null, DateTimeOffset.UnixEpoch);

    public static ManifestAsset Asset(string path, int asset, int version, Visibility visibility = Visibility.Public) =>
        new()
        {
            Path = AssetPath.Parse(path),
            Visibility = visibility,
            AssetVersionSid = TestSid.Create("ZN", version),
            AssetSid = TestSid.Create("ZH", asset),
            File = "assets" + path,
            ContentType = "text/plain",
            Size = 1,
            Sha256 = new string('0', 64),
            Integrity = "sha384-" + new string('A', 64),
        };

    public static AssetManifest Create(params ManifestAsset[] assets) =>
        new()
        {
            Version = 1,
            Generator = "test",
            ServiceSid = TestSid.Create("ZS", 1),
            AccountSid = TestSid.Create("AC", 1),
            Source = new ManifestSource(null, null, null),
            Assets = assets,
        };

    public static AssetVersionResource Live(
        string path,
        int asset,
        int version,
        Visibility visibility = Visibility.Public
    ) =>
        new()
        {
            Sid = TestSid.Create("ZN", version),
            AssetSid = TestSid.Create("ZH", asset),
            Path = path,
            Visibility = visibility,
        };

    public static FunctionVersionResource Function(string path, int version) =>
        new()
        {
            Sid = TestSid.Create("ZN", version),
            FunctionSid = TestSid.Create("ZH", version),
            Path = path,
        };

    public static DependencyResource Dependency(string name, string version) =>
        new() { Name = name, Version = version };

    public static BuildResource Build(params AssetVersionResource[] assets) =>
        new()
        {
            Sid = TestSid.Create("ZB", 1),
            Status = BuildStatus.Completed,
            AssetVersions = assets,
            FunctionVersions = [],
            Dependencies = [],
            Runtime = "node22",
        };
}
