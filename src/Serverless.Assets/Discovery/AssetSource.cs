namespace Serverless.Assets.Discovery;

/// <summary>
/// A folder or file that the user asked for: a <see cref="FolderSource"/> or a <see cref="FileSource"/>.
/// </summary>
/// <param name="PathPrefix">The start of the URL path. Empty means <c>/</c>.</param>
/// <param name="Visibility">
/// The user's value. If empty, the file name determines the visibility, which is public without a marker.
/// </param>
internal abstract record AssetSource(string PathPrefix, string Visibility);

/// <summary>A folder that is searched with patterns when the run starts.</summary>
/// <param name="Folder">Full path.</param>
/// <param name="Patterns">The <see cref="Glob"/>s of the files to include. Empty means all files.</param>
/// <param name="ExcludePatterns">Files to exclude. They take precedence over <paramref name="Patterns"/>.</param>
internal sealed record FolderSource(
    string Folder,
    IReadOnlyList<string> Patterns,
    IReadOnlyList<string> ExcludePatterns,
    string PathPrefix = "",
    string Visibility = ""
) : AssetSource(PathPrefix, Visibility);

/// <summary>A single file.</summary>
/// <param name="File">Full path.</param>
/// <param name="RelativePath">The part of the file's path, including its name, that follows the path prefix.</param>
/// <param name="AssetPath">The complete URL path. Empty means prefix plus relative path.</param>
/// <param name="ContentType">Empty means the type that belongs to the extension.</param>
/// <param name="FoundByPattern">
/// Whether a glob found the file. Such a file was not named exactly, so <see cref="Exclusions"/> apply to it.
/// </param>
internal sealed record FileSource(
    string File,
    string RelativePath,
    string AssetPath = "",
    string ContentType = "",
    bool FoundByPattern = false,
    string PathPrefix = "",
    string Visibility = ""
) : AssetSource(PathPrefix, Visibility);
