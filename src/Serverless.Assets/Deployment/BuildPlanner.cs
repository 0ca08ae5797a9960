using Serverless.Assets.Client;
using Serverless.Assets.Diagnostics;
using Serverless.Assets.Manifest;
using Serverless.Assets.Results;
using Serverless.Assets.Settings;
using Serverless.Assets.State.Site;

namespace Serverless.Assets.Deployment;

/// <summary>
/// Plans the contents of a Build: the manifest's Asset Versions, and everything of the deployed Build that the
/// Deployment would otherwise remove: Functions, dependencies, the runtime and, unless the policy is to remove them,
/// the assets that the manifest does not list. Finds everything that the service would refuse.
/// </summary>
internal static class BuildPlanner
{
    /// <param name="rule">Decides which of the assets that the manifest does not list stay.</param>
    /// <param name="problems">Receives every reason for the service to refuse the Build.</param>
    public static BuildPlan Plan(
        AssetManifest manifest,
        BuildResource? live,
        ValidatedDeploymentSettings settings,
        UnlistedAssets rule,
        DiagnosticBag problems
    )
    {
        var liveVersions = (live?.AssetVersions ?? []).ToLookup(SiteStateFile.IsStateFile);
        var comparison = new LiveComparison([.. liveVersions[false]]);
        var changes = manifest.Assets.ToLookup(asset => comparison.GetChange(asset.Path, asset.AssetVersionSid));
        var unlisted = comparison.FindUnlisted(
            manifest.Assets.Select(asset => asset.Path.Value),
            manifest.Assets.Select(asset => asset.AssetSid)
        );
        var kept = unlisted.Where(rule.IsKept).ToList();
        var stateFiles = rule.WritesState ? [] : liveVersions[true].Where(rule.IsKept).ToList();
        var functions = live?.FunctionVersions ?? [];

        BuildContentsValidator.CheckUnique(manifest, problems);
        BuildContentsValidator.CheckFunctionPaths(
            manifest.Assets.Select(asset => (asset.Path.Value, $"{asset.AssetVersionSid} ({asset.File})")),
            functions,
            problems
        );
        BuildContentsValidator.CheckLimits(
            [
                .. manifest.Assets.Select(asset => (asset.Path.Value, asset.Visibility)),
                .. rule.WritesState ? [SiteStateFile.Counted] : Array.Empty<(string, Visibility)>(),
            ],
            [.. kept, .. stateFiles],
            functions,
            settings.ServiceLimits,
            problems
        );
        return new BuildPlan(
            new BuildContents
            {
                AssetVersions = [.. manifest.AssetVersions, .. kept.Concat(stateFiles).Select(version => version.Sid)],
                FunctionVersions = functions.Select(function => function.Sid).ToList(),
                Dependencies = live?.Dependencies ?? [],
                Runtime = settings.Runtime ?? live?.Runtime,
            },
            live?.Sid,
            [.. changes[AssetChange.New]],
            [.. changes[AssetChange.Changed]],
            [.. changes[AssetChange.Unchanged]],
            kept,
            [.. unlisted.Where(version => !rule.IsKept(version))],
            functions.Select(function => function.Path ?? function.Sid).ToList()
        );
    }
}

/// <summary>The contents of a new Build, and how it differs from the deployed one.</summary>
/// <param name="LiveBuildSid">The deployed Build that the plan is based on; null: nothing is deployed.</param>
/// <param name="New">Assets whose path is not deployed.</param>
/// <param name="Changed">Assets whose path is deployed with another version.</param>
/// <param name="Unchanged">Assets whose version is deployed.</param>
/// <param name="Kept">Deployed assets that the manifest does not list and that stay.</param>
/// <param name="Removed">Deployed assets that the manifest does not list and that are removed.</param>
/// <param name="FunctionPaths">Paths of the deployed Functions, which are carried over.</param>
internal sealed record BuildPlan(
    BuildContents Contents,
    Sid? LiveBuildSid,
    IReadOnlyList<ManifestAsset> New,
    IReadOnlyList<ManifestAsset> Changed,
    IReadOnlyList<ManifestAsset> Unchanged,
    IReadOnlyList<AssetVersionResource> Kept,
    IReadOnlyList<AssetVersionResource> Removed,
    IReadOnlyList<string> FunctionPaths
)
{
    /// <summary>Sorted by path, ordinal.</summary>
    public IReadOnlyList<ComparedAsset> ComparedAssets =>
        ComparedAsset.Sort(
            New.Select(asset => FromManifest(asset, AssetChange.New)),
            Changed.Select(asset => FromManifest(asset, AssetChange.Changed)),
            Unchanged.Select(asset => FromManifest(asset, AssetChange.Unchanged)),
            Kept.Select(version => FromLive(version, AssetChange.Kept)),
            Removed.Select(version => FromLive(version, AssetChange.Removed))
        );

    private static ComparedAsset FromManifest(ManifestAsset asset, AssetChange change) =>
        new(asset.Path, asset.Visibility, change, asset.Size, asset.File, asset.AssetVersionSid);

    private static ComparedAsset FromLive(AssetVersionResource version, AssetChange change) =>
        ComparedAsset.FromLive(version.Path, version.Visibility, change, version.Sid);
}
