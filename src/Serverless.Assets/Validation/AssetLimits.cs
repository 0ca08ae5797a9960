using Serverless.Assets.Client;

namespace Serverless.Assets.Validation;

/// <summary>How to report that a published limit of the service on counts or sizes is exceeded.</summary>
internal enum ServiceLimits
{
    /// <summary>The run fails before it sends a request.</summary>
    Error,

    /// <summary>The run continues, because the limits of the account may be different.</summary>
    Warn,
}

/// <summary>The documented limits of the service for one Build.</summary>
internal static class AssetLimits
{
    /// <summary>Public and protected Asset Versions together.</summary>
    public const int PublicAndProtectedAssets = 1000;

    /// <summary>Private Asset Versions.</summary>
    public const int PrivateAssets = 50;

    /// <summary>Function Versions.</summary>
    public const int Functions = 50;

    /// <summary>The kind of assets that have no URL, in an <see cref="ExceededCount"/>.</summary>
    public const string PrivateKind = "private";

    /// <summary>Finds the counts of assets that exceed a limit.</summary>
    public static IEnumerable<ExceededCount> FindExceeded(
        IReadOnlyCollection<(string Path, Visibility Visibility)> assets
    )
    {
        var areHidden = assets.ToLookup(asset => asset.Visibility == Visibility.Private, asset => asset.Path);
        return
        [
            .. ExceededCount.Find("public and protected", [.. areHidden[false]], PublicAndProtectedAssets),
            .. ExceededCount.Find(PrivateKind, [.. areHidden[true]], PrivateAssets),
        ];
    }
}

/// <summary>More items of one kind than a limit allows.</summary>
/// <param name="Kind">The kind, for messages: <c>public and protected</c>.</param>
/// <param name="LargestFolders">The folders with the most items and their counts: <c>/img/ (612), / (240)</c>.</param>
internal sealed record ExceededCount(string Kind, int Count, int Limit, string LargestFolders)
{
    private const int MaxFolders = 3;

    /// <param name="paths">URL paths of the items.</param>
    /// <returns>Empty if the limit is not exceeded.</returns>
    public static IEnumerable<ExceededCount> Find(string kind, IReadOnlyCollection<string> paths, int limit) =>
        paths.Count > limit ? [new ExceededCount(kind, paths.Count, limit, DescribeFolders(paths))] : [];

    private static string DescribeFolders(IEnumerable<string> paths) =>
        string.Join(
            ", ",
            paths
                .GroupBy(path => path[..(path.LastIndexOf('/') + 1)])
                .OrderByDescending(folder => folder.Count())
                .ThenBy(folder => folder.Key, StringComparer.Ordinal)
                .Take(MaxFolders)
                .Select(folder => $"{folder.Key} ({folder.Count()})")
        );
}
