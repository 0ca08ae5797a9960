using Serverless.Assets.Emulator.Storage;

namespace Serverless.Assets.Emulator.Api;

/// <summary>
/// What the service accepts in a Build. The methods throw an <see cref="ApiException"/> for anything else.
/// </summary>
internal static class BuildRules
{
    /// <summary>The runtime of the first Build of a Service, if it does not name one.</summary>
    private const string DefaultRuntime = "node22";

    /// <summary>A runtime whose Builds succeed but can no longer be deployed.</summary>
    private const string UndeployableRuntime = "node18";

    private static readonly string[] SupportedRuntimes = ["node20", DefaultRuntime, "node24"];

    /// <param name="requested">Null or empty: the runtime of the Service's last completed Build.</param>
    /// <param name="inherited">That runtime; null if the Service has no completed Build.</param>
    public static string GetRuntime(string? requested, string? inherited) =>
        requested switch
        {
            null or "" when inherited is null => DefaultRuntime,
            null or "" => RequireSupported(inherited),
            UndeployableRuntime => requested,
            _ => RequireSupported(requested),
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
        CheckCount(functions, Limits.FunctionVersions, "Function Versions");
        CheckCount(assets.Where(IsPrivate), Limits.PrivateVersions, "private Asset Versions");
        CheckCount(
            assets.Where(version => !IsPrivate(version)),
            Limits.ServedVersions,
            "public and protected Asset Versions"
        );
    }

    private static string RequireSupported(string runtime) =>
        SupportedRuntimes.Contains(runtime) ? runtime : throw ApiException.Invalid($"unsupported runtime: {runtime}");

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
