using Serverless.Assets.Client;
using Serverless.Assets.Diagnostics;
using Serverless.Assets.Manifest;
using Serverless.Assets.Validation;

namespace Serverless.Assets.Deployment;

/// <summary>Finds the reasons for the service to refuse a Build before it is requested.</summary>
internal static class BuildContentsValidator
{
    /// <summary>A Build can have one version of each Asset and of each path.</summary>
    public static void CheckUnique(AssetManifest manifest, DiagnosticBag problems)
    {
        foreach (var asset in FindRepeated(manifest, asset => asset.AssetSid))
        {
            problems.Add(DeploymentDiagnostics.SeveralVersionsOfAsset(asset.Key, asset.Select(Describe)));
        }

        foreach (var path in FindRepeated(manifest, asset => asset.Path))
        {
            problems.Add(DeploymentDiagnostics.DuplicatePath(path.Key, path.Select(Describe)));
        }
    }

    /// <param name="assets">The path of each asset, and what to call it in a message.</param>
    public static void CheckFunctionPaths(
        IEnumerable<(string Path, string Description)> assets,
        IEnumerable<FunctionVersionResource> functions,
        DiagnosticBag problems
    )
    {
        var functionOfPath = functions
            .Where(function => function.Path is not null)
            .ToLookup(function => function.Path!, StringComparer.Ordinal);
        foreach (var (path, description) in assets.Where(asset => functionOfPath.Contains(asset.Path)))
        {
            problems.Add(
                DeploymentDiagnostics.DuplicatePath(
                    path,
                    [description, $"the Function Version {functionOfPath[path].First().Sid}"]
                )
            );
        }
    }

    /// <param name="kept">Live assets that stay.</param>
    public static void CheckLimits(
        IEnumerable<(string Path, Visibility Visibility)> assets,
        IEnumerable<AssetVersionResource> kept,
        IReadOnlyList<FunctionVersionResource> functions,
        ServiceLimits limits,
        DiagnosticBag problems
    )
    {
        var exceeded = AssetLimits
            .FindExceeded([.. assets, .. kept.Select(version => (version.Path, version.Visibility))])
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

    private static IEnumerable<IGrouping<TKey, ManifestAsset>> FindRepeated<TKey>(
        AssetManifest manifest,
        Func<ManifestAsset, TKey> key
    ) => manifest.Assets.GroupBy(key).Where(group => group.Count() > 1);

    private static string Describe(ManifestAsset asset) => $"{asset.AssetVersionSid} ({asset.File})";
}
