using Serverless.Assets.Emulator.Storage;

namespace Serverless.Assets.Emulator.Api;

/// <summary>
/// What the service accepts in a Build. The methods throw an <see cref="ApiException"/> for anything else.
/// </summary>
internal static class BuildRules
{
    private const string DefaultRuntime = "node22";

    /// <param name="requested">Null or empty: the runtime of the last completed Build.</param>
    /// <param name="last">The last completed Build of the Service; null if it has none.</param>
    public static string GetRuntime(string? requested, Build? last, EmulatorBehavior behavior)
    {
        var isInherited = string.IsNullOrEmpty(requested);
        var runtime = isInherited ? last?.Runtime ?? DefaultRuntime : requested!;
        return IsSupported(runtime, behavior) ? runtime
            : isInherited
                ? throw ApiException.Invalid(
                    ErrorCode.InheritedRuntimeNotSupported,
                    $"Runtime was not specified, and {runtime} of the last successful Build is no longer supported. "
                        + $"Specify one of {behavior.SupportedRuntimes.Replace(",", ", ", StringComparison.Ordinal)}"
                )
            : throw ApiException.Invalid($"unsupported runtime: {LimitLength(runtime)}");
    }

    public static bool IsSupported(string runtime, EmulatorBehavior behavior) =>
        behavior.SupportedRuntimes.Split(',').Contains(runtime);

    private static string LimitLength(string text) => text.Length <= 50 ? text : $"{text[..49]}…";

    /// <summary>Checks that these versions can be in one Build.</summary>
    public static void CheckVersions(IReadOnlyList<ResourceVersion> versions, EmulatorBehavior behavior)
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

        if (!behavior.AcceptsDuplicatePaths && FindDuplicate(versions, version => version.Path) is var (one, other))
        {
            throw ApiException.Invalid(
                $"Different Versions for same path {one.Path}. Conflicting SIDs: {one.Sid} and {other.Sid}."
            );
        }

        if (behavior.LimitsCounts)
        {
            CheckCounts(versions);
        }
    }

    private static void CheckCounts(IReadOnlyList<ResourceVersion> versions)
    {
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
