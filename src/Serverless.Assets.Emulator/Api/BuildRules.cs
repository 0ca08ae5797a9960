using Serverless.Assets.Emulator.Storage;

namespace Serverless.Assets.Emulator.Api;

/// <summary>
/// What the service accepts in a Build. The methods throw an <see cref="ApiException"/> for anything else.
/// </summary>
internal static class BuildRules
{
    private const string DefaultRuntime = "node22";

    /// <summary>A runtime whose Builds succeed but can no longer be deployed.</summary>
    private const string UndeployableRuntime = "node18";

    private static readonly string[] Runtimes =
    [
        "node8",
        "node10",
        "node12",
        "node14",
        "node16",
        UndeployableRuntime,
        "node20",
        DefaultRuntime,
        "node24",
    ];

    public static string GetRuntime(string? requested) =>
        requested switch
        {
            null or "" => DefaultRuntime,
            _ when Runtimes.Contains(requested) => requested,
            _ => throw ApiException.Invalid($"Runtime must be one of {string.Join(", ", Runtimes)}"),
        };

    public static bool IsDeployable(string runtime) => runtime != UndeployableRuntime;

    /// <summary>Checks that these versions can be in one Build.</summary>
    public static void CheckVersions(IReadOnlyList<ResourceVersion> versions)
    {
        if (versions.Count == 0)
        {
            throw ApiException.Invalid("At least one Function Version or Asset Version is required for Build.");
        }

        if (FindDuplicate(versions, version => version.ResourceSid) is var (first, second))
        {
            throw ApiException.Invalid(
                $"Different {first.Kind} Versions for same {first.Kind}. "
                    + $"Conflicting SIDs: {first.Sid} and {second.Sid}."
            );
        }

        if (FindDuplicate(versions, version => version.Path) is var (one, other))
        {
            throw ApiException.Invalid(
                $"Different Versions for same path {one.Path}. Conflicting SIDs: {one.Sid} and {other.Sid}."
            );
        }

        var (functions, assets) = (versions.Where(IsFunction), versions.Where(version => !IsFunction(version)));
        CheckCount(functions, ServiceLimits.MaxFunctions, "Function Versions");
        CheckCount(assets.Where(IsPrivate), ServiceLimits.MaxPrivateAssets, "private Asset Versions");
        CheckCount(
            assets.Where(version => !IsPrivate(version)),
            ServiceLimits.MaxPublicAndProtectedAssets,
            "public and protected Asset Versions"
        );
    }

    private static bool IsFunction(ResourceVersion version) => version.Kind == ResourceKind.Function;

    private static bool IsPrivate(ResourceVersion version) => version.Visibility == Visibility.Private;

    private static void CheckCount(IEnumerable<ResourceVersion> versions, int limit, string description)
    {
        if (versions.Count() > limit)
        {
            throw ApiException.Invalid($"A Build can have at most {limit} {description}");
        }
    }

    private static (ResourceVersion First, ResourceVersion Second)? FindDuplicate(
        IReadOnlyList<ResourceVersion> versions,
        Func<ResourceVersion, string> getKey
    )
    {
        var seen = new Dictionary<string, ResourceVersion>(StringComparer.Ordinal);
        foreach (var version in versions)
        {
            if (!seen.TryAdd(getKey(version), version))
            {
                return (seen[getKey(version)], version);
            }
        }

        return null;
    }
}
