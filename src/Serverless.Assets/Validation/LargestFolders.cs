namespace Serverless.Assets.Validation;

/// <summary>Tells where most of too many files are.</summary>
internal static class LargestFolders
{
    private const int Shown = 3;

    /// <summary>Such as <c>/img/ (612), / (240)</c>.</summary>
    public static string Heaviest(IEnumerable<string> paths) =>
        string.Join(
            ", ",
            paths
                .GroupBy(path => path[..(path.LastIndexOf('/') + 1)])
                .OrderByDescending(folder => folder.Count())
                .ThenBy(folder => folder.Key, StringComparer.Ordinal)
                .Take(Shown)
                .Select(folder => $"{folder.Key} ({folder.Count()})")
        );
}
