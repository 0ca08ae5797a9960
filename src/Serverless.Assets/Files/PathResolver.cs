using System.Globalization;
using Microsoft.Win32.SafeHandles;

namespace Serverless.Assets.Files;

/// <summary>Resolves the symbolic links on a path, and compares paths the way the operating system does.</summary>
internal static class PathResolver
{
    /// <summary>
    /// Links to follow before giving up on a cycle. Linux has the same limit (man 7 path_resolution).
    /// </summary>
    public const int MaxLinks = 40;

    /// <summary>How paths are compared: case-sensitive on Linux only.</summary>
    public static readonly StringComparison Comparison = OperatingSystem.IsLinux()
        ? StringComparison.Ordinal
        : StringComparison.OrdinalIgnoreCase;

    /// <summary>Compares paths as <see cref="Comparison"/> does.</summary>
    public static readonly StringComparer Comparer = StringComparer.FromComparison(Comparison);

    /// <returns>A text that is the same for paths that <see cref="Comparer"/> considers equal.</returns>
    public static string GetComparisonKey(string path) =>
        Comparison == StringComparison.Ordinal ? path : path.ToUpperInvariant();

    /// <param name="path">
    /// A full path, because MSBuild may build several projects in one process with one current directory.
    /// </param>
    /// <returns>
    /// The full path with every link replaced by its target. The path need not exist. Links in a cycle stay unresolved.
    /// </returns>
    public static string Resolve(string path)
    {
        var full = Normalize(path);
        for (var links = 0; links < MaxLinks; links++)
        {
            if (FindFirstLink(full) is not var (link, target, rest))
            {
                return full;
            }

            full = Normalize(Path.Combine(Path.GetDirectoryName(link)!, target, rest));
        }

        return full;
    }

    /// <summary>Whether a part of the path is a link.</summary>
    /// <param name="path">Full path.</param>
    public static bool HasLink(string path) => FindFirstLink(path) is not null;

    /// <summary>
    /// Finds the path of an open file, on which there are no links. One request to Linux (man 5 proc_pid_fd), where
    /// <see cref="HasLink"/> needs one for each folder.
    /// </summary>
    /// <returns>Null if the system does not tell.</returns>
    public static string? FindPath(SafeFileHandle file) =>
        OperatingSystem.IsLinux()
            ? new FileInfo(
                string.Create(CultureInfo.InvariantCulture, $"/proc/self/fd/{file.DangerousGetHandle()}")
            ).LinkTarget
            : null;

    /// <summary>
    /// Whether <paramref name="path"/> is <paramref name="folder"/> or below it. Links are not resolved.
    /// </summary>
    public static bool Contains(string folder, string path) =>
        path.Equals(folder, Comparison)
        || path.StartsWith(
            Path.EndsInDirectorySeparator(folder) ? folder : folder + Path.DirectorySeparatorChar,
            Comparison
        );

    /// <summary>
    /// Finds the file or folder that a path would mean on a system that ignores letter case, as a hint for those that
    /// do not.
    /// </summary>
    /// <param name="path">Full path of a file or folder that does not exist.</param>
    /// <returns>The full path in its real spelling; null if there is no such file or folder.</returns>
    public static string? FindOtherCase(string path)
    {
        if (Path.Exists(path) || Path.GetDirectoryName(path) is not { } parent)
        {
            return Path.Exists(path) ? path : null;
        }

        try
        {
            return FindOtherCase(parent) is { } folder && Directory.Exists(folder)
                ? Directory
                    .EnumerateFileSystemEntries(folder)
                    .FirstOrDefault(entry =>
                        Path.GetFileName(entry).Equals(Path.GetFileName(path), StringComparison.OrdinalIgnoreCase)
                    )
                : null;
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    private static string Normalize(string path) =>
        Path.TrimEndingDirectorySeparator(Path.GetFullPath(path, Path.GetPathRoot(path)!));

    private static (string Link, string Target, string Below)? FindFirstLink(string full)
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
