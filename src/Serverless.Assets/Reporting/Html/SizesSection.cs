namespace Serverless.Assets.Reporting.Html;

/// <summary>A treemap of the sizes by folder, drawn for wide and for narrow screens, and the same as a table.</summary>
internal static class SizesSection
{
    private const int MostFolders = 15;

    private static readonly Area Wide = new(0, 0, 1040, 520);
    private static readonly Area Narrow = new(0, 0, 336, 480);

    public static Markup Render(RunReport report)
    {
        var tree = SizeTree.Of(report.Assets);
        return tree.Size == 0
            ? Markup.None
            : (Markup)
                $"""
                    <section>
                    <h2>Sizes by folder</h2>
                    <figure data-detail="Point at a file, or tap it, to see its size.">
                    {TreemapDrawing.Render(tree, Wide, "only-wide")}
                    {TreemapDrawing.Render(tree, Narrow, "only-narrow")}
                    <figcaption><ul class="legend">{Markup.Join(Legend(report))}</ul><output></output></figcaption>
                    </figure>
                    {Folders(report, tree.Size)}
                    </section>
                    """;
    }

    private static IEnumerable<Markup> Legend(RunReport report) =>
        report
            .Assets.Where(asset => asset.Size > 0)
            .GroupBy(asset => asset.Change)
            .OrderBy(group => group.Key)
            .Select(group =>
                (Markup)
                    $"""<li><svg class="key" width="12" height="12" aria-hidden="true"><rect class="{Show.Change(group.Key)}" width="12" height="12" rx="2"/></svg>{Show.Change(group.Key)} {Show.Size(group.Sum(asset => asset.Size))}</li>"""
            );

    private static Markup Folders(RunReport report, long total)
    {
        var folders = report
            .Assets.Where(asset => asset.Size > 0)
            .GroupBy(asset => asset.Path[..(asset.Path.LastIndexOf('/') + 1)], StringComparer.Ordinal)
            .Select(group => (Path: group.Key, Files: group.Count(), Size: group.Sum(asset => asset.Size!.Value)))
            .OrderByDescending(folder => folder.Size)
            .ThenBy(folder => folder.Path, StringComparer.Ordinal)
            .ToList();
        return $"""
            <details>
            <summary>The same as a table <span class="count">{Show.Count(folders.Count, "folder")}</span></summary>
            <table>
            <thead><tr><th>Folder</th><th class="number">Files</th><th class="number">Size</th><th class="number wide">Share</th></tr></thead>
            <tbody>{Markup.Join(
                folders.Take(MostFolders).Select(folder =>
                    (Markup)
                        $"""<tr><td><bdi class="path">{folder.Path}</bdi></td><td class="number">{Show.Count(folder.Files)}</td><td class="number">{Show.Size(folder.Size)}</td><td class="number wide">{Show.Share((double)folder.Size / total)}</td></tr>"""
                )
            )}</tbody>
            </table>
            {(
                folders.Count > MostFolders
                    ? $"""<p class="muted">and {Show.Count(folders.Count - MostFolders)} smaller ones</p>"""
                    : Markup.None
            )}
            </details>
            """;
    }
}
