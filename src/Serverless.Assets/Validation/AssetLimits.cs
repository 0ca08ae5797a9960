using Serverless.Assets.Client;

namespace Serverless.Assets.Validation;

/// <summary>The limits that the service's documentation states for one Build.</summary>
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
    /// The largest file, in bytes. The documentation says MB. This is the larger reading, 1,024² bytes, so that no file
    /// is rejected that the service accepts.
    /// </summary>
    public static long GetMaxSize(Visibility visibility) => (visibility == Visibility.Private ? 10 : 25) * Megabyte;
}

/// <summary>Shows where most of the files are when there are more than a limit allows.</summary>
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
