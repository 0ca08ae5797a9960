using Serverless.Assets.Discovery;

namespace Serverless.Assets.Tests.Discovery;

public sealed class FolderScannerTests : DiscoveryTest
{
    [Fact]
    public void Without_patterns_every_file_is_found_sorted_by_path()
    {
        Write("b.txt", "a/z.txt", "a/b/c.txt", "A.txt", "a.txt", "no-extension");
        Assert.Equal(["A.txt", "a.txt", "a/b/c.txt", "a/z.txt", "b.txt", "no-extension"], Find());
        Assert.Empty(Problems);
    }

    [Fact]
    public void A_found_file_has_its_full_path_its_relative_path_and_its_source()
    {
        Write("css/site.css");
        var source = new FolderSource(Temp.Path, [], [], "/static", "private");
        var file = Assert.Single(Discover(source));
        Assert.Equal(new DiscoveredFile(Temp["css/site.css"], "css/site.css", source), file);
    }

    [Theory]
    [InlineData("**/*.css", "css/site.css,css/deep/more.CSS")]
    [InlineData("**/*.CSS", "css/site.css,css/deep/more.CSS")]
    [InlineData("*.html", "index.html")]
    [InlineData("css/*", "css/site.css")]
    [InlineData("CSS/**", "css/site.css,css/deep/more.CSS")]
    [InlineData("css/", "css/site.css,css/deep/more.CSS")]
    [InlineData("css\\deep\\*", "css/deep/more.CSS")]
    [InlineData("INDEX.html", "index.html")]
    [InlineData("no-such-file.html", "")]
    public void Patterns_match_in_any_letter_case(string pattern, string expected)
    {
        Write("index.html", "css/site.css", "css/deep/more.CSS", "js/app.js");
        Assert.Equal(
            Split(expected),
            Find([pattern]).Order(StringComparer.OrdinalIgnoreCase).OrderBy(path => path.Count(c => c == '/'))
        );
        Assert.Empty(Problems);
    }

    [Fact]
    public void Several_patterns_find_a_file_once_and_excludes_win_over_them()
    {
        Write("a.css", "b.css", "drafts/c.css", "d.js");
        Assert.Equal(["a.css"], Find(["**/*.css", "*.css", "a.css"], ["DRAFTS/**", "b.css"]));
        Assert.Empty(Problems);
    }

    [Fact]
    public void Hidden_names_are_left_out_at_every_depth()
    {
        Write(
            "kept.txt",
            ".hidden",
            ".env",
            "sub/.gitkeep",
            ".git/config",
            "sub/.cache/file.txt",
            "Thumbs.db",
            "sub/THUMBS.DB",
            "desktop.ini",
            "sub/Desktop.ini",
            ".well-known/security.txt",
            "sub/.well-known/more.txt",
            ".well-known/.secret",
            "dot.in.name"
        );
        Assert.Equal([".well-known/security.txt", "dot.in.name", "kept.txt", "sub/.well-known/more.txt"], Find());
        Assert.Empty(Problems);
    }

    [Fact]
    public void Only_the_folder_well_known_is_kept_and_only_files_are_left_by_Windows()
    {
        Write(".well-known", "Thumbs.db/kept.txt", ".Well-Known.txt");
        Assert.Equal(["Thumbs.db/kept.txt"], Find());
    }

    [Fact]
    public void A_hidden_file_that_a_pattern_names_in_full_is_taken()
    {
        Write(".nojekyll", ".env", "sub/.gitkeep", ".config/app/settings.txt", ".config/other.txt", "Thumbs.db");
        Assert.Equal(
            [".config/app/settings.txt", ".nojekyll", "sub/.gitkeep"],
            Find([".nojekyll", "sub/.gitkeep", ".config/app/settings.txt"])
        );
        Assert.Equal(["Thumbs.db"], Find(["thumbs.DB"]));
        Assert.Empty(Problems);
    }

    [Fact]
    public void A_wildcard_names_nothing_exactly()
    {
        Write(".nojekyll", ".config/settings.txt", "shown.txt");
        Assert.Equal(["shown.txt"], Find(["*", ".*", ".config/*"]));
    }

    [Fact]
    public void A_pattern_for_one_hidden_file_does_not_bring_its_neighbours()
    {
        Write(".git/HEAD", ".git/config", ".git/refs/main", "index.html");
        Assert.Equal([".git/HEAD", "index.html"], Find(["**/*", ".git/HEAD"]));
        Assert.Empty(Find([".git/"]));
    }

    [Fact]
    public void A_missing_folder_is_an_error_that_names_it()
    {
        Assert.Empty(Find(folder: "no-such-folder"));
        DiagnosticAssert.SingleError(
            Problems,
            "SAB2001",
            Temp["no-such-folder"],
            $"'{Temp["no-such-folder"]}'",
            "does not exist",
            "Create it"
        );
    }

    [Fact]
    public void A_file_in_the_place_of_the_folder_is_an_error_too()
    {
        Write("assets");
        Assert.Empty(Find(folder: "assets"));
        DiagnosticAssert.SingleError(
            Problems,
            "SAB2001",
            Temp["assets"],
            "correct the Include of its ServerlessAssetFolder item"
        );
    }

    [Theory]
    [InlineData("../secrets/*")]
    [InlineData("css/../../secrets/*")]
    [InlineData("..\\secrets\\*")]
    [InlineData("..")]
    [InlineData("/etc/*")]
    public void A_pattern_that_leads_out_is_an_error_and_the_others_go_on(string pattern)
    {
        Write("assets/index.html", "secrets/key.txt");
        Assert.Equal(["index.html"], Find(["*.html", pattern], folder: "assets"));
        DiagnosticAssert.SingleError(
            Problems,
            "SAB2006",
            Temp["assets"],
            $"'{pattern}'",
            $"'{Temp["assets"]}'",
            "ServerlessAssetFolder item for the other folder"
        );
    }

    [Fact]
    public void An_exclude_pattern_that_leads_out_is_an_error_too()
    {
        Write("assets/index.html");
        Assert.Equal(["index.html"], Find(excludes: ["../other/*"], folder: "assets"));
        DiagnosticAssert.SingleError(Problems, "SAB2006", Temp["assets"], "'../other/*'");
    }

    [Fact]
    public void An_empty_folder_has_no_files_and_is_not_an_error()
    {
        Temp.Folder("assets/sub");
        Assert.Empty(Find(folder: "assets"));
        Assert.Empty(Problems);
    }

    private static string[] Split(string list) => list.Split(',', StringSplitOptions.RemoveEmptyEntries);
}
