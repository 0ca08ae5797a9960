using Serverless.Assets.Client;
using Serverless.Assets.Diagnostics;
using Serverless.Assets.Files;

namespace Serverless.Assets.Discovery;

/// <summary>A file that was found, before it is mapped to a URL path.</summary>
/// <param name="RelativePath">
/// The path below the source's folder, with <c>/</c> separators. It becomes part of the URL path.
/// </param>
/// <param name="Source">The folder or file that the user asked for.</param>
internal sealed record DiscoveredFile(string FullPath, string RelativePath, AssetSource Source)
{
    /// <summary>
    /// The full path with its links resolved, as <see cref="SymlinkPolicy"/> has checked it. Later steps open this
    /// path and follow no link, because a file or folder can be replaced by one after the check.
    /// </summary>
    public string Target { get; init; } = FullPath;
}

/// <summary>Finds the files of the requested folders and items.</summary>
internal static class AssetDiscovery
{
    /// <param name="request">What the user asked for.</param>
    /// <param name="webRoot">The published <c>wwwroot</c>, searched before the sources of the request.</param>
    /// <param name="problems">Receives a diagnostic for each missing file or folder and each rejected link.</param>
    /// <param name="logger">Receives a message for each pattern that has no effect; null: none are logged.</param>
    /// <param name="cancellationToken">Checked between files.</param>
    /// <returns>The files in the order of their sources. A file that two sources name appears twice.</returns>
    public static IReadOnlyList<DiscoveredFile> Discover(
        CollectRequest request,
        FolderSource? webRoot,
        DiagnosticBag problems,
        IAssetLogger? logger = null,
        CancellationToken cancellationToken = default
    )
    {
        var files = new List<DiscoveredFile>();
        var links = new SymlinkPolicy(problems);
        var generatedFiles = GeneratedFiles.From(request);
        var scanner = new FolderScanner(generatedFiles, links, problems, logger);
        foreach (var source in GetSources(request, webRoot, problems))
        {
            cancellationToken.ThrowIfCancellationRequested();
            switch (source)
            {
                case FolderSource folder:
                    files.AddRange(scanner.Scan(folder, cancellationToken));
                    break;
                case FileSource file when !IsExcluded(file, generatedFiles) && links.FindTarget(file) is { } target:
                    Add(file, target, files, problems);
                    break;
            }
        }

        files.RemoveAll(file =>
            file.FullPath.Equals(request.Settings.Project.ConfigFile, PathResolver.Comparison)
            || !IsRegular(file, problems)
        );
        return files;
    }

    private static IEnumerable<AssetSource> GetSources(
        CollectRequest request,
        FolderSource? webRoot,
        DiagnosticBag problems
    )
    {
        IReadOnlyList<AssetSource> own =
            webRoot is not null ? [webRoot, .. request.Sources]
            : request.Sources is [] && request.Published is null
                ? GetDefaultFolders(request.Settings.Project.Directory, problems)
            : request.Sources;
        return own.Concat(request.Referenced);
    }

    private static IReadOnlyList<AssetSource> GetDefaultFolders(string projectDirectory, DiagnosticBag problems)
    {
        var folders = DefaultFolders.Find(projectDirectory);
        if (folders is not [] && DefaultFolders.FindOtherCase(projectDirectory) is var (folder, name))
        {
            problems.Add(DiscoveryDiagnostics.DefaultFolderInOtherCase(folder, name));
        }

        return [.. folders.Where(source => IsInProject(source.Folder, projectDirectory, problems))];
    }

    /// <summary>Reports a link that leads out: the user has not named the folder, and a link can come from others.</summary>
    private static bool IsInProject(string folder, string projectDirectory, DiagnosticBag problems)
    {
        var target = PathResolver.Resolve(folder);
        if (PathResolver.Contains(PathResolver.Resolve(projectDirectory), target))
        {
            return true;
        }

        problems.Add(DiscoveryDiagnostics.DefaultFolderLeadsOut(folder, target, projectDirectory));
        return false;
    }

    /// <summary>
    /// Applies the exclusions to a file that an MSBuild glob found. <c>.serverlessignore</c> does not apply: it belongs
    /// to an asset folder.
    /// </summary>
    private static bool IsExcluded(FileSource file, GeneratedFiles generatedFiles) =>
        file.FoundByPattern
        && (
            Exclusions.HasHiddenName(file.RelativePath.Replace('\\', '/'))
            || generatedFiles.ContainsBelow(
                PathResolver.Resolve(SymlinkPolicy.GetGlobRoot(file)),
                PathResolver.Resolve(file.File)
            )
        );

    private static void Add(FileSource source, string target, List<DiscoveredFile> files, DiagnosticBag problems)
    {
        if (File.Exists(source.File))
        {
            files.Add(
                new DiscoveredFile(source.File, source.RelativePath.Replace('\\', '/'), source) { Target = target }
            );
        }
        else
        {
            problems.Add(DiscoveryDiagnostics.FileNotFound(source.File, PathResolver.FindOtherCase(source.File)));
        }
    }

    /// <summary>Reports a pipe, a socket or a device. A missing file is reported when its size is checked.</summary>
    private static bool IsRegular(DiscoveredFile file, DiagnosticBag problems)
    {
        var kind = FileStatus.GetKind(file.Target);
        if (kind is FileKind.Regular or FileKind.None)
        {
            return true;
        }

        problems.Add(DiscoveryDiagnostics.NotRegularFile(file.FullPath, kind.Describe(), file.FullPath));
        return false;
    }
}
