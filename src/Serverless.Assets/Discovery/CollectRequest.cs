using Serverless.Assets.Files;
using Serverless.Assets.Settings;
using Serverless.Assets.StaticWebAssets;

namespace Serverless.Assets.Discovery;

/// <summary>What to collect. The values have not been validated.</summary>
internal sealed record CollectRequest
{
    /// <summary>How files become URL paths.</summary>
    public required SettingValues Settings { get; init; }

    /// <summary>
    /// The published <c>wwwroot</c> of a web project, collected in addition to <see cref="Sources"/>.
    /// </summary>
    public PublishedSite? Published { get; init; }

    /// <summary>
    /// The folders and files to collect. If empty and <see cref="Published"/> is null, <see cref="DefaultFolders"/>
    /// applies.
    /// </summary>
    public IReadOnlyList<AssetSource> Sources { get; init; } = [];

    /// <summary>The assets of referenced projects, collected in addition to the project's own.</summary>
    public IReadOnlyList<FileSource> Referenced { get; init; } = [];

    /// <summary>
    /// Full paths of the folders that the build writes to, besides <c>bin</c> and <c>obj</c> of the project. They need
    /// not exist.
    /// </summary>
    public IReadOnlyList<string> OutputFolders { get; init; } = [];

    /// <summary>Full paths of files that the run writes to, besides those that the settings name.</summary>
    public IReadOnlyList<string> OutputFiles { get; init; } = [];

    /// <summary>Whether a private key or another secret among the files is an error.</summary>
    public bool ForbidsSecrets { get; init; } = true;

    /// <summary>
    /// The last step of the run. The settings of all steps are checked, so that the user sees all errors at once.
    /// </summary>
    public LastStep LastStep { get; init; }
}

/// <summary>The last step of a run that collects assets. Each step includes the earlier ones.</summary>
internal enum LastStep
{
    Collect,
    Upload,

    /// <summary>A Build, or a plan of one.</summary>
    Build,

    /// <summary>A Deployment, which creates the Environment if it does not exist.</summary>
    Deploy,
}

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

/// <summary>
/// The folders that are collected if the user names none. They are the same as in Twilio's Serverless Toolkit.
/// </summary>
internal static class DefaultFolders
{
    private static readonly string[] Names = ["assets", "static"];

    /// <returns>The first of <c>assets</c> and <c>static</c> that exists in the project, or an empty list.</returns>
    public static IReadOnlyList<AssetSource> Find(string projectDirectory) =>
        Names
            .Select(name => Path.Combine(projectDirectory, name))
            .Where(Directory.Exists)
            .Take(1)
            .Select(folder => new FolderSource(folder, [], []))
            .ToArray();

    /// <summary>
    /// Finds a folder that would be collected on a system that ignores letter case, such as <c>Assets</c>.
    /// </summary>
    /// <returns>Its full path, and the name that it would need; null if there is none.</returns>
    public static (string Folder, string Name)? FindOtherCase(string projectDirectory)
    {
        foreach (var name in Names)
        {
            var path = Path.Combine(projectDirectory, name);
            if (Directory.Exists(path))
            {
                return null;
            }

            if (PathResolver.FindOtherCase(path) is { } other && Directory.Exists(other))
            {
                return (other, name);
            }
        }

        return null;
    }
}
