using Serverless.Assets.Discovery;
using Serverless.Assets.Files;

namespace Serverless.Assets.Mapping;

/// <summary>
/// Merges a file that both a folder and an item map to the same path into one asset. The item's settings take
/// precedence, and the folder provides the visibility if the item has none. This lets an item override the settings of
/// one file of a folder, and keeps the files of a private folder private.
/// </summary>
internal static class AssetMerger
{
    /// <returns>The files sorted by path (ordinal).</returns>
    public static IReadOnlyList<MappedFile> Merge(IEnumerable<MappedFile> files) =>
        [
            .. files
                .GroupBy(file => (PathResolver.GetComparisonKey(file.File), file.Path))
                .SelectMany(MergeSamePath)
                .OrderBy(file => file.Path, StringComparer.Ordinal),
        ];

    private static IEnumerable<MappedFile> MergeSamePath(IEnumerable<MappedFile> duplicates)
    {
        var files = duplicates.ToList();
        var items = files.Where(file => file.Source is FileSource).ToList();
        if (items.Count == 0 || items.Count == files.Count)
        {
            return files; // The validator reports two items, or two folders, that map a file to the same path.
        }

        var folderVisibility = files.First(file => file.Source is FolderSource).Visibility;
        return items.Select(item =>
            item.Source.Visibility.Length > 0 ? item : item with { Visibility = folderVisibility }
        );
    }
}
