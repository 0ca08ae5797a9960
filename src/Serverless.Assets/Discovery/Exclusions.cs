using Serverless.Assets.Files;

namespace Serverless.Assets.Discovery;

/// <summary>
/// The files of a folder that are not collected unless a pattern or item names them exactly: hidden files, the files
/// that Windows creates in folders, files that <c>.serverlessignore</c> lists, and <see cref="ProjectOutputs"/>.
/// </summary>
internal sealed class Exclusions
{
    private static readonly HashSet<string> WindowsFiles = new(StringComparer.OrdinalIgnoreCase)
    {
        "Thumbs.db",
        "desktop.ini",
    };

    private readonly IgnoreFile _ignoreFile;
    private readonly ProjectOutputs _outputs;

    private Exclusions(IgnoreFile ignoreFile, ProjectOutputs outputs)
    {
        _ignoreFile = ignoreFile;
        _outputs = outputs;
    }

    /// <summary>Reads the folder's <c>.serverlessignore</c>, if it has one.</summary>
    /// <param name="folder">Full path of the asset folder.</param>
    /// <param name="projectDirectory">Full path.</param>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static Exclusions Read(string folder, string projectDirectory) =>
        new(IgnoreFile.Read(folder), ProjectOutputs.Find(folder, projectDirectory));

    /// <summary>Whether the name of the file, or of a folder on its path, is hidden.</summary>
    /// <param name="relativePath">Path of a file, separated by <c>/</c>.</param>
    public static bool HasHiddenName(string relativePath)
    {
        var segments = relativePath.Split('/');
        return segments.Where((name, i) => IsHiddenName(name, isFolder: i < segments.Length - 1)).Any();
    }

    /// <summary>Whether the file or folder, or a folder that contains it, is excluded.</summary>
    /// <param name="relativePath">Path below the asset folder, separated by <c>/</c>.</param>
    /// <param name="isFolder">Whether the path is that of a folder.</param>
    public bool Excludes(string relativePath, bool isFolder)
    {
        for (
            var end = relativePath.IndexOf('/', StringComparison.Ordinal);
            end >= 0;
            end = relativePath.IndexOf('/', end + 1)
        )
        {
            if (IsHiddenOrIgnored(relativePath[..end], isFolder: true))
            {
                return true;
            }
        }

        return IsHiddenOrIgnored(relativePath, isFolder) || _outputs.Contains(relativePath, isFolder);
    }

    private bool IsHiddenOrIgnored(string relativePath, bool isFolder) =>
        IsHiddenName(relativePath[(relativePath.LastIndexOf('/') + 1)..], isFolder)
        || _ignoreFile.Ignores(relativePath, isFolder);

    private static bool IsHiddenName(string name, bool isFolder) =>
        (name.StartsWith('.') && !(isFolder && name == ".well-known")) || (!isFolder && WindowsFiles.Contains(name));
}

/// <summary>
/// The files that builds and runs write to the project folder: <c>bin</c>, <c>obj</c> (which contains the upload
/// state), the manifest, and the records beside it.
/// </summary>
internal sealed class ProjectOutputs
{
    private const string RecordPrefix = "serverless-assets.";

    private static readonly string[] OutputFolders = ["bin", "obj"];

    private static readonly string[] RecordSuffixes = [".json", ".json.previous"];

    private readonly IReadOnlyList<string> _folders;
    private readonly bool _hasRecords;

    private ProjectOutputs(IReadOnlyList<string> folders, bool hasRecords)
    {
        _folders = folders;
        _hasRecords = hasRecords;
    }

    /// <summary>
    /// Locates the outputs relative to a folder. A folder that contains the project (or is the project folder) can
    /// contain output folders and records, a folder inside the project only records, and any other folder nothing.
    /// </summary>
    /// <param name="folder">Full path of the folder that is searched.</param>
    /// <param name="projectDirectory">Full path.</param>
    public static ProjectOutputs Find(string folder, string projectDirectory)
    {
        var (root, project) = (PathResolver.Resolve(folder), PathResolver.Resolve(projectDirectory));
        if (!PathResolver.Contains(root, project))
        {
            return new ProjectOutputs([], hasRecords: PathResolver.Contains(project, root));
        }

        return new ProjectOutputs(
            [
                .. OutputFolders.Select(name =>
                    Path.GetRelativePath(root, Path.Combine(project, name)).Replace('\\', '/')
                ),
            ],
            hasRecords: true
        );
    }

    /// <param name="relativePath">Path below the folder that is searched, separated by <c>/</c>.</param>
    /// <param name="isFolder">Whether the path is that of a folder.</param>
    public bool Contains(string relativePath, bool isFolder) =>
        _folders.Any(folder =>
            relativePath.StartsWith(folder + "/", PathResolver.Comparison)
            || (isFolder && relativePath.Equals(folder, PathResolver.Comparison))
        ) || (!isFolder && _hasRecords && IsRecord(relativePath[(relativePath.LastIndexOf('/') + 1)..]));

    private static bool IsRecord(string name) =>
        name.StartsWith(RecordPrefix, StringComparison.OrdinalIgnoreCase)
        && RecordSuffixes.Any(suffix => name.EndsWith(suffix, StringComparison.OrdinalIgnoreCase));
}
