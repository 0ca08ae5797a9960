namespace Serverless.Assets.Reporting.Html;

/// <summary>Folders and files with their sizes. A folder that holds nothing but one folder is one with it.</summary>
/// <param name="Path">Of the site: <c>/img</c>, <c>/img/logo.png</c>; that of the whole is <c>/</c>.</param>
/// <param name="Size">Bytes; that of all below it.</param>
/// <param name="Files">How many files it is.</param>
/// <param name="Asset">Null: a folder, or several files that are shown as one.</param>
/// <param name="Children">Largest first.</param>
internal sealed record SizeTree(
    string Path,
    long Size,
    int Files,
    ReportedAsset? Asset,
    IReadOnlyList<SizeTree> Children
)
{
    /// <summary>The last part of the path; of folders that are one, what is not in the folder around them.</summary>
    public string Name { get; init; } = "";

    /// <summary>Of all files whose size is known.</summary>
    public static SizeTree Of(IEnumerable<ReportedAsset> assets) =>
        Folder(
            "",
            "",
            assets
                .Where(asset => asset.Size > 0)
                .Select(asset => (asset, asset.Path.Split('/', StringSplitOptions.RemoveEmptyEntries)))
                .ToList(),
            0
        );

    private static SizeTree Folder(
        string path,
        string name,
        List<(ReportedAsset Asset, string[] Segments)> assets,
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
            return Folder($"{path}/{folders[0].Key}", $"{name}/{folders[0].Key}", assets, depth + 1);
        }

        var children = folders
            .Select(folder => Folder($"{path}/{folder.Key}", folder.Key, [.. folder], depth + 1))
            .Concat(
                files.Select(file => new SizeTree(file.Asset.Path, file.Asset.Size!.Value, 1, file.Asset, [])
                {
                    Name = file.Segments[^1],
                })
            )
            .OrderByDescending(child => child.Size)
            .ThenBy(child => child.Path, StringComparer.Ordinal)
            .ToList();
        return new SizeTree(
            path.Length == 0 ? "/" : path,
            children.Sum(child => child.Size),
            children.Sum(child => child.Files),
            null,
            children
        )
        {
            Name = name,
        };
    }
}
