using Serverless.Assets.Discovery;

namespace Serverless.Assets.Mapping;

/// <summary>
/// A file that a folder and an item both bring to one path is one asset: what the item says wins, what it leaves open the
/// folder says. So one file of a folder gets settings of its own, and a private folder stays private.
/// </summary>
internal static class AssetMerger
{
    /// <returns>Sorted by path, ordinal.</returns>
    public static List<LocalAsset> Of(IEnumerable<(DiscoveredFile File, LocalAsset Asset)> mapped) =>
        mapped
            .GroupBy(entry => (entry.Asset.File, entry.Asset.Path))
            .SelectMany(Unite)
            .OrderBy(asset => asset.Path, StringComparer.Ordinal)
            .ToList();

    private static IEnumerable<LocalAsset> Unite(IEnumerable<(DiscoveredFile File, LocalAsset Asset)> sameFileAndPath)
    {
        var entries = sameFileAndPath.ToList();
        var items = entries.Where(entry => entry.File.Source is FileSource).ToList();
        if (items.Count == 0 || items.Count == entries.Count)
        {
            return entries.Select(entry => entry.Asset); // two items, or two folders, are a mistake that the validation tells
        }

        var ofFolder = entries.First(entry => entry.File.Source is FolderSource).Asset;
        return items.Select(item =>
            item.File.Source.Visibility.Length > 0 ? item.Asset : item.Asset with { Visibility = ofFolder.Visibility }
        );
    }
}
