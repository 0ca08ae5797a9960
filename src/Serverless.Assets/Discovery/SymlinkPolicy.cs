using Serverless.Assets.Diagnostics;
using Serverless.Assets.Files;

namespace Serverless.Assets.Discovery;

/// <summary>
/// Decides which symbolic links are followed. A link in an asset folder or below a glob must not lead out of it, and
/// must not form a cycle. A file that is named exactly may be a link to anywhere.
/// </summary>
/// <param name="problems">Receives a diagnostic for each link that is rejected.</param>
internal sealed class SymlinkPolicy(DiagnosticBag problems)
{
    private readonly HashSet<string> _rejected = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _resolvedFolders = new(StringComparer.Ordinal);

    /// <summary>Checks an entry of an asset folder, and reports it if it is a link that must not be followed.</summary>
    /// <param name="entry">The file or folder.</param>
    /// <param name="root">Full path of the asset folder.</param>
    /// <param name="resolvedRoot"><paramref name="root"/> with its links resolved.</param>
    /// <param name="resolvedAncestors">Resolved paths of the folders that were entered to reach the entry.</param>
    public bool Follows(FileSystemInfo entry, string root, string resolvedRoot, IEnumerable<string> resolvedAncestors)
    {
        if (!entry.Attributes.HasFlag(FileAttributes.ReparsePoint) || entry.LinkTarget is null)
        {
            return true;
        }

        var target = PathResolver.Resolve(entry.FullName);
        if (!PathResolver.Contains(resolvedRoot, target))
        {
            problems.Add(DiscoveryDiagnostics.LinkLeadsOut(entry.FullName, target, root));
            return false;
        }

        if (entry is DirectoryInfo && resolvedAncestors.Any(folder => PathResolver.Contains(target, folder)))
        {
            problems.Add(DiscoveryDiagnostics.LinkCycle(entry.FullName, target));
            return false;
        }

        return true;
    }

    /// <summary>
    /// Resolves the links of a file that MSBuild listed or the user named. MSBuild's globs follow every link, so a file
    /// that one of them found is checked.
    /// </summary>
    /// <inheritdoc cref="FindTarget(string, string, string)"/>
    public string? FindTarget(FileSource file)
    {
        if (!file.FoundByPattern)
        {
            return Resolve(file.File);
        }

        var root = GetGlobRoot(file);
        return FindTarget(file.File, root, ResolveFolder(root));
    }

    /// <summary>
    /// Resolves the links of a file. A link that leads out is reported once, no matter how many files are below it.
    /// </summary>
    /// <returns>The full path of the file to open; null if a link leads out of the root.</returns>
    public string? FindTarget(string file, string root, string resolvedRoot)
    {
        var target = Resolve(file);
        if (PathResolver.Contains(resolvedRoot, target))
        {
            return target;
        }

        var link = FindLinkOut(file, root, resolvedRoot);
        if (_rejected.Add(link))
        {
            problems.Add(DiscoveryDiagnostics.LinkLeadsOut(link, PathResolver.Resolve(link), root));
        }

        return null;
    }

    /// <summary>
    /// The folder where the glob starts: the file's path without its relative path, as far as the two agree. They
    /// differ if the item has <c>Link</c> metadata.
    /// </summary>
    public static string GetGlobRoot(FileSource file)
    {
        var folder = Path.GetDirectoryName(file.File)!;
        foreach (var name in file.RelativePath.Split('/', '\\').SkipLast(1).Reverse())
        {
            if (Path.GetFileName(folder) != name || Path.GetDirectoryName(folder) is not { } parent)
            {
                break;
            }

            folder = parent;
        }

        return folder;
    }

    private string Resolve(string file)
    {
        var path = Path.Combine(ResolveFolder(Path.GetDirectoryName(file)!), Path.GetFileName(file));
        return new FileInfo(path).LinkTarget is null ? path : PathResolver.Resolve(path);
    }

    private string ResolveFolder(string folder)
    {
        if (!_resolvedFolders.TryGetValue(folder, out var resolved))
        {
            _resolvedFolders[folder] = resolved = PathResolver.Resolve(folder);
        }

        return resolved;
    }

    /// <summary>Finds the topmost part of the path that resolves to a place outside the root.</summary>
    private static string FindLinkOut(string file, string root, string resolvedRoot)
    {
        var link = file;
        for (
            var parent = Path.GetDirectoryName(file);
            parent is not null && parent.Length > root.Length;
            parent = Path.GetDirectoryName(parent)
        )
        {
            link = PathResolver.Contains(resolvedRoot, PathResolver.Resolve(parent)) ? link : parent;
        }

        return link;
    }
}
