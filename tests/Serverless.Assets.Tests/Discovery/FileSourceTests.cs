using Serverless.Assets.Discovery;

namespace Serverless.Assets.Tests.Discovery;

public sealed class FileSourceTests : DiscoveryTest
{
    [Fact]
    public void A_named_file_is_found_with_its_relative_path_in_slashes()
    {
        var source = new FileSource(Temp.Write("dist/app.js"), "js\\app.js");
        Assert.Equal([new DiscoveredFile(source.File, "js/app.js", source)], Discover(source));
        Assert.Empty(Problems);
    }

    [Fact]
    public void A_missing_file_is_an_error_that_names_it_and_the_others_go_on()
    {
        var present = new FileSource(Temp.Write("b.txt"), "b.txt");
        var files = Discover(
            new FileSource(Temp["a.txt"], "a.txt"),
            present,
            new FileSource(Temp.Folder("folder"), "folder")
        );
        Assert.Equal([present.File], files.Select(file => file.FullPath));
        Assert.Equal(
            [("SAB2002", Temp["a.txt"]), ("SAB2002", Temp["folder"])],
            Problems.Select(problem => (problem.Code, problem.File))
        );
        Assert.Equal(
            $"The asset '{Temp["a.txt"]}' does not exist. Create it, or correct the Include of its ServerlessAsset item.",
            Problems[0].Message
        );
    }

    [Theory]
    [InlineData(".env")]
    [InlineData("sub/.hidden/a.txt")]
    [InlineData("sub\\.hidden\\a.txt")]
    [InlineData("Thumbs.db")]
    [InlineData(".well-known")]
    public void A_hidden_name_is_left_out_when_a_pattern_found_it(string relativePath)
    {
        var file = Temp.Write("file");
        Assert.Empty(Discover(new FileSource(file, relativePath, FoundByPattern: true)));
        Assert.Equal(
            [relativePath.Replace('\\', '/')],
            Discover(new FileSource(file, relativePath)).Select(found => found.RelativePath)
        );
        Assert.Empty(Problems);
    }

    [Theory]
    [InlineData("a.txt")]
    [InlineData(".well-known/security.txt")]
    [InlineData("desktop.ini/a.txt")]
    public void Any_other_name_is_taken_when_a_pattern_found_it(string relativePath) =>
        Assert.Single(Discover(new FileSource(Temp.Write("file"), relativePath, FoundByPattern: true)));

    [Fact]
    public void A_file_that_two_items_name_appears_twice_in_their_order()
    {
        var file = Temp.Write("assets/a.txt");
        Assert.Equal(
            ["a.txt", "b.txt"],
            Discover(new FileSource(file, "a.txt"), new FileSource(file, "b.txt")).Select(found => found.RelativePath)
        );
    }

    [Fact]
    public void A_file_that_a_folder_and_an_item_name_appears_twice()
    {
        var item = new FileSource(Temp.Write("assets/sub/a.txt"), "a.txt");
        var files = Discover(item, new FolderSource(Temp["assets"], [], []));
        Assert.Equal(["a.txt", "sub/a.txt"], files.Select(file => file.RelativePath));
        Assert.Empty(Problems);
    }

    [Fact]
    public void Two_folders_that_hold_one_file_both_have_it()
    {
        Write("assets/sub/a.txt");
        Assert.Equal(
            2,
            Discover(new FolderSource(Temp["assets"], [], []), new FolderSource(Temp["assets/sub"], [], [])).Count
        );
    }

    [Fact]
    public void Of_the_default_folders_assets_comes_first_then_static()
    {
        Assert.Empty(DefaultFolders.Find(Temp.Path));
        Temp.Folder("static");
        Assert.Equal([Temp["static"]], Folders());
        Temp.Folder("assets");
        Assert.Equal([Temp["assets"]], Folders());

        IEnumerable<string> Folders() =>
            DefaultFolders.Find(Temp.Path).Cast<FolderSource>().Select(source => source.Folder);
    }
}
