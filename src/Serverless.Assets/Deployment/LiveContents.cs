using Serverless.Assets.Client;
using Serverless.Assets.State.Site;

namespace Serverless.Assets.Deployment;

/// <summary>What a new Build carries over: the contents of the deployed Build, or of more than one.</summary>
/// <param name="Deployed">The deployed Build; null: nothing is deployed.</param>
internal sealed record LiveContents(BuildResource? Deployed)
{
    /// <summary>What the site records of the deployed Build; null: nothing, or it is not needed.</summary>
    public SiteState? State { get; init; }

    /// <summary>If it combines several Builds, the service has no such Build.</summary>
    public BuildResource? Build { get; private init; } = Deployed;

    /// <summary>
    /// Adds the contents of a Build that was deployed briefly. Neither Build is based on the other, so the result
    /// contains what either of them contains. If they have different versions of a path, the one that is not in their
    /// common base is newer; if neither is, the one that was uploaded later.
    /// </summary>
    /// <param name="common">The Build that both are based on; null: none.</param>
    public LiveContents With(BuildResource overwritten, BuildResource? common) =>
        this with
        {
            Build = Build is null ? overwritten : Combine(Build, overwritten, common),
        };

    private static BuildResource Combine(BuildResource live, BuildResource overwritten, BuildResource? common) =>
        live with
        {
            AssetVersions = CombineAssets(
                live.AssetVersions ?? [],
                overwritten.AssetVersions ?? [],
                common?.AssetVersions ?? []
            ),
            FunctionVersions = CombineFunctions(
                live.FunctionVersions ?? [],
                overwritten.FunctionVersions ?? [],
                common?.FunctionVersions ?? []
            ),
            Dependencies =
            [
                .. (live.Dependencies ?? [])
                    .Concat(overwritten.Dependencies ?? [])
                    .DistinctBy(dependency => dependency.Name, StringComparer.Ordinal),
            ],
            Runtime = live.Runtime ?? overwritten.Runtime,
        };

    /// <summary>A Build can have one version of each path and of each Asset.</summary>
    private static List<AssetVersionResource> CombineAssets(
        IEnumerable<AssetVersionResource> live,
        IEnumerable<AssetVersionResource> overwritten,
        IEnumerable<AssetVersionResource> common
    )
    {
        var known = common.Select(version => version.Sid).ToHashSet();
        var newestFirst = live.Concat(overwritten)
            .DistinctBy(version => version.Sid)
            .OrderBy(version => known.Contains(version.Sid))
            .ThenByDescending(version => version.DateCreated);
        var paths = new HashSet<string>(StringComparer.Ordinal);
        var assets = new HashSet<Sid>();
        var combined = new List<AssetVersionResource>();
        foreach (var version in newestFirst)
        {
            var asset = version.AssetSid ?? version.Sid;
            if (!paths.Contains(version.Path) && assets.Add(asset))
            {
                paths.Add(version.Path);
                combined.Add(version);
            }
        }

        return combined;
    }

    private static List<FunctionVersionResource> CombineFunctions(
        IEnumerable<FunctionVersionResource> live,
        IEnumerable<FunctionVersionResource> overwritten,
        IEnumerable<FunctionVersionResource> common
    )
    {
        var known = common.Select(version => version.Sid).ToHashSet();
        return
        [
            .. live.Concat(overwritten)
                .OrderBy(version => known.Contains(version.Sid))
                .DistinctBy(version => version.Path ?? version.Sid, StringComparer.Ordinal),
        ];
    }
}

/// <summary>A Build that was deployed briefly, and replaced by a Build that does not contain its assets.</summary>
/// <param name="BaseSid">The Build that was deployed before both of them; null: none.</param>
internal sealed record OverwrittenBuild(Sid Sid, Sid? BaseSid);
