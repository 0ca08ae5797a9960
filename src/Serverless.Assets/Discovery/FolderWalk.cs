using Serverless.Assets.Files;

namespace Serverless.Assets.Discovery;

/// <summary>
/// Searches an asset folder for the files that its patterns select. Never enters a folder that is excluded, such as
/// <c>.git</c>, or in which no pattern can match, and reports no links there.
/// </summary>
/// <param name="root">Full path of the asset folder.</param>
/// <param name="patterns">Files to include.</param>
/// <param name="excludePatterns">Files and folders to exclude. They take precedence.</param>
/// <param name="exclusions">Entries to skip, unless a pattern names them exactly.</param>
/// <param name="generatedFiles">Files that builds and runs write; skipped unless a pattern names them exactly.</param>
/// <param name="links">Decides which symbolic links are followed.</param>
/// <param name="cancellationToken">Checked between entries.</param>
internal sealed class FolderWalk(
    string root,
    IReadOnlyList<Glob> patterns,
    IReadOnlyList<Glob> excludePatterns,
    Exclusions exclusions,
    GeneratedFiles generatedFiles,
    SymlinkPolicy links,
    CancellationToken cancellationToken
)
{
    private static readonly EnumerationOptions AllEntries = new() { AttributesToSkip = 0, IgnoreInaccessible = false };

    private readonly HashSet<string> _exactPaths = patterns
        .SelectMany(pattern => pattern.ExactPaths)
        .ToHashSet(StringComparer.OrdinalIgnoreCase);
    private readonly HashSet<Glob> _unused = [.. patterns, .. excludePatterns];

    /// <summary>Full path of the folder with its links resolved.</summary>
    public string ResolvedRoot { get; } = PathResolver.Resolve(root);

    /// <summary>The patterns that had no effect. Complete when the search has ended.</summary>
    public IReadOnlySet<Glob> Unused => _unused;

    /// <returns>Paths below the folder, separated by <c>/</c>, in no particular order.</returns>
    /// <exception cref="IOException">A folder cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">A folder cannot be read.</exception>
    public IEnumerable<string> FindFiles() =>
        FindFiles(new Folder(new DirectoryInfo(root), "", ResolvedRoot, Parent: null, IsExcluded: false));

    private IEnumerable<string> FindFiles(Folder folder)
    {
        foreach (var entry in folder.Info.EnumerateFileSystemInfos("*", AllEntries))
        {
            cancellationToken.ThrowIfCancellationRequested();
            var path = folder.Path + entry.Name;
            if (entry is DirectoryInfo info)
            {
                if (Enter(info, path, folder) is { } child)
                {
                    foreach (var file in FindFiles(child))
                    {
                        yield return file;
                    }
                }
            }
            else if (IsSelected(entry, path, folder))
            {
                yield return path;
            }
        }
    }

    private bool IsSelected(FileSystemInfo file, string path, Folder folder)
    {
        if (!_exactPaths.Contains(path) && IsExcluded(file, path, folder))
        {
            return false;
        }

        var characters = Glob.GetCharacters(path);
        return Use(patterns, pattern => pattern.Matches(characters))
            && !Use(excludePatterns, pattern => pattern.Matches(characters))
            && links.Follows(file, root, ResolvedRoot, folder.GetResolvedAncestors());
    }

    /// <returns>Null if the folder is not to be searched.</returns>
    private Folder? Enter(DirectoryInfo info, string path, Folder parent)
    {
        var isExcluded = IsExcluded(info, path, parent);
        if (isExcluded && !_exactPaths.Any(exact => exact.StartsWith(path + "/", StringComparison.OrdinalIgnoreCase)))
        {
            return null;
        }

        var characters = Glob.GetCharacters(path);
        return
            patterns.Any(pattern => pattern.CanMatchBelow(characters))
            && !Use(excludePatterns, pattern => pattern.MatchesFolder(characters))
            && links.Follows(info, root, ResolvedRoot, parent.GetResolvedAncestors())
            ? new Folder(info, path + "/", Resolve(info, parent), parent, isExcluded)
            : null;
    }

    private bool IsExcluded(FileSystemInfo entry, string path, Folder folder) =>
        folder.IsExcluded
        || exclusions.Excludes(path, isFolder: entry is DirectoryInfo)
        || generatedFiles.Contains(ResolvedRoot, Resolve(entry, folder), isFolder: entry is DirectoryInfo);

    private bool Use(IReadOnlyList<Glob> globs, Func<Glob, bool> matches)
    {
        var isUsed = false;
        foreach (var glob in globs.Where(matches))
        {
            isUsed = true;
            _unused.Remove(glob);
        }

        return isUsed;
    }

    private static string Resolve(FileSystemInfo entry, Folder folder) =>
        entry.Attributes.HasFlag(FileAttributes.ReparsePoint)
            ? PathResolver.Resolve(entry.FullName)
            : Path.Combine(folder.ResolvedPath, entry.Name);

    /// <param name="Path">Path below the asset folder: empty, or ending with <c>/</c>.</param>
    /// <param name="IsExcluded">Whether only files that a pattern names exactly are included.</param>
    private sealed record Folder(DirectoryInfo Info, string Path, string ResolvedPath, Folder? Parent, bool IsExcluded)
    {
        /// <summary>The resolved paths of this folder and of every folder that the scan entered to get here.</summary>
        public IEnumerable<string> GetResolvedAncestors()
        {
            for (var folder = this; folder is not null; folder = folder.Parent)
            {
                yield return folder.ResolvedPath;
            }
        }
    }
}
