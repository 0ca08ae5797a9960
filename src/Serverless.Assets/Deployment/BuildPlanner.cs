using Serverless.Assets.Client;
using Serverless.Assets.Diagnostics;
using Serverless.Assets.Manifest;
using Serverless.Assets.Settings;
using Serverless.Assets.Validation;

namespace Serverless.Assets.Deployment;

/// <summary>
/// Puts a new Build together: the manifest's Asset Versions, and from the live Build everything that a Deployment would
/// else take down: Functions, Dependencies, Runtime and, unless they are to go, the assets that the manifest does not
/// name. What the service would refuse is found here.
/// </summary>
internal static class BuildPlanner
{
    /// <exception cref="AssetException">The service would refuse it: all reasons are named.</exception>
    public static BuildPlan Compose(AssetManifest manifest, BuildResource? live, ValidatedDeploymentSettings options)
    {
        var liveVersions = live?.AssetVersions ?? [];
        var liveBySid = liveVersions.ToLookup(version => version.Sid, StringComparer.OrdinalIgnoreCase);
        var livePaths = liveVersions.Select(version => version.Path).ToHashSet(StringComparer.Ordinal);
        var (unchanged, others) = Split(manifest.Assets, asset => liveBySid.Contains(asset.AssetVersionSid));
        var (changed, added) = Split(others, asset => livePaths.Contains(asset.Path));

        // A live version whose Asset or path the manifest names can't be in one Build with the manifest's.
        var namedPaths = manifest.Assets.Select(asset => asset.Path).ToHashSet(StringComparer.Ordinal);
        var namedAssets = manifest.Assets.Select(asset => asset.AssetSid).ToHashSet(StringComparer.OrdinalIgnoreCase);
        var notNamed = liveVersions
            .Where(version => !namedPaths.Contains(version.Path) && !namedAssets.Contains(version.AssetSid ?? ""))
            .ToList();
        var kept = options.OtherAssets == UnlistedAssetPolicy.Keep ? notNamed : [];
        var functions = live?.FunctionVersions ?? [];

        Check(manifest, kept, functions);
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

    private static void Check(
        AssetManifest manifest,
        IReadOnlyList<AssetVersionResource> kept,
        IReadOnlyList<FunctionVersionResource> functions
    )
    {
        var problems = new DiagnosticBag();
        foreach (
            var asset in manifest
                .Assets.GroupBy(asset => asset.AssetSid, StringComparer.OrdinalIgnoreCase)
                .Where(group => group.Count() > 1)
        )
        {
            problems.Add(
                DeploymentDiagnostics.TwoVersionsOfOneAsset(
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
                DeploymentDiagnostics.PathTwice(
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
                DeploymentDiagnostics.PathTwice(
                    asset.Path,
                    [
                        $"{asset.AssetVersionSid} ({asset.File})",
                        $"the Function Version {functionOfPath[asset.Path].First().Sid}",
                    ]
                )
            );
        }

        var all = manifest
            .Assets.Select(asset => (asset.Path, asset.Visibility))
            .Concat(kept.Select(version => (version.Path, version.Visibility)))
            .ToList();
        CheckCount(
            all.Where(asset => asset.Visibility != Visibility.Private).Select(asset => asset.Path),
            "public and protected Asset Versions",
            AssetLimits.PublicAndProtectedAssets,
            problems
        );
        CheckCount(
            all.Where(asset => asset.Visibility == Visibility.Private).Select(asset => asset.Path),
            "private Asset Versions",
            AssetLimits.PrivateAssets,
            problems
        );
        CheckCount(
            functions.Select(function => function.Path ?? ""),
            "Function Versions",
            AssetLimits.Functions,
            problems
        );
        problems.ThrowIfErrors();
    }

    private static void CheckCount(IEnumerable<string> paths, string kind, int limit, DiagnosticBag problems)
    {
        var counted = paths.ToList();
        if (counted.Count > limit)
        {
            problems.Add(
                DeploymentDiagnostics.TooManyVersions(counted.Count, kind, limit, LargestFolders.Describe(counted))
            );
        }
    }
}
