namespace Serverless.Assets.Files;

/// <summary>
/// The folder of git: CI systems leave the token of the checkout in it, and its hooks are programs that git runs.
/// </summary>
internal static class GitFolder
{
    private const string Name = ".git";

    /// <summary>Whether a path is in the folder of a repository, of a submodule, or is the file that leads to it.</summary>
    public static bool Contains(string path) => path.Split('/', '\\').Contains(Name, StringComparer.OrdinalIgnoreCase);

    /// <param name="root">Full path of a folder whose own location does not matter.</param>
    /// <param name="path">Full path.</param>
    public static bool Contains(string root, string path) => Contains(Path.GetRelativePath(root, path));
}
