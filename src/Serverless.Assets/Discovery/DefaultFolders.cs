using Serverless.Assets.Files;

namespace Serverless.Assets.Discovery;

/// <summary>
/// The folders that are collected if the user names none. They are the same as in Twilio's Serverless Toolkit.
/// </summary>
internal static class DefaultFolders
{
    private static readonly string[] Names = ["assets", "static"];

    /// <returns>The first of <c>assets</c> and <c>static</c> that exists in the project, or an empty list.</returns>
    public static IReadOnlyList<FolderSource> Find(string projectDirectory) =>
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
