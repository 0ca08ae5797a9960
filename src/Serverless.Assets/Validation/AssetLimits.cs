using Serverless.Assets.Client;

namespace Serverless.Assets.Validation;

/// <summary>The documented limits of the service for one Build.</summary>
internal static class AssetLimits
{
    /// <summary>Public and protected Asset Versions together.</summary>
    public const int PublicAndProtectedAssets = 1000;

    /// <summary>Private Asset Versions.</summary>
    public const int PrivateAssets = 50;

    /// <summary>Function Versions.</summary>
    public const int Functions = 50;

    private const long Megabyte = 1024 * 1024;

    /// <summary>
    /// Gets the size of the largest file, in bytes. The documentation says MB. This takes the larger interpretation,
    /// 1,024² bytes, so that no file that the service accepts is rejected.
    /// </summary>
    public static long GetMaxSize(Visibility visibility) => (visibility == Visibility.Private ? 10 : 25) * Megabyte;
}

/// <summary>Finds the folders with the most files, to explain an exceeded limit.</summary>
internal static class LargestFolders
{
    private const int MaxFolders = 3;

    /// <param name="paths">URL paths.</param>
    /// <returns>The folders with the most files and their counts: <c>/img/ (612), / (240)</c>.</returns>
    public static string Describe(IEnumerable<string> paths) =>
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
