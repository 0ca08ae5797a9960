using Microsoft.Extensions.FileSystemGlobbing.Abstractions;

namespace Serverless.Assets.Discovery;

/// <summary>
/// A folder as the globbing library sees it: without hidden names, so that it never walks into them, and without links
/// that must not be followed.
/// </summary>
internal sealed class ScannedFolder : DirectoryInfoBase
{
    private readonly ScannedTree _tree;
    private readonly DirectoryInfo _folder;
    private readonly string _relativePath;
    private readonly string _realPath;
    private readonly ScannedFolder? _parent;

    public ScannedFolder(ScannedTree tree)
        : this(tree, new DirectoryInfo(tree.Root), "", tree.RealRoot, null) { }

    private ScannedFolder(
        ScannedTree tree,
        DirectoryInfo folder,
        string relativePath,
        string realPath,
        ScannedFolder? parent
    )
    {
        _tree = tree;
        _folder = folder;
        _relativePath = relativePath;
        _realPath = realPath;
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
            _tree.Cancellation.ThrowIfCancellationRequested();
            var relativePath = _relativePath + entry.Name;
            var isFolder = entry is DirectoryInfo;
            if (!_tree.Takes(relativePath, isFolder) || !_tree.Follows(entry, RealPathsUpwards()))
            {
                continue;
            }

            if (isFolder)
            {
                yield return FolderBelow((DirectoryInfo)entry);
            }
            else
            {
                yield return new FileInfoWrapper((FileInfo)entry);
            }
        }
    }

    public override DirectoryInfoBase GetDirectory(string path) =>
        FolderBelow(new DirectoryInfo(Path.Combine(_folder.FullName, path)));

    public override FileInfoBase GetFile(string path) =>
        new FileInfoWrapper(new FileInfo(Path.Combine(_folder.FullName, path)));

    private ScannedFolder FolderBelow(DirectoryInfo folder) =>
        new(
            _tree,
            folder,
            $"{_relativePath}{folder.Name}/",
            folder.LinkTarget is null ? Path.Combine(_realPath, folder.Name) : PathResolver.Of(folder.FullName),
            this
        );

    private IEnumerable<string> RealPathsUpwards()
    {
        for (var folder = this; folder is not null; folder = folder._parent)
        {
            yield return folder._realPath;
        }
    }
}
