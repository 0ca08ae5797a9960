using Serverless.Assets.Client;

namespace Serverless.Assets.Deployment;

/// <summary>Tells whether a Build is the one that would be made.</summary>
internal static class BuildIdentity
{
    /// <summary>What the service adds to the dependencies by itself.</summary>
    private static readonly HashSet<string> AddedByService = new(StringComparer.Ordinal)
    {
        "twilio",
        "@twilio/runtime-handler",
    };

    /// <summary>The same versions in any order, the same dependencies but for those that the service adds, and the runtime, when one is asked for.</summary>
    public static bool IsSame(BuildContents contents, BuildResource build) =>
        IsSameSet(contents.AssetVersions, (build.AssetVersions ?? []).Select(version => version.Sid))
        && IsSameSet(contents.FunctionVersions, (build.FunctionVersions ?? []).Select(version => version.Sid))
        && HasSameDependencies(contents, build)
        && (contents.Runtime is null || contents.Runtime == build.Runtime);

    private static bool IsSameSet(IEnumerable<string> wanted, IEnumerable<string> actual) =>
        wanted.ToHashSet(StringComparer.OrdinalIgnoreCase).SetEquals(actual);

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
