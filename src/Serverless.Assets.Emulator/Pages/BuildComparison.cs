using Serverless.Assets.Emulator.Api;
using Serverless.Assets.Emulator.Storage;

namespace Serverless.Assets.Emulator.Pages;

/// <summary>How a path differs between two Builds.</summary>
/// <param name="Before">Null: the path was added.</param>
/// <param name="After">Null: the path was removed.</param>
/// <param name="What">What differs, such as <c>content, visibility</c>.</param>
internal sealed record PathChange(string Path, ResourceVersion? Before, ResourceVersion? After, string What);

/// <summary>How a property of the Build itself or one of its dependencies differs.</summary>
/// <param name="Before">Null: absent.</param>
/// <param name="After">Null: absent.</param>
internal sealed record SettingChange(string Name, string? Before, string? After);

/// <summary>The difference between two Builds of a Service.</summary>
/// <param name="Paths">Sorted by path.</param>
/// <param name="Settings">The runtime, then the dependencies.</param>
/// <param name="UnchangedCount">The number of paths that are the same in both.</param>
internal sealed record BuildComparison(
    IReadOnlyList<PathChange> Paths,
    IReadOnlyList<SettingChange> Settings,
    int UnchangedCount
)
{
    public static BuildComparison Create(BuildStore builds, Build from, Build to)
    {
        // A key per kind, because an Asset and a Function can follow each other on one path.
        var before = GetByPath(builds, from);
        var after = GetByPath(builds, to);
        var changes = before
            .Keys.Union(after.Keys)
            .Select(key => Compare(key.Path, before.GetValueOrDefault(key), after.GetValueOrDefault(key)))
            .OfType<PathChange>()
            .OrderBy(change => change.Path, StringComparer.Ordinal)
            .ToList();
        return new BuildComparison(
            changes,
            [.. CompareSettings(from, to)],
            after.Count - changes.Count(change => change.After is not null)
        );
    }

    private static Dictionary<(ResourceKind, string Path), ResourceVersion> GetByPath(BuildStore builds, Build build) =>
        builds
            .GetVersions(build.Sid)
            .DistinctBy(version => (version.Kind, version.Path))
            .ToDictionary(version => (version.Kind, version.Path));

    private static PathChange? Compare(string path, ResourceVersion? before, ResourceVersion? after)
    {
        if (before is null || after is null)
        {
            return new PathChange(path, before, after, before is null ? "added" : "removed");
        }

        string[] what =
        [
            .. Differ(before.Sha256, after.Sha256, "content"),
            .. Differ(before.Visibility, after.Visibility, "visibility"),
            .. Differ(before.ContentType, after.ContentType, "content type"),
        ];
        return before.Sid == after.Sid
            ? null
            : new PathChange(path, before, after, what.Length == 0 ? "same content" : string.Join(", ", what));
    }

    private static IEnumerable<SettingChange> CompareSettings(Build from, Build to)
    {
        if (from.Runtime != to.Runtime)
        {
            yield return new SettingChange("Runtime", from.Runtime, to.Runtime);
        }

        var before = GetDependencies(from);
        var after = GetDependencies(to);
        foreach (var name in before.Keys.Union(after.Keys).Order(StringComparer.Ordinal))
        {
            if (
                before.GetValueOrDefault(name) is var old
                && after.GetValueOrDefault(name) is var current
                && old != current
            )
            {
                yield return new SettingChange(name, old, current);
            }
        }
    }

    private static Dictionary<string, string> GetDependencies(Build build) =>
        Dependency
            .Parse(build.Dependencies)
            .DistinctBy(dependency => dependency.Name)
            .ToDictionary(dependency => dependency.Name, dependency => dependency.Version, StringComparer.Ordinal);

    private static IEnumerable<string> Differ(string before, string after, string what) =>
        before == after ? [] : [what];
}
