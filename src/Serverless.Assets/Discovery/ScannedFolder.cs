using Microsoft.Extensions.FileSystemGlobbing.Abstractions;
using Serverless.Assets.Files;

namespace Serverless.Assets.Discovery;

/// <summary>
/// A folder as Microsoft.Extensions.FileSystemGlobbing sees it: excluded entries, and links that must not be followed,
/// do not exist. The matcher therefore never enters an excluded folder such as <c>.git</c>.
/// </summary>
internal sealed class ScannedFolder : DirectoryInfoBase
{
    private readonly FolderScan _scan;
    private readonly DirectoryInfo _folder;
    private readonly string _relativePath;
    private readonly string _resolvedPath;
    private readonly ScannedFolder? _parent;

    public ScannedFolder(FolderScan scan)
        : this(scan, new DirectoryInfo(scan.Root), "", scan.ResolvedRoot, null) { }

    private ScannedFolder(
        FolderScan scan,
        DirectoryInfo folder,
        string relativePath,
        string resolvedPath,
        ScannedFolder? parent
    )
    {
        _scan = scan;
        _folder = folder;
        _relativePath = relativePath;
        _resolvedPath = resolvedPath;
        _parent = parent;
    }

    public override string Name => _folder.Name;

    public override string FullName => _folder.FullName;

    public override DirectoryInfoBase? ParentDirectory => _parent;

    public override IEnumerable<FileSystemInfoBase> EnumerateFileSystemInfos()
    {
        foreach (
            var entry in _folder.EnumerateFileSystemInfos(
                "*",
                new EnumerationOptions { AttributesToSkip = 0, IgnoreInaccessible = false }
            )
        )
        {
            _scan.CancellationToken.ThrowIfCancellationRequested();
            var relativePath = _relativePath + entry.Name;
            var isFolder = entry is DirectoryInfo;
            if (
                !_scan.Includes(relativePath, isFolder)
                || !_scan.Links.Follows(entry, _scan.Root, _scan.ResolvedRoot, GetResolvedAncestors())
            )
            {
                continue;
            }

            if (isFolder)
            {
                yield return CreateChild((DirectoryInfo)entry);
            }
            else
            {
                yield return new FileInfoWrapper((FileInfo)entry);
            }
        }
    }

    public override DirectoryInfoBase GetDirectory(string path) =>
        CreateChild(new DirectoryInfo(Path.Combine(_folder.FullName, path)));

    public override FileInfoBase GetFile(string path) =>
        new FileInfoWrapper(new FileInfo(Path.Combine(_folder.FullName, path)));

    private ScannedFolder CreateChild(DirectoryInfo folder) =>
        new(
            _scan,
            folder,
            $"{_relativePath}{folder.Name}/",
            folder.LinkTarget is null
                ? Path.Combine(_resolvedPath, folder.Name)
                : PathResolver.Resolve(folder.FullName),
            this
        );

    /// <summary>The resolved paths of this folder and of every folder that the scan entered to get here.</summary>
    private IEnumerable<string> GetResolvedAncestors()
    {
        for (var folder = this; folder is not null; folder = folder._parent)
        {
            yield return folder._resolvedPath;
        }
    }
}

/// <summary>The rules that apply to every folder of a scan.</summary>
/// <param name="Root">Full path of the asset folder.</param>
/// <param name="Exclusions">Entries to skip.</param>
/// <param name="ExactPaths">Relative paths that a pattern names in full. They are included even if excluded.</param>
/// <param name="Links">Decides which symbolic links are followed.</param>
/// <param name="CancellationToken">Checked between entries.</param>
internal sealed record FolderScan(
    string Root,
    Exclusions Exclusions,
    IReadOnlySet<string> ExactPaths,
    SymlinkPolicy Links,
    CancellationToken CancellationToken
)
{
    /// <summary><see cref="Root"/> with its symbolic links resolved.</summary>
    public string ResolvedRoot { get; } = PathResolver.Resolve(Root);

    public bool Includes(string relativePath, bool isFolder) =>
        !Exclusions.Excludes(relativePath, isFolder)
        || (
            isFolder
                ? ExactPaths.Any(path => path.StartsWith(relativePath + "/", StringComparison.OrdinalIgnoreCase))
                : ExactPaths.Contains(relativePath)
        );
}
