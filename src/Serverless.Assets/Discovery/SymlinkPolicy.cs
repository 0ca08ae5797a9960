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
    private readonly HashSet<string> _rejectedByGlob = new(StringComparer.Ordinal);

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
    /// Checks a file that MSBuild listed, because MSBuild's globs follow every link. A link that leads out is reported
    /// once, no matter how many files are below it.
    /// </summary>
    public bool Follows(FileSource file)
    {
        if (!file.FoundByPattern)
        {
            return true;
        }

        var root = GetGlobRoot(file);
        var resolvedRoot = PathResolver.Resolve(root);
        if (PathResolver.Contains(resolvedRoot, PathResolver.Resolve(file.File)))
        {
            return true;
        }

        var link = FindLinkOut(file.File, root, resolvedRoot);
        if (_rejectedByGlob.Add(link))
        {
            problems.Add(DiscoveryDiagnostics.LinkLeadsOut(link, PathResolver.Resolve(link), root));
        }

        return false;
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
