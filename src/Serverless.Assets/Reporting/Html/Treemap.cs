namespace Serverless.Assets.Reporting.Html;

/// <summary>
/// Lays a tree out as rectangles whose areas are as the sizes, folders as one, and as near to squares as may be: Bruls,
/// Huizing and van Wijk, <i>Squarified Treemaps</i> (2000).
/// </summary>
internal static class Treemap
{
    /// <summary>What would be smaller (in units of the drawing, squared) is one rectangle with its neighbours: nobody could tell them apart.</summary>
    private const double SmallestArea = 20;

    /// <returns>Folders before what is in them; <c>Depth</c> of the whole is 0.</returns>
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
        var children = Merge(tree, areaOfByte);
        foreach (var (child, place) in children.Zip(Squarify(children, area)))
        {
            LayOut(child, place, depth + 1, areaOfByte, cells);
        }
    }

    private static List<SizeTree> Merge(SizeTree tree, double areaOfByte)
    {
        var small = tree.Children.Where(child => child.Size * areaOfByte < SmallestArea).ToList();
        if (small.Count < 2)
        {
            return [.. tree.Children];
        }

        var merged = new SizeTree(tree.Path, small.Sum(child => child.Size), small.Sum(child => child.Files), null, [])
        {
            Name = $"{small.Sum(child => child.Files)} small files",
        };
        return [.. tree.Children.Except(small).Append(merged).OrderByDescending(child => child.Size)];
    }

    /// <param name="children">Largest first.</param>
    /// <returns>A place for each, in their order.</returns>
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
            var worst = Worst(row, children[next].Size * scale, row, side);
            while (next + count < children.Count)
            {
                var more = children[next + count].Size * scale;
                var worse = Worst(row + more, children[next].Size * scale, more, side);
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

    /// <summary>The ratio of the longer to the shorter side of the row's least square rectangle.</summary>
    private static double Worst(double row, double largest, double smallest, double side) =>
        Math.Max(side * side * largest / (row * row), row * row / (side * side * smallest));
}
