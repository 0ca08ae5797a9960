namespace Serverless.Assets.Emulator.Sites;

/// <summary>Finds the path that a mistyped one probably stands for.</summary>
internal static class NearestPath
{
    /// <summary>Longer paths are not compared, because the time grows with the square of the length.</summary>
    private const int MaxLength = 255;

    /// <returns>Null if no path is similar.</returns>
    public static string? Find(string requested, IEnumerable<string> paths) =>
        requested.Length > MaxLength
            ? null
            : paths
                .Select(path => (Path: path, Distance: GetDistance(requested, path)))
                .Where(candidate => candidate.Distance is not null)
                .OrderBy(candidate => candidate.Distance)
                .ThenBy(candidate => candidate.Path, StringComparer.Ordinal)
                .Select(candidate => candidate.Path)
                .FirstOrDefault();

    private static int? GetDistance(string requested, string path)
    {
        if (path.Equals(requested, StringComparison.OrdinalIgnoreCase))
        {
            return 0;
        }

        if (IsPageOf(path, requested))
        {
            return 1;
        }

        if (GetFileName(path) is not "" and var name && name == GetFileName(requested))
        {
            return 2; // in another folder
        }

        var limit = Math.Max(1, requested.Length / 4);
        return
            Math.Abs(path.Length - requested.Length) <= limit
            && CountEdits(requested.ToUpperInvariant(), path.ToUpperInvariant()) is var edits
            && edits <= limit
            ? edits + 2
            : null;
    }

    /// <summary>Other servers return these pages for a path without a file name, or without an extension.</summary>
    private static bool IsPageOf(string path, string requested) =>
        path == requested.TrimEnd('/') + "/index.html" || path == requested.TrimEnd('/') + ".html";

    private static string GetFileName(string path) => path[(path.LastIndexOf('/') + 1)..].ToUpperInvariant();

    /// <summary>Computes the Levenshtein distance.</summary>
    private static int CountEdits(string a, string b)
    {
        var previous = Enumerable.Range(0, b.Length + 1).ToArray();
        var current = new int[b.Length + 1];
        for (var i = 0; i < a.Length; i++)
        {
            current[0] = i + 1;
            for (var j = 0; j < b.Length; j++)
            {
                var replaced = previous[j] + (a[i] == b[j] ? 0 : 1);
                current[j + 1] = Math.Min(replaced, Math.Min(previous[j + 1], current[j]) + 1);
            }

            (previous, current) = (current, previous);
        }

        return previous[b.Length];
    }
}
