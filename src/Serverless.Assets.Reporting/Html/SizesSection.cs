using Serverless.Assets.Results;

namespace Serverless.Assets.Reporting.Html;

/// <summary>The sizes by folder: as a treemap, drawn for wide and for narrow screens, and as a table.</summary>
internal static class SizesSection
{
    private const int MaxRows = 15;

    private static readonly Area Wide = new(0, 0, 1040, 520);
    private static readonly Area Narrow = new(0, 0, 336, 480);

    public static Markup Render(RunReport report)
    {
        var assets = report.Result.Assets.Where(asset => asset.Size > 0).ToList();
        var tree = SizeTree.Create(assets);
        return tree.Size == 0
            ? Markup.None
            : (Markup)
                $"""
                    <section>
                    <h2>Sizes by folder</h2>
                    <figure data-detail="Point to a file, or tap it, to see its size.">
                    {TreemapDrawing.Render(tree, Wide, "only-wide")}
                    {TreemapDrawing.Render(tree, Narrow, "only-narrow")}
                    <figcaption><ul class="legend">{Markup.Join(Legend(assets))}</ul><output></output></figcaption>
                    </figure>
                    {Table(assets, tree.Size)}
                    </section>
                    """;
    }

    private static IEnumerable<Markup> Legend(IEnumerable<ComparedAsset> assets) =>
        assets
            .GroupBy(asset => asset.Change)
            .OrderBy(group => group.Key)
            .Select(group => Key(group.Key.ToName(), Format.Size(group.Sum(asset => asset.Size))));

    private static Markup Key(string change, string size) =>
        $"""<li><svg class="key" width="12" height="12" aria-hidden="true">"""
        + $"""<rect class="{change}" width="12" height="12" rx="2"/></svg>{change} {size}</li>""";

    private static Markup Table(IEnumerable<ComparedAsset> assets, long total)
    {
        var folders = assets
            .GroupBy(asset => asset.Path[..(asset.Path.LastIndexOf('/') + 1)], StringComparer.Ordinal)
            .Select(group => (Path: group.Key, Files: group.Count(), Size: group.Sum(asset => asset.Size!.Value)))
            .OrderByDescending(folder => folder.Size)
            .ThenBy(folder => folder.Path, StringComparer.Ordinal)
            .ToList();
        Markup head =
            $"""<tr><th>Folder</th><th class="number">Files</th><th class="number">Size</th>"""
            + $"""<th class="number wide">Share</th></tr>""";
        var rows = folders.Take(MaxRows).Select(folder => Row(folder.Path, folder.Files, folder.Size, total));
        return $"""
            <details>
            <summary>The same as a table <span class="count">{Format.Count(folders.Count, "folder")}</span></summary>
            <table>
            <thead>{head}</thead>
            <tbody>{Markup.Join(rows)}</tbody>
            </table>
            {Markup.MoreRows(folders.Count - MaxRows, "which are smaller")}
            </details>
            """;
    }

    private static Markup Row(string folder, int files, long size, long total) =>
        $"""<tr><td><bdi class="path">{folder}</bdi></td><td class="number">{Format.Count(files)}</td>"""
        + $"""<td class="number">{Format.Size(size)}</td>"""
        + $"""<td class="number wide">{Format.Share((double)size / total)}</td></tr>""";
}
