namespace Serverless.Assets.Discovery;

/// <summary>
/// The files of a folder that are not collected unless a pattern or item names them exactly: hidden files, the files
/// that Windows creates in folders, and files that <c>.serverlessignore</c> lists. <see cref="GeneratedFiles"/> are
/// excluded too.
/// </summary>
internal sealed class Exclusions
{
    private static readonly HashSet<string> WindowsFiles = new(StringComparer.OrdinalIgnoreCase)
    {
        "Thumbs.db",
        "desktop.ini",
    };

    private readonly IgnoreFile _ignoreFile;

    private Exclusions(IgnoreFile ignoreFile) => _ignoreFile = ignoreFile;

    /// <summary>Reads the folder's <c>.serverlessignore</c>, if it has one.</summary>
    /// <param name="folder">Full path of the asset folder.</param>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static Exclusions Read(string folder) => new(IgnoreFile.Read(folder));

    /// <summary>Whether the name of the file, or of a folder on its path, is hidden.</summary>
    /// <param name="relativePath">Path of a file, separated by <c>/</c>.</param>
    public static bool HasHiddenName(string relativePath)
    {
        var segments = relativePath.Split('/');
        return segments.Where((name, i) => IsHiddenName(name, isFolder: i < segments.Length - 1)).Any();
    }

    /// <summary>Whether the file or folder is excluded. Folders that contain it are not checked.</summary>
    /// <param name="relativePath">Path below the asset folder, separated by <c>/</c>.</param>
    /// <param name="isFolder">Whether the path is that of a folder.</param>
    public bool Excludes(string relativePath, bool isFolder) =>
        IsHiddenName(relativePath[(relativePath.LastIndexOf('/') + 1)..], isFolder)
        || _ignoreFile.Ignores(relativePath, isFolder);

    private static bool IsHiddenName(string name, bool isFolder) =>
        (name.StartsWith('.') && !(isFolder && name == ".well-known")) || (!isFolder && WindowsFiles.Contains(name));
}
