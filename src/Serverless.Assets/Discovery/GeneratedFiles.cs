namespace Serverless.Assets.Discovery;

/// <summary>
/// The files that builds and runs write. They are not collected unless a pattern or item names them exactly, or the
/// folder that is searched is an output itself.
/// </summary>
internal sealed class GeneratedFiles
{
    private readonly ToolFiles _toolFiles;
    private readonly BuildOutputs _outputs;

    private GeneratedFiles(ToolFiles own, BuildOutputs outputs)
    {
        _toolFiles = own;
        _outputs = outputs;
    }

    public static GeneratedFiles From(CollectRequest request) =>
        new(ToolFiles.From(request), BuildOutputs.Find(request.Settings.Project.Directory, request.OutputFolders));

    /// <summary>Whether the file or folder is one of them. Folders between the root and it are not checked.</summary>
    /// <param name="resolvedRoot">Full path of the folder that is searched, without links.</param>
    /// <param name="resolvedPath">Full path of a file or folder in it, without links.</param>
    /// <param name="isFolder">Whether the path is that of a folder.</param>
    public bool Contains(string resolvedRoot, string resolvedPath, bool isFolder) =>
        _toolFiles.Contains(resolvedRoot, resolvedPath, isFolder)
        || (
            !_outputs.Contains(resolvedRoot)
            && (
                _outputs.Contains(resolvedPath)
                || (isFolder ? _outputs.IsOutput(resolvedPath) : _outputs.IsOutputFile(resolvedPath))
            )
        );

    /// <summary>Whether the file, or a folder between the root and it, is one of them.</summary>
    /// <inheritdoc cref="Contains"/>
    public bool ContainsBelow(string resolvedRoot, string resolvedPath)
    {
        for (
            var folder = Path.GetDirectoryName(resolvedPath);
            folder is not null && folder.Length > resolvedRoot.Length;
            folder = Path.GetDirectoryName(folder)
        )
        {
            if (Contains(resolvedRoot, folder, isFolder: true))
            {
                return true;
            }
        }

        return Contains(resolvedRoot, resolvedPath, isFolder: false);
    }
}
