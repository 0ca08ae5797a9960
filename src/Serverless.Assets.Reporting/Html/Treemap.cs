namespace Serverless.Assets.Reporting.Html;

/// <summary>
/// Lays out a tree as rectangles whose areas are proportional to the sizes. Keeps folders together, and makes the
/// rectangles as close to squares as possible (Bruls, Huizing and van Wijk, <i>Squarified Treemaps</i>, 2000).
/// </summary>
internal static class Treemap
{
    /// <summary>
    /// In square units of the drawing. Files that would be smaller are combined into one, because they would be
    /// indistinguishable.
    /// </summary>
    private const double MinArea = 20;

    /// <returns>Each folder comes before its contents.</returns>
    public static IReadOnlyList<TreemapCell> LayOut(SizeTree tree, Area area)
    {
        var cells = new List<TreemapCell>();
        if (tree.Size > 0)
        {
            LayOut(tree, area, 0, area.Size / tree.Size, cells);
        }

        return cells;
    }

    private static void LayOut(SizeTree tree, Area area, int depth, double areaOfByte, List<TreemapCell> cells)
    {
        cells.Add(new TreemapCell(tree, area, depth));
        var children = MergeSmall(tree, areaOfByte);
        foreach (var (child, place) in children.Zip(Squarify(children, area)))
        {
            LayOut(child, place, depth + 1, areaOfByte, cells);
        }
    }

    private static List<SizeTree> MergeSmall(SizeTree tree, double areaOfByte)
    {
        var small = tree.Children.Where(child => child.Size * areaOfByte < MinArea).ToList();
        if (small.Count < 2)
        {
            return [.. tree.Children];
        }

        var files = small.Sum(child => child.Files);
        var merged = new SizeTree(tree.Path, small.Sum(child => child.Size), files, Asset: null, Children: [])
        {
            Name = $"{files} small files",
        };
        return [.. tree.Children.Except(small).Append(merged).OrderByDescending(child => child.Size)];
    }

    /// <summary>
    /// Fills the area with rows along its shorter side. Adds cells to a row as long as that makes the row's cells
    /// squarer.
    /// </summary>
    /// <param name="children">Largest first.</param>
    /// <returns>The area of each child, in the same order.</returns>
    private static IEnumerable<Area> Squarify(List<SizeTree> children, Area area)
    {
        var left = area;
        var leftSize = children.Sum(child => (double)child.Size);
        for (var next = 0; next < children.Count; )
        {
            var scale = left.Size / leftSize;
            var side = Math.Min(left.Width, left.Height);
            var count = 1;
            var row = children[next].Size * scale;
            var worst = WorstRatio(row, children[next].Size * scale, row, side);
            while (next + count < children.Count)
            {
                var more = children[next + count].Size * scale;
                var worse = WorstRatio(row + more, children[next].Size * scale, more, side);
                if (worse > worst)
                {
                    break;
                }

                (row, worst) = (row + more, worse);
                count++;
            }

            var isLast = next + count == children.Count;
            var isColumn = left.Width >= left.Height;
            var thickness = isLast ? (isColumn ? left.Width : left.Height) : row / side;
            var at = 0.0;
            foreach (var child in children.GetRange(next, count))
            {
                var length = child.Size * scale / row * side;
                yield return isColumn
                    ? new Area(left.X, left.Y + at, thickness, length)
                    : new Area(left.X + at, left.Y, length, thickness);
                at += length;
            }

            left = isColumn
                ? new Area(left.X + thickness, left.Y, left.Width - thickness, left.Height)
                : new Area(left.X, left.Y + thickness, left.Width, left.Height - thickness);
            leftSize -= row / scale;
            next += count;
        }
    }

    /// <summary>Computes the aspect ratio of the least square cell of a row.</summary>
    /// <param name="row">The area of the row.</param>
    /// <param name="largest">The area of its largest cell.</param>
    /// <param name="smallest">The area of its smallest cell.</param>
    private static double WorstRatio(double row, double largest, double smallest, double side) =>
        Math.Max(side * side * largest / (row * row), row * row / (side * side * smallest));
}

/// <summary>A folder, a file, or several combined small files, and its area in the drawing.</summary>
/// <param name="Depth">0 for the root.</param>
internal sealed record TreemapCell(SizeTree Tree, Area Area, int Depth)
{
    public bool IsFolder => Tree.Children.Count > 0;
}
