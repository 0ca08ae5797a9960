using Serverless.Assets.Client;
using Serverless.Assets.State.Site;

namespace Serverless.Assets.Deployment;

/// <summary>Compares an existing Build with the contents of a new one.</summary>
internal static class BuildIdentity
{
    /// <summary>
    /// Whether a Build has the same versions in any order, apart from its state file, the same dependencies apart
    /// from those that the service adds or raises, and the same runtime, if one is requested.
    /// </summary>
    public static bool IsSame(BuildContents contents, BuildResource build) =>
        HasSameVersions(contents, build)
        && HasSameDependencies(contents, build)
        && (contents.Runtime is null || contents.Runtime == build.Runtime);

    /// <summary>Whether a Build has the same Asset Versions and Function Versions, in any order.</summary>
    public static bool HasSameVersions(BuildContents contents, BuildResource build) =>
        HasSameAssetVersions(contents, build.AssetVersions ?? [])
        && IsSameSet(contents.FunctionVersions, (build.FunctionVersions ?? []).Select(version => version.Sid));

    /// <summary>A state file describes the Build, and each Build has another one.</summary>
    private static bool HasSameAssetVersions(BuildContents contents, IReadOnlyList<AssetVersionResource> actual)
    {
        var stateFiles = actual.Where(SiteStateFile.IsStateFile).Select(version => version.Sid).ToHashSet();
        return IsSameSet(
            contents.AssetVersions.Where(sid => !stateFiles.Contains(sid)),
            actual.Select(version => version.Sid).Where(sid => !stateFiles.Contains(sid))
        );
    }

    private static bool IsSameSet(IEnumerable<Sid> requested, IEnumerable<Sid> actual) =>
        requested.ToHashSet().SetEquals(actual);

    private static bool HasSameDependencies(BuildContents contents, BuildResource build)
    {
        var requested = contents.Dependencies;
        var actual = build.Dependencies ?? [];
        return requested.All(package => actual.Any(other => IsSame(package, other, build.Runtime)))
            && actual.All(package =>
                requested.Any(other => IsSame(other, package, build.Runtime))
                || (ServicePackages.IsAdded(package.Name) && requested.All(other => other.Name != package.Name))
            );
    }

    private static bool IsSame(DependencyResource requested, DependencyResource actual, string? runtime) =>
        requested.Name == actual.Name
        && (requested.Version == actual.Version || ServicePackages.IsRaised(requested, actual.Version, runtime));
}
