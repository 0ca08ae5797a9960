using Serverless.Assets.Results;

namespace Serverless.Assets.Reporting.Html;

/// <summary>Lists new, changed, removed, kept and unchanged assets.</summary>
internal static class ChangesSection
{
    /// <summary>More rows would slow the page down.</summary>
    private const int MaxRows = 2_000;

    /// <summary>A list with more rows is initially collapsed.</summary>
    private const int MaxExpandedRows = 15;

    private static readonly (AssetChange Change, string Title, string Mark)[] Kinds =
    [
        (AssetChange.New, "New", "+"),
        (AssetChange.Changed, "Changed", "~"),
        (AssetChange.Removed, "Removed", "−"),
        (AssetChange.Kept, "Kept from the live site", "·"),
        (AssetChange.Unchanged, "Unchanged", "="),
    ];

    public static Markup Render(RunReport report)
    {
        var assets = report.Result.Assets.ToLookup(asset => asset.Change);
        var earlier = report.Result.IsComparedWithUploads ? "earlier uploads" : "the live site";
        return assets.Count == 0
            ? Markup.None
            : (Markup)
                $"""
                    <section>
                    <h2>What changed</h2>
                    <p class="muted">Compared with {earlier}.</p>
                    {Markup.Join(
                        Kinds.Select(kind =>
                            List(
                                kind.Change,
                                kind.Title,
                                kind.Mark,
                                [.. assets[kind.Change]],
                                hasManifest: report.Result.Plan is null
                            )
                        )
                    )}
                    </section>
                    """;
    }

    private static Markup List(
        AssetChange change,
        string title,
        string mark,
        List<ComparedAsset> assets,
        bool hasManifest
    )
    {
        if (assets.Count == 0)
        {
            return Markup.None;
        }

        var name = change.ToName();
        var isInManifest = hasManifest && change is not (AssetChange.Removed or AssetChange.Kept);
        Markup heading =
            $"""<span class="mark" aria-hidden="true">{mark}</span>{title} """
            + $"""<span class="count" data-change="{name}">{Format.Count(assets.Count)}</span>""";
        return $"""
            <details class="{name}"{Open(change, assets.Count)}>
            <summary>{heading}</summary>
            <table>
            <thead><tr><th>Path</th><th class="wide">Visibility</th><th class="number">Size</th></tr></thead>
            <tbody>{Markup.Join(assets.Take(MaxRows).Select(Row))}</tbody>
            </table>
            {Markup.MoreRows(
                assets.Count - MaxRows,
                isInManifest ? "which are in the manifest" : "which are not shown"
            )}
            </details>
            """;
    }

    private static Markup Row(ComparedAsset asset) =>
        $"""<tr><td><bdi class="path">{asset.Path}</bdi>{Source(asset)}</td>"""
        + $"""<td class="wide">{Format.Visibility(asset.Visibility)}</td>"""
        + $"""<td class="number">{Format.Size(asset.Size)}</td></tr>""";

    /// <summary>Shows the file, unless its name follows from the path.</summary>
    private static Markup Source(ComparedAsset asset) =>
        asset.File is null || asset.File.EndsWith(asset.Path, StringComparison.Ordinal)
            ? Markup.None
            : (Markup)$"""<bdi class="source">{asset.File}</bdi>""";

    private static Markup Open(AssetChange change, int count) =>
        change is not (AssetChange.Unchanged or AssetChange.Kept) && count <= MaxExpandedRows
            ? (Markup)$" open"
            : Markup.None;
}
