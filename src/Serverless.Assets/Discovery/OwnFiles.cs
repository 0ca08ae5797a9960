namespace Serverless.Assets.Discovery;

/// <summary>
/// What builds and runs leave in the project folder, and nobody means to publish with it: its folders <c>bin</c> and
/// <c>obj</c> (upload state included), the manifest and the records beside it.
/// </summary>
internal sealed class OwnFiles
{
    private const string RecordStart = "serverless-assets.";

    private static readonly string[] OutputFolders = ["bin", "obj"];

    private static readonly string[] RecordEnds = [".json", ".json.previous"];

    private readonly IReadOnlyList<string> _outputs;
    private readonly bool _hasRecords;

    private OwnFiles(IReadOnlyList<string> outputs, bool hasRecords)
    {
        _outputs = outputs;
        _hasRecords = hasRecords;
    }

    /// <summary>Of a folder that is, contains or lies in the project folder; of any other nothing is ours.</summary>
    public static OwnFiles In(string folder, string projectDirectory)
    {
        var (root, project) = (PathResolver.Of(folder), PathResolver.Of(projectDirectory));
        if (!PathResolver.Contains(root, project))
        {
            return new OwnFiles([], hasRecords: PathResolver.Contains(project, root));
        }

        return new OwnFiles(
            [
                .. OutputFolders.Select(name =>
                    Path.GetRelativePath(root, Path.Combine(project, name)).Replace('\\', '/')
                ),
            ],
            hasRecords: true
        );
    }

    /// <param name="relativePath">Below the folder, with <c>/</c>.</param>
    public bool Contains(string relativePath, bool isFolder) =>
        _outputs.Any(output =>
            relativePath.StartsWith(output + "/", PathResolver.Comparison)
            || (isFolder && relativePath.Equals(output, PathResolver.Comparison))
        ) || (!isFolder && _hasRecords && IsRecord(relativePath[(relativePath.LastIndexOf('/') + 1)..]));

    private static bool IsRecord(string name) =>
        name.StartsWith(RecordStart, StringComparison.OrdinalIgnoreCase)
        && RecordEnds.Any(end => name.EndsWith(end, StringComparison.OrdinalIgnoreCase));
}
