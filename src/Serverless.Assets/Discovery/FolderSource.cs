namespace Serverless.Assets.Discovery;

/// <summary>A folder whose files are found by patterns when the run starts.</summary>
/// <param name="Folder">Full path.</param>
/// <param name="Patterns">What is taken, in the syntax of Microsoft.Extensions.FileSystemGlobbing; none: all.</param>
/// <param name="ExcludePatterns">What of it is left out.</param>
public sealed record FolderSource(
    string Folder,
    IReadOnlyList<string> Patterns,
    IReadOnlyList<string> ExcludePatterns,
    string PathPrefix = "",
    string Visibility = ""
) : AssetSource(PathPrefix, Visibility);
