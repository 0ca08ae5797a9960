using Serverless.Assets.Results;

namespace Serverless.Assets.Reporting.Html;

/// <summary>Draws a treemap as SVG. Labels are drawn where they fit; tooltips and tables show the rest.</summary>
internal static class TreemapDrawing
{
    /// <summary>The estimated maximum width of a character of a label, in units of the drawing.</summary>
    private const double CharacterWidth = 7;

    /// <summary>A truncated name is omitted if fewer characters fit.</summary>
    private const int MinNameLength = 9;

    /// <param name="screens">The CSS class of the screens that the drawing is for.</param>
    public static Markup Render(SizeTree tree, Area area, string screens)
    {
        var cells = Treemap.LayOut(tree, area);
        var tabs = cells.Select(FindTab).OfType<(string Text, Area Area)>().ToList();
        var tabAreas = tabs.Select(tab => tab.Area).ToList();
        var leaves = cells.Where(cell => !cell.IsFolder).Select(cell => Leaf(cell, tree.Size, tabAreas));
        var frames = cells.Where(cell => cell is { IsFolder: true, Depth: 1 or 2 }).Reverse().Select(Frame);
        Markup attributes =
            $"""class="treemap {screens}" viewBox="0 0 {area.Width} {area.Height}" role="img" """
            + $"""aria-label="Treemap of {Format.Count(tree.Files, "file")}, {Format.Size(tree.Size)}" """;
        return $"""
            <svg {attributes}>
            {Markup.Join(leaves)}
            {Markup.Join(frames)}
            {Markup.Join(tabs.Select(tab => Tab(tab.Text, tab.Area)))}
            </svg>
            """;
    }

    private static Markup Leaf(TreemapCell cell, long total, IReadOnlyList<Area> tabs)
    {
        var kind = cell.Tree.Asset is { } asset ? asset.Change.ToName() : "several";
        return $"""<g data-cell="{cell.Tree.Size}"><title>{Title(cell.Tree, total)}</title>"""
            + $"""<rect class="{kind}" {Position(cell.Area)}/>{Label(cell, tabs)}</g>""";
    }

    private static string Title(SizeTree tree, long total)
    {
        var size = $"{Format.Size(tree.Size)}, {Format.Share((double)tree.Size / total)}";
        return tree.Asset is { } asset
            ? $"{tree.Path}: {size}, {asset.Change.ToName()}"
            : $"{tree.Name} in {tree.Path}: {size}";
    }

    /// <summary>
    /// Draws the name and size at the bottom, away from folder names; only the name, or nothing, if there is no room.
    /// </summary>
    private static Markup Label(TreemapCell cell, IReadOnlyList<Area> tabs)
    {
        var name = Fit(cell.Tree.Name, cell.Area.Width - 12);
        var size = Format.Size(cell.Tree.Size);
        if (name.Length > 0 && size.Length * CharacterWidth <= cell.Area.Width - 12 && IsFree(lines: 2))
        {
            return $"{Line(name, cell.Area, 22)}{Line(size, cell.Area, 7)}";
        }

        return name.Length > 0 && IsFree(lines: 1) ? Line(name, cell.Area, 7) : Markup.None;

        bool IsFree(int lines)
        {
            var height = (lines * 15) + 7;
            var needed = cell.Area with { Y = cell.Area.Y + cell.Area.Height - height, Height = height };
            return height <= cell.Area.Height && !tabs.Any(needed.Overlaps);
        }
    }

    private static Markup Line(string text, Area area, double fromBottom) =>
        $"""<text x="{area.X + 6:0.##}" y="{area.Y + area.Height - fromBottom:0.##}">{text}</text>""";

    private static Markup Frame(TreemapCell cell) =>
        $"""<rect class="frame depth{cell.Depth}" {Position(cell.Area)}/>""";

    /// <summary>Places the name of a top-level folder in its corner; null if there is no room.</summary>
    private static (string Text, Area Area)? FindTab(TreemapCell cell)
    {
        var text = Fit(cell.Tree.Name + "/", cell.Area.Width - 20);
        return cell is { IsFolder: true, Depth: 1 } && cell.Area.Height >= 60 && text.Length > 0
            ? (text, new Area(cell.Area.X + 3, cell.Area.Y + 3, (text.Length * CharacterWidth) + 12, 20))
            : null;
    }

    private static Markup Tab(string text, Area area) =>
        $"""<g class="tab"><rect {Position(area)} rx="3"/>"""
        + $"""<text x="{area.X + 6:0.##}" y="{area.Y + 14:0.##}">{text}</text></g>""";

    private static Markup Position(Area area) =>
        $"""x="{area.X:0.##}" y="{area.Y:0.##}" width="{area.Width:0.##}" height="{area.Height:0.##}" """;

    /// <returns>The text, truncated to the width; empty if too little would remain.</returns>
    private static string Fit(string text, double width)
    {
        var length = (int)(width / CharacterWidth);
        return text.Length <= length ? text
            : length < MinNameLength ? ""
            : string.Concat(text.AsSpan(0, char.IsHighSurrogate(text[length - 2]) ? length - 2 : length - 1), "…");
    }
}
