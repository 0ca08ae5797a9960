using Serverless.Assets.Client;

namespace Serverless.Assets.Deployment;

/// <summary>Compares an existing Build with the contents of a new one.</summary>
internal static class BuildIdentity
{
    /// <summary>Dependencies that the service adds by itself.</summary>
    private static readonly HashSet<string> AddedByService = new(StringComparer.Ordinal)
    {
        "twilio",
        "@twilio/runtime-handler",
    };

    /// <summary>Whether a Build has the same versions in any order, the same dependencies apart from those that the
    /// service adds, and the same runtime, if one is requested.</summary>
    public static bool IsSame(BuildContents contents, BuildResource build) =>
        HasSameVersions(contents, build)
        && HasSameDependencies(contents, build)
        && (contents.Runtime is null || contents.Runtime == build.Runtime);

    /// <summary>Whether a Build has the same Asset Versions and Function Versions, in any order.</summary>
    public static bool HasSameVersions(BuildContents contents, BuildResource build) =>
        IsSameSet(contents.AssetVersions, (build.AssetVersions ?? []).Select(version => version.Sid))
        && IsSameSet(contents.FunctionVersions, (build.FunctionVersions ?? []).Select(version => version.Sid));

    private static bool IsSameSet(IEnumerable<Sid> requested, IEnumerable<Sid> actual) =>
        requested.ToHashSet().SetEquals(actual);

    private static bool HasSameDependencies(BuildContents contents, BuildResource build)
    {
        var asked = contents.Dependencies.Select(dependency => dependency.Name).ToHashSet(StringComparer.Ordinal);
        var actual = (build.Dependencies ?? []).Where(dependency =>
            asked.Contains(dependency.Name) || !AddedByService.Contains(dependency.Name)
        );
        return contents.Dependencies.Select(Named).ToHashSet(StringComparer.Ordinal).SetEquals(actual.Select(Named));

        static string Named(DependencyResource dependency) => $"{dependency.Name}@{dependency.Version}";
    }
}
