namespace Serverless.Assets.Discovery;

/// <summary>Where assets are looked for when the user names nothing, as the public Node toolkit does.</summary>
internal static class DefaultFolders
{
    private static readonly string[] Names = ["assets", "static"];

    /// <summary>The first that exists; none if neither does.</summary>
    public static IReadOnlyList<AssetSource> In(string projectDirectory) =>
        Names
            .Select(name => Path.Combine(projectDirectory, name))
            .Where(Directory.Exists)
            .Take(1)
            .Select(folder => new FolderSource(folder, [], []))
            .ToArray();
}
