using Serverless.Assets.Client;
using Serverless.Assets.Diagnostics;
using Serverless.Assets.Manifest;
using Serverless.Assets.Results;
using Serverless.Assets.Settings;
using Serverless.Assets.Validation;

namespace Serverless.Assets.Deployment;

/// <summary>
/// Plans the contents of a Build: the manifest's Asset Versions, and everything of the deployed Build that the
/// Deployment would otherwise remove: Functions, dependencies, the runtime and, unless the policy is to remove them,
/// the assets that the manifest does not list. Finds everything that the service would refuse.
/// </summary>
internal static class BuildPlanner
{
    /// <param name="problems">Receives every reason for the service to refuse the Build.</param>
    public static BuildPlan Plan(
        AssetManifest manifest,
        BuildResource? live,
        ValidatedDeploymentSettings options,
        DiagnosticBag problems
    )
    {
        var liveVersions = live?.AssetVersions ?? [];
        var liveBySid = liveVersions.ToLookup(version => version.Sid, StringComparer.OrdinalIgnoreCase);
        var livePaths = liveVersions.Select(version => version.Path).ToHashSet(StringComparer.Ordinal);
        var (unchanged, others) = Split(manifest.Assets, asset => liveBySid.Contains(asset.AssetVersionSid));
        var (changed, added) = Split(others, asset => livePaths.Contains(asset.Path));

        // A deployed version cannot be in one Build with the manifest's version of the same Asset or path.
        var namedPaths = manifest.Assets.Select(asset => asset.Path).ToHashSet(StringComparer.Ordinal);
        var namedAssets = manifest.Assets.Select(asset => asset.AssetSid).ToHashSet(StringComparer.OrdinalIgnoreCase);
        var notNamed = liveVersions
            .Where(version => !namedPaths.Contains(version.Path) && !namedAssets.Contains(version.AssetSid ?? ""))
            .ToList();
        var kept = options.OtherAssets == UnlistedAssetPolicy.Keep ? notNamed : [];
        var functions = live?.FunctionVersions ?? [];

        CheckUnique(manifest, functions, problems);
        CheckLimits(manifest, kept, functions, options.ServiceLimits, problems);
        return new BuildPlan(
            new BuildContents
            {
                AssetVersions = [.. manifest.AssetVersions, .. kept.Select(version => version.Sid)],
                FunctionVersions = functions.Select(function => function.Sid).ToList(),
                Dependencies = live?.Dependencies ?? [],
                Runtime = options.Runtime ?? live?.Runtime,
            },
            live?.Sid,
            added,
            changed,
            unchanged,
            kept,
            options.OtherAssets == UnlistedAssetPolicy.Keep ? [] : notNamed,
            functions.Select(function => function.Path ?? function.Sid).ToList()
        );
    }

    private static (IReadOnlyList<ManifestAsset> Yes, IReadOnlyList<ManifestAsset> No) Split(
        IReadOnlyList<ManifestAsset> assets,
        Func<ManifestAsset, bool> condition
    )
    {
        var groups = assets.ToLookup(condition);
        return (groups[true].ToList(), groups[false].ToList());
    }

    private static void CheckUnique(
        AssetManifest manifest,
        IReadOnlyList<FunctionVersionResource> functions,
        DiagnosticBag problems
    )
    {
        foreach (
            var asset in manifest
                .Assets.GroupBy(asset => asset.AssetSid, StringComparer.OrdinalIgnoreCase)
                .Where(group => group.Count() > 1)
        )
        {
            problems.Add(
                DeploymentDiagnostics.SeveralVersionsOfAsset(
                    asset.Key,
                    asset.Select(version => $"{version.AssetVersionSid} ({version.File})")
                )
            );
        }

        foreach (
            var asset in manifest
                .Assets.GroupBy(asset => asset.Path, StringComparer.Ordinal)
                .Where(group => group.Count() > 1)
        )
        {
            problems.Add(
                DeploymentDiagnostics.DuplicatePath(
                    asset.Key,
                    asset.Select(version => $"{version.AssetVersionSid} ({version.File})")
                )
            );
        }

        var functionOfPath = functions
            .Where(function => function.Path is not null)
            .ToLookup(function => function.Path!, StringComparer.Ordinal);
        foreach (var asset in manifest.Assets.Where(asset => functionOfPath.Contains(asset.Path)))
        {
            problems.Add(
                DeploymentDiagnostics.DuplicatePath(
                    asset.Path,
                    [
                        $"{asset.AssetVersionSid} ({asset.File})",
                        $"the Function Version {functionOfPath[asset.Path].First().Sid}",
                    ]
                )
            );
        }
    }

    private static void CheckLimits(
        AssetManifest manifest,
        IReadOnlyList<AssetVersionResource> kept,
        IReadOnlyList<FunctionVersionResource> functions,
        ServiceLimits limits,
        DiagnosticBag problems
    )
    {
        var assets = manifest
            .Assets.Select(asset => (asset.Path, asset.Visibility))
            .Concat(kept.Select(version => (version.Path, version.Visibility)));
        var exceeded = AssetLimits
            .FindExceeded([.. assets])
            .Select(count => count with { Kind = $"{count.Kind} Asset Versions" })
            .Concat(
                ExceededCount.Find(
                    "Function Versions",
                    [.. functions.Select(function => function.Path ?? "")],
                    AssetLimits.Functions
                )
            );
        problems.AddRange(
            exceeded.Select(found =>
                DeploymentDiagnostics.TooManyVersions(
                    found.Count,
                    found.Kind,
                    found.Limit,
                    found.LargestFolders,
                    limits
                )
            )
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
    string? LiveBuildSid,
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
