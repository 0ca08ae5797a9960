using Serverless.Assets.Emulator.Storage;

namespace Serverless.Assets.Emulator.Api;

/// <summary>Which versions can go into one Build.</summary>
internal static class BuildRules
{
    /// <exception cref="ApiException">These versions cannot be built together.</exception>
    public static void Check(IReadOnlyList<ResourceVersion> entries)
    {
        if (entries.Count == 0)
        {
            throw ApiException.Invalid("At least one Function Version or Asset Version is required for Build.");
        }

        if (FirstPair(entries, entry => entry.ResourceSid) is var (first, second))
        {
            throw ApiException.Invalid(
                $"Different {first.Kind} Versions for same {first.Kind}. Conflicting SIDs: {first.Sid} and {second.Sid}."
            );
        }

        if (FirstPair(entries, entry => entry.Path) is var (one, other))
        {
            throw ApiException.Invalid(
                $"Different Versions for same path {one.Path}. Conflicting SIDs: {one.Sid} and {other.Sid}."
            );
        }

        CheckCount(entries, Limits.FunctionVersionsOfBuild, "Function Versions", IsFunction);
        CheckCount(
            entries,
            Limits.PrivateVersionsOfBuild,
            "private Asset Versions",
            entry => !IsFunction(entry) && IsPrivate(entry)
        );
        CheckCount(
            entries,
            Limits.ServedVersionsOfBuild,
            "public and protected Asset Versions",
            entry => !IsFunction(entry) && !IsPrivate(entry)
        );
    }

    private static bool IsFunction(ResourceVersion entry) => entry.Kind == ResourceKind.Function;

    private static bool IsPrivate(ResourceVersion entry) => entry.Visibility == Visibility.Private;

    private static void CheckCount(
        IReadOnlyList<ResourceVersion> entries,
        int most,
        string what,
        Func<ResourceVersion, bool> counts
    )
    {
        if (entries.Count(counts) > most)
        {
            throw ApiException.Invalid($"A Build can have at most {most} {what}");
        }
    }

    private static (ResourceVersion First, ResourceVersion Second)? FirstPair(
        IReadOnlyList<ResourceVersion> entries,
        Func<ResourceVersion, string> key
    )
    {
        var seen = new Dictionary<string, ResourceVersion>(StringComparer.Ordinal);
        foreach (var entry in entries)
        {
            if (!seen.TryAdd(key(entry), entry))
            {
                return (seen[key(entry)], entry);
            }
        }

        return null;
    }
}
