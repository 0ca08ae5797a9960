using Serverless.Assets.Diagnostics;

namespace Serverless.Assets.Discovery;

/// <summary>
/// The symbolic links that MSBuild's globs followed: as in a folder, none may lead out of where the glob began. A file named
/// exactly may be a link, as its name says what is meant.
/// </summary>
internal sealed class SymlinkPolicy(DiagnosticBag problems)
{
    private readonly HashSet<string> _reported = new(StringComparer.Ordinal);

    /// <summary>Reports a link that leads out, once however many files are below it.</summary>
    /// <returns>Whether the file may be taken.</returns>
    public bool Follows(FileSource file)
    {
        if (!file.FoundByPattern)
        {
            return true;
        }

        var folder = FolderOf(file);
        var realFolder = PathResolver.Of(folder);
        if (PathResolver.Contains(realFolder, PathResolver.Of(file.File)))
        {
            return true;
        }

        var link = LinkOn(file.File, folder, realFolder);
        if (_reported.Add(link))
        {
            problems.Add(DiscoveryDiagnostics.LinkLeadsOut(link, PathResolver.Of(link), folder));
        }

        return false;
    }

    /// <summary>Where the glob began: the file's path without its relative path, as far as the two agree.</summary>
    public static string FolderOf(FileSource file)
    {
        var folder = Path.GetDirectoryName(file.File)!;
        foreach (var name in file.RelativePath.Split('/', '\\').SkipLast(1).Reverse())
        {
            if (Path.GetFileName(folder) != name || Path.GetDirectoryName(folder) is not { } above)
            {
                break;
            }

            folder = above;
        }

        return folder;
    }

    /// <summary>The first part of the path, from the folder downwards, that is outside in truth.</summary>
    private static string LinkOn(string file, string folder, string realFolder)
    {
        var part = file;
        for (
            var above = Path.GetDirectoryName(file);
            above is not null && above.Length > folder.Length;
            above = Path.GetDirectoryName(above)
        )
        {
            part = PathResolver.Contains(realFolder, PathResolver.Of(above)) ? part : above;
        }

        return part;
    }
}
