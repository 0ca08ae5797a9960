using Serverless.Assets.Client;
using Serverless.Assets.Reporting.Html;
using Serverless.Assets.Results;

namespace Serverless.Assets.Reporting.Tests;

public sealed class TreemapTests
{
    private static readonly Area Whole = new(0, 0, 1000, 500);

    [Fact]
    public void Areas_are_as_the_sizes_and_fill_the_whole_without_overlapping()
    {
        var random = new Random(7);
        var assets = Enumerable
            .Range(0, 300)
            .Select(i => Asset($"/{"abc"[i % 3]}/{i % 7}/{i}.bin", random.Next(1, 100_000)))
            .ToList();
        var tree = SizeTree.Create(assets);
        var leaves = Treemap.LayOut(tree, Whole).Where(cell => !cell.IsFolder).ToList();

        Assert.Equal(assets.Sum(asset => asset.Size), leaves.Sum(leaf => leaf.Tree.Size));
        Assert.Equal(300, leaves.Sum(leaf => leaf.Tree.Files));
        Assert.All(leaves, leaf => Assert.Equal(leaf.Tree.Size * Whole.Size / tree.Size, leaf.Area.Size, 1e-3));
        Assert.All(
            leaves,
            leaf =>
                Assert.True(
                    leaf.Area.X >= -1e-6
                        && leaf.Area.Y >= -1e-6
                        && leaf.Area.X + leaf.Area.Width <= 1000 + 1e-6
                        && leaf.Area.Y + leaf.Area.Height <= 500 + 1e-6
                )
        );
        var shrunk = leaves
            .Select(leaf => new Area(
                leaf.Area.X + 1e-6,
                leaf.Area.Y + 1e-6,
                leaf.Area.Width - 2e-6,
                leaf.Area.Height - 2e-6
            ))
            .ToList();
        Assert.DoesNotContain(
            shrunk.SelectMany((one, i) => shrunk.Skip(i + 1).Select(other => (one, other))),
            pair => pair.one.Overlaps(pair.other)
        );
    }

    [Fact]
    public void The_example_of_the_paper_comes_out_as_there()
    {
        var sizes = new[] { 6, 6, 4, 3, 2, 2, 1 };
        var cells = Treemap
            .LayOut(SizeTree.Create(sizes.Select((size, i) => Asset($"/{i}", size))), new Area(0, 0, 600, 400))
            .Skip(1)
            .Select(cell => Round(cell.Area))
            .ToList();
        Assert.Equal(
            [
                new(0, 0, 300, 200),
                new(0, 200, 300, 200),
                new(300, 0, 171, 233),
                new(471, 0, 129, 233),
                new(300, 233, 120, 167),
                new(420, 233, 120, 167),
                new(540, 233, 60, 167),
            ],
            cells
        );
    }

    [Fact]
    public void A_folder_with_nothing_but_a_folder_is_one_with_it()
    {
        var tree = SizeTree.Create([Asset("/a/b/one.txt", 2), Asset("/a/b/two.txt", 1), Asset("/top.txt", 4)]);
        Assert.Equal(
            [("top.txt", "/top.txt", 4), ("a/b", "/a/b", 3L)],
            tree.Children.Select(child => (child.Name, child.Path, child.Size))
        );
    }

    [Fact]
    public void Files_too_small_to_be_seen_are_one()
    {
        var tree = SizeTree.Create([
            Asset("/large.bin", 10_000_000),
            .. Enumerable.Range(0, 50).Select(i => Asset($"/{i:00}.txt", 10)),
        ]);
        var cells = Treemap.LayOut(tree, Whole);
        Assert.Equal(["", "large.bin", "50 small files"], cells.Select(cell => cell.Tree.Name));
        Assert.Equal((50, 500L), (cells[2].Tree.Files, cells[2].Tree.Size));
    }

    [Fact]
    public void Without_sizes_there_is_nothing_to_lay_out() =>
        Assert.Empty(
            Treemap.LayOut(
                SizeTree.Create([
                    new ComparedAsset(
                        "/live.txt",
                        Visibility.Public,
                        AssetChange.Kept,
                        null,
                        null,
                        TestSid.From("ZN1")
                    ),
                ]),
                Whole
            )
        );

    private static Area Round(Area area) =>
        new(Math.Round(area.X), Math.Round(area.Y), Math.Round(area.Width), Math.Round(area.Height));

    private static ComparedAsset Asset(string path, long size) =>
        new(path, Visibility.Public, AssetChange.New, size, "assets" + path, TestSid.From("ZN1"));
}
