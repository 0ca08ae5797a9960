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

    public ScannedFolder(ScannedTree tree)
        : this(tree, new DirectoryInfo(tree.Root), "", null)
    {
    }

    private ScannedFolder(ScannedTree tree, DirectoryInfo folder, string relativePath, ScannedFolder? parent)
    {
        _tree = tree;
        _folder = folder;
        _relativePath = relativePath;
        ParentDirectory = parent;
    }

    public override string Name => _folder.Name;

    public override string FullName => _folder.FullName;

    public override DirectoryInfoBase? ParentDirectory { get; }

    public override IEnumerable<FileSystemInfoBase> EnumerateFileSystemInfos()
    {
        foreach (var entry in _folder.EnumerateFileSystemInfos("*", new EnumerationOptions { AttributesToSkip = 0, IgnoreInaccessible = false }))
        {
            var relativePath = _relativePath + entry.Name;
            var isFolder = entry is DirectoryInfo;
            if (!_tree.Takes(relativePath, isFolder) || !_tree.Follows(entry))
            {
                continue;
            }

            if (isFolder)
            {
                yield return new ScannedFolder(_tree, (DirectoryInfo)entry, relativePath + "/", this);
            }
            else
            {
                yield return new FileInfoWrapper((FileInfo)entry);
            }
        }
    }

    public override DirectoryInfoBase GetDirectory(string path) =>
        new ScannedFolder(_tree, new DirectoryInfo(Path.Combine(_folder.FullName, path)), _relativePath + path + "/", this);

    public override FileInfoBase GetFile(string path) => new FileInfoWrapper(new FileInfo(Path.Combine(_folder.FullName, path)));
}
