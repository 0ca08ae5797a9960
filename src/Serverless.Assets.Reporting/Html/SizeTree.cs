using Serverless.Assets.Results;

namespace Serverless.Assets.Reporting.Html;

/// <summary>Folders and files with their sizes. A folder whose only child is a folder is merged with it.</summary>
/// <param name="Path">The URL path: <c>/</c> for the root, <c>/img</c>, <c>/img/logo.png</c>.</param>
/// <param name="Size">In bytes, including all descendants.</param>
/// <param name="Files">The number of files, including all descendants.</param>
/// <param name="Asset">Null for a folder, and for several files shown as one.</param>
/// <param name="Children">Largest first.</param>
internal sealed record SizeTree(
    string Path,
    long Size,
    int Files,
    ComparedAsset? Asset,
    IReadOnlyList<SizeTree> Children
)
{
    /// <summary>The path, relative to the parent: <c>logo.png</c>, or <c>a/b</c> for merged folders.</summary>
    public string Name { get; init; } = "";

    /// <param name="assets">Assets without a size are ignored.</param>
    public static SizeTree Create(IEnumerable<ComparedAsset> assets) =>
        CreateFolder(
            "",
            "",
            assets
                .Where(asset => asset.Size > 0)
                .Select(asset => (asset, asset.Path.Split('/', StringSplitOptions.RemoveEmptyEntries)))
                .ToList(),
            depth: 0
        );

    private static SizeTree CreateFolder(
        string path,
        string name,
        List<(ComparedAsset Asset, string[] Segments)> assets,
        int depth
    )
    {
        var folders = assets
            .Where(asset => asset.Segments.Length > depth + 1)
            .GroupBy(asset => asset.Segments[depth], StringComparer.Ordinal)
            .ToList();
        var files = assets.Where(asset => asset.Segments.Length <= depth + 1).ToList();
        if (path.Length > 0 && folders.Count == 1 && files.Count == 0)
        {
            return CreateFolder($"{path}/{folders[0].Key}", $"{name}/{folders[0].Key}", assets, depth + 1);
        }

        var children = folders
            .Select(folder => CreateFolder($"{path}/{folder.Key}", folder.Key, [.. folder], depth + 1))
            .Concat(files.Select(file => CreateFile(file.Asset, file.Segments[^1])))
            .OrderByDescending(child => child.Size)
            .ThenBy(child => child.Path, StringComparer.Ordinal)
            .ToList();
        return new SizeTree(
            path.Length == 0 ? "/" : path,
            children.Sum(child => child.Size),
            children.Sum(child => child.Files),
            Asset: null,
            children
        )
        {
            Name = name,
        };
    }

    private static SizeTree CreateFile(ComparedAsset asset, string name) =>
        new(asset.Path, asset.Size!.Value, Files: 1, asset, Children: []) { Name = name };
}
