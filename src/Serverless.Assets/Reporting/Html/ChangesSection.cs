namespace Serverless.Assets.Reporting.Html;

/// <summary>Which assets are new, changed, gone, or as they were.</summary>
internal static class ChangesSection
{
    /// <summary>More rows would make the page slow: the manifest has them all.</summary>
    private const int MostRows = 2_000;

    /// <summary>With more rows, a list is closed at first.</summary>
    private const int MostRowsOpen = 15;

    private static readonly (AssetChange Change, string Title, string Mark)[] Kinds =
    [
        (AssetChange.New, "New", "+"),
        (AssetChange.Changed, "Changed", "~"),
        (AssetChange.Removed, "Removed", "−"),
        (AssetChange.Kept, "Kept, though not among the files", "·"),
        (AssetChange.Unchanged, "Unchanged", "="),
    ];

    public static Markup Render(RunReport report) =>
        report.Assets.Count == 0
            ? Markup.None
            : (Markup)
                $"""
                    <section>
                    <h2>What changed</h2>
                    <p class="muted">Compared with {(
                        report.BuildSid is null ? "earlier uploads" : "what was live"
                    )}.</p>
                    {Markup.Join(
                        Kinds.Select(kind =>
                            List(
                                kind.Change,
                                kind.Title,
                                kind.Mark,
                                [.. report.Assets.Where(asset => asset.Change == kind.Change)]
                            )
                        )
                    )}
                    </section>
                    """;

    private static Markup List(AssetChange change, string title, string mark, List<ReportedAsset> assets) =>
        assets.Count == 0
            ? Markup.None
            : (Markup)
                $"""
                    <details class="{Show.Change(change)}"{Open(change, assets.Count)}>
                    <summary><span class="mark" aria-hidden="true">{mark}</span>{title} <span class="count" data-change="{Show.Change(
                        change
                    )}">{Show.Count(assets.Count)}</span></summary>
                    <table>
                    <thead><tr><th>Path</th><th class="wide">Visibility</th><th class="number">Size</th></tr></thead>
                    <tbody>{Markup.Join(assets.Take(MostRows).Select(Row))}</tbody>
                    </table>
                    {More(assets.Count)}
                    </details>
                    """;

    private static Markup Row(ReportedAsset asset) =>
        $"""<tr><td><bdi class="path">{asset.Path}</bdi>{Source(asset)}</td><td class="wide">{Show.Visibility(asset.Visibility)}</td><td class="number">{Show.Size(asset.Size)}</td></tr>""";

    /// <summary>Where it comes from, unless the path says it.</summary>
    private static Markup Source(ReportedAsset asset) =>
        asset.File is null || asset.File.EndsWith(asset.Path, StringComparison.Ordinal)
            ? Markup.None
            : (Markup)$"""<bdi class="source">{asset.File}</bdi>""";

    private static Markup Open(AssetChange change, int count) =>
        change is not (AssetChange.Unchanged or AssetChange.Kept) && count <= MostRowsOpen
            ? Markup.OfResource(" open")
            : Markup.None;

    private static Markup More(int count) =>
        count > MostRows
            ? $"""<p class="muted">and {Show.Count(count - MostRows)} more, which are in the manifest</p>"""
            : Markup.None;
}
