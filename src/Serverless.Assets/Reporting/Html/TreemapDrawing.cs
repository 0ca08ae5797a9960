namespace Serverless.Assets.Reporting.Html;

/// <summary>The treemap as SVG. Names are where they fit; the rest is told on pointing, and by the tables.</summary>
internal static class TreemapDrawing
{
    /// <summary>Width of a character of the labels, in units of the drawing; wider than most.</summary>
    private const double Character = 7;

    /// <summary>Fewer characters of a longer name tell nothing.</summary>
    private const int ShortestName = 9;

    /// <param name="only">Class of the screens that it is for.</param>
    public static Markup Render(SizeTree tree, Area area, string only)
    {
        var cells = Treemap.LayOut(tree, area);
        var tabs = cells.Select(TabOf).OfType<(string Text, Area Area)>().ToList();
        var places = tabs.Select(tab => tab.Area).ToList();
        var label = $"Treemap of {Show.Count(tree.Files, "file")}, {Show.Size(tree.Size)}";
        return $"""
            <svg class="treemap {only}" viewBox="0 0 {area.Width} {area.Height}" role="img" aria-label="{label}">
            {Markup.Join(cells.Where(cell => !cell.IsFolder).Select(cell => Leaf(cell, tree.Size, places)))}
            {Markup.Join(cells.Where(cell => cell.IsFolder && cell.Depth is 1 or 2).Reverse().Select(Frame))}
            {Markup.Join(tabs.Select(tab => Tab(tab.Text, tab.Area)))}
            </svg>
            """;
    }

    private static Markup Leaf(TreemapCell cell, long total, IReadOnlyList<Area> tabs) =>
        $"""<g data-cell="{cell.Tree.Size}"><title>{Title(cell.Tree, total)}</title><rect class="{(cell.Tree.Asset is { } asset ? Show.Change(asset.Change) : "several")}" x="{cell.Area.X:0.##}" y="{cell.Area.Y:0.##}" width="{cell.Area.Width:0.##}" height="{cell.Area.Height:0.##}"/>{Label(cell, tabs)}</g>""";

    private static string Title(SizeTree tree, long total)
    {
        var what = tree.Asset is null ? $"{tree.Name} in {tree.Path}" : tree.Path;
        return $"{what}: {Show.Size(tree.Size)}, {Show.Share((double)tree.Size / total)}{(tree.Asset is { } asset ? $", {Show.Change(asset.Change)}" : "")}";
    }

    /// <summary>At the bottom, as the folder's name is at the top; both lines, else the name, else nothing.</summary>
    private static Markup Label(TreemapCell cell, IReadOnlyList<Area> tabs)
    {
        var name = Fit(cell.Tree.Name, cell.Area.Width - 12);
        var size = Show.Size(cell.Tree.Size);
        if (name.Length > 0 && size.Length * Character <= cell.Area.Width - 12 && IsFree(2))
        {
            return $"{Line(name, cell.Area, 22)}{Line(size, cell.Area, 7)}";
        }

        return name.Length > 0 && IsFree(1) ? Line(name, cell.Area, 7) : Markup.None;

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
        $"""<rect class="frame depth{cell.Depth}" x="{cell.Area.X:0.##}" y="{cell.Area.Y:0.##}" width="{cell.Area.Width:0.##}" height="{cell.Area.Height:0.##}"/>""";

    /// <summary>The name of a folder in its corner, where there is room for it.</summary>
    private static (string Text, Area Area)? TabOf(TreemapCell cell)
    {
        var text = Fit(cell.Tree.Name + "/", cell.Area.Width - 20);
        return cell is { IsFolder: true, Depth: 1 } && cell.Area.Height >= 60 && text.Length > 0
            ? (text, new Area(cell.Area.X + 3, cell.Area.Y + 3, (text.Length * Character) + 12, 20))
            : null;
    }

    private static Markup Tab(string text, Area area) =>
        $"""<g class="tab"><rect x="{area.X:0.##}" y="{area.Y:0.##}" width="{area.Width:0.##}" height="{area.Height:0.##}" rx="3"/><text x="{area.X + 6:0.##}" y="{area.Y + 14:0.##}">{text}</text></g>""";

    /// <returns>As much as fits; empty when that would tell nothing.</returns>
    private static string Fit(string text, double width)
    {
        var most = (int)(width / Character);
        return text.Length <= most ? text
            : most < ShortestName ? ""
            : string.Concat(text.AsSpan(0, char.IsHighSurrogate(text[most - 2]) ? most - 2 : most - 1), "…");
    }
}
