namespace Serverless.Assets.Discovery;

/// <summary>Where a path really leads, when folders or the file on it are symbolic links.</summary>
internal static class PathResolver
{
    /// <summary>As deep as links may lead on to links; systems give up at about this too.</summary>
    private const int MaxLinks = 40;

    public static readonly StringComparison Comparison = OperatingSystem.IsLinux()
        ? StringComparison.Ordinal
        : StringComparison.OrdinalIgnoreCase;

    /// <param name="path">A full path: the current directory may be another project's.</param>
    public static string Of(string path)
    {
        var full = Normalize(path);
        for (var links = 0; links < MaxLinks; links++)
        {
            if (FirstLinkOn(full) is not var (link, target, rest))
            {
                return full;
            }

            full = Normalize(Path.Combine(Path.GetDirectoryName(link)!, target, rest));
        }

        return full;
    }

    /// <summary>Whether <paramref name="path"/> is <paramref name="folder"/> or below it.</summary>
    public static bool Contains(string folder, string path) =>
        path.Equals(folder, Comparison)
        || path.StartsWith(
            Path.EndsInDirectorySeparator(folder) ? folder : folder + Path.DirectorySeparatorChar,
            Comparison
        );

    private static string Normalize(string path) =>
        Path.TrimEndingDirectorySeparator(Path.GetFullPath(path, Path.GetPathRoot(path)!));

    private static (string Link, string Target, string Below)? FirstLinkOn(string full)
    {
        var root = Path.GetPathRoot(full)!;
        for (var end = root.Length; end < full.Length; )
        {
            var next = full.IndexOf(Path.DirectorySeparatorChar, end + 1);
            var part = next < 0 ? full : full[..next];
            if (new FileInfo(part).LinkTarget is { } target)
            {
                return (part, target, next < 0 ? "" : full[(next + 1)..]);
            }

            end = next < 0 ? full.Length : next;
        }

        return null;
    }
}
