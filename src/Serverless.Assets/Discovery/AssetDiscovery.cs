using Serverless.Assets.Diagnostics;

namespace Serverless.Assets.Discovery;

/// <summary>The first step: from what the user named to the files that are there.</summary>
internal static class AssetDiscovery
{
    /// <summary>
    /// In the order of the sources; a file that two sources name appears twice.
    /// </summary>
    public static IReadOnlyList<DiscoveredFile> Discover(
        IReadOnlyList<AssetSource> sources,
        string projectDirectory,
        DiagnosticBag problems,
        CancellationToken cancellationToken = default
    )
    {
        var files = new List<DiscoveredFile>();
        var links = new SymlinkPolicy(problems);
        foreach (var source in sources)
        {
            cancellationToken.ThrowIfCancellationRequested();
            switch (source)
            {
                case FolderSource folder:
                    files.AddRange(new FolderScanner(folder, projectDirectory, problems).Scan(cancellationToken));
                    break;
                case FileSource file when !IsLeftOut(file, projectDirectory) && links.Follows(file):
                    Add(file, files, problems);
                    break;
            }
        }

        return files;
    }

    /// <summary>A glob's hidden finds and ours are left out; the ignore file belongs to a folder, so it does not speak here.</summary>
    private static bool IsLeftOut(FileSource file, string projectDirectory)
    {
        if (!file.FoundByPattern)
        {
            return false;
        }

        var segments = file.RelativePath.Split('/', '\\');
        if (segments.Where((name, i) => HiddenNames.IsHiddenName(name, i < segments.Length - 1)).Any())
        {
            return true;
        }

        var folder = SymlinkPolicy.FolderOf(file);
        return OwnFiles
            .In(folder, projectDirectory)
            .Contains(Path.GetRelativePath(folder, file.File).Replace('\\', '/'), isFolder: false);
    }

    private static void Add(FileSource source, List<DiscoveredFile> files, DiagnosticBag problems)
    {
        if (File.Exists(source.File))
        {
            files.Add(new DiscoveredFile(source.File, source.RelativePath.Replace('\\', '/'), source));
        }
        else
        {
            problems.Add(DiscoveryDiagnostics.FileNotFound(source.File));
        }
    }
}
