using Serverless.Assets.Diagnostics;
using Serverless.Assets.Discovery;

namespace Serverless.Assets.Tests.Discovery;

public sealed class SymbolicLinkTests : DiscoveryTest
{
    public SymbolicLinkTests() =>
        Assert.SkipWhen(
            OperatingSystem.IsWindows(),
            "Windows lets only administrators and developers make symbolic links."
        );

    [Fact]
    public void A_link_to_a_file_outside_is_an_error_that_names_link_target_and_folder()
    {
        Write("assets/index.html", "secret.txt");
        var link = Temp.LinkToFile("assets/page.txt", Temp["secret.txt"]);
        Assert.Equal(["index.html"], Find(folder: "assets"));
        DiagnosticAssert.SingleError(
            Problems,
            "SAB2004",
            link,
            $"'{link}'",
            $"'{Temp["secret.txt"]}'",
            $"'{Temp["assets"]}'",
            "Copy the target into the folder"
        );
    }

    [Theory]
    [InlineData("../outside")]
    [InlineData("../assets-not")]
    [InlineData("..")]
    public void A_link_to_a_folder_outside_is_an_error_and_is_not_entered(string target)
    {
        Write("assets/index.html", "outside/key.txt", "assets-not/key.txt");
        var link = Temp.LinkToFolder("assets/sub", target);
        Assert.Equal(["index.html"], Find(folder: "assets"));
        var real = Path.GetFullPath(Path.Combine(Temp["assets"], target));
        DiagnosticAssert.Same(Problems, DiscoveryDiagnostics.LinkLeadsOut(link, real, Temp["assets"]));
    }

    [Fact]
    public void A_link_that_leads_out_over_another_link_is_an_error()
    {
        Write("outside/key.txt");
        var inner = Temp.LinkToFolder("assets/b", "../outside");
        var outer = Temp.LinkToFile("assets/a.txt", "b/key.txt");
        Assert.Empty(Find(folder: "assets"));
        DiagnosticAssert.Same(
            Problems.OrderBy(problem => problem.File, StringComparer.Ordinal),
            DiscoveryDiagnostics.LinkLeadsOut(outer, Temp["outside/key.txt"], Temp["assets"]),
            DiscoveryDiagnostics.LinkLeadsOut(inner, Temp["outside"], Temp["assets"])
        );
    }

    [Fact]
    public void A_link_to_nothing_outside_is_an_error()
    {
        Write("assets/index.html");
        var link = Temp.LinkToFile("assets/gone.txt", "../no-such-file");
        Assert.Equal(["index.html"], Find(folder: "assets"));
        DiagnosticAssert.Same(Problems, DiscoveryDiagnostics.LinkLeadsOut(link, Temp["no-such-file"], Temp["assets"]));
    }

    [Fact]
    public void Links_inside_are_followed()
    {
        Write("assets/v1/app.js", "assets/index.html");
        Temp.LinkToFolder("assets/latest", "v1");
        Temp.LinkToFile("assets/home.html", Temp["assets/index.html"]);
        Assert.Equal(["home.html", "index.html", "latest/app.js", "v1/app.js"], Find(folder: "assets"));
        Assert.Empty(Problems);
    }

    [Fact]
    public void The_asset_folder_itself_may_be_a_link()
    {
        Write("real/index.html", "real/sub/a.txt");
        Temp.LinkToFolder("assets", "real");
        Temp.LinkToFolder("real/again", "sub");
        Assert.Equal(["again/a.txt", "index.html", "sub/a.txt"], Find(folder: "assets"));
        Assert.Empty(Problems);
    }

    [Theory]
    [InlineData("assets/sub/deep/back", "..")]
    [InlineData("assets/sub/deep/back", "../..")]
    [InlineData("assets/self", ".")]
    public void A_link_to_a_folder_that_contains_it_is_an_error(string path, string target)
    {
        Write("assets/sub/deep/a.txt");
        var link = Temp.LinkToFolder(path, target);
        Assert.Equal(["sub/deep/a.txt"], Find(folder: "assets"));
        DiagnosticAssert.Same(
            Problems,
            DiscoveryDiagnostics.LinkCycle(
                link,
                Path.GetFullPath(Path.Combine(Path.GetDirectoryName(link)!, target)).TrimEnd('/')
            )
        );
    }

    [Fact]
    public void Two_folders_that_link_to_each_other_are_an_error_and_not_an_endless_walk()
    {
        Write("assets/a/one.txt", "assets/b/two.txt");
        var toB = Temp.LinkToFolder("assets/a/b", "../b");
        var toA = Temp.LinkToFolder("assets/b/a", "../a");
        Assert.Equal(["a/b/two.txt", "a/one.txt", "b/a/one.txt", "b/two.txt"], Find(folder: "assets"));
        DiagnosticAssert.Same(
            Problems.OrderBy(problem => problem.File, StringComparer.Ordinal),
            DiscoveryDiagnostics.LinkCycle(Path.Combine(toB, "a"), Temp["assets/a"]),
            DiscoveryDiagnostics.LinkCycle(Path.Combine(toA, "b"), Temp["assets/b"])
        );
    }

    [Fact]
    public void A_hidden_link_that_leads_out_is_nobodys_business()
    {
        Write("assets/index.html", "secret.txt");
        Temp.LinkToFile("assets/.link", Temp["secret.txt"]);
        Assert.Equal(["index.html"], Find(folder: "assets"));
        Assert.Empty(Problems);
    }

    [Fact]
    public void A_link_that_a_glob_found_and_that_leads_out_of_its_folder_is_an_error()
    {
        Write("assets/sub/a.txt", "secret.txt");
        var link = Temp.LinkToFile("assets/sub/page.txt", Temp["secret.txt"]);
        Assert.Equal(["sub/a.txt"], Globbed("sub/a.txt", "sub/page.txt"));
        DiagnosticAssert.Same(Problems, DiscoveryDiagnostics.LinkLeadsOut(link, Temp["secret.txt"], Temp["assets"]));
    }

    [Fact]
    public void A_linked_folder_that_a_glob_enters_is_reported_once()
    {
        Write("outside/deep/a.txt", "outside/deep/b.txt");
        var link = Temp.LinkToFolder("assets/sub/shared", "../../outside");
        Assert.Empty(Globbed("sub/shared/deep/a.txt", "sub\\shared/deep/b.txt"));
        DiagnosticAssert.Same(Problems, DiscoveryDiagnostics.LinkLeadsOut(link, Temp["outside"], Temp["assets"]));
    }

    [Fact]
    public void Of_a_glob_with_a_Link_of_its_own_the_folder_of_the_file_counts()
    {
        Write("secret.txt", "assets/a.txt");
        var link = Temp.LinkToFile("assets/page.txt", Temp["secret.txt"]);
        Assert.Equal(
            ["other/a.txt"],
            Discover(Found("a.txt", "other/a.txt"), Found("page.txt", "other/page.txt"))
                .Select(file => file.RelativePath)
        );
        DiagnosticAssert.Same(Problems, DiscoveryDiagnostics.LinkLeadsOut(link, Temp["secret.txt"], Temp["assets"]));
    }

    [Fact]
    public void Links_within_the_folder_of_a_glob_are_followed()
    {
        Write("real/v1/app.js");
        Temp.LinkToFolder("assets", "real");
        Temp.LinkToFolder("real/latest", "v1");
        Assert.Equal(["latest/app.js", "v1/app.js"], Globbed("latest/app.js", "v1/app.js"));
        Assert.Empty(Problems);
    }

    [Fact]
    public void A_file_named_exactly_may_be_a_link_to_anywhere()
    {
        Write("elsewhere.txt");
        var link = Temp.LinkToFile("assets/page.txt", Temp["elsewhere.txt"]);
        Assert.Single(Discover(new FileSource(link, "page.txt")));
        Assert.Empty(Problems);
    }

    private IEnumerable<string> Globbed(params string[] relativePaths) =>
        Discover([.. relativePaths.Select(path => Found(path.Replace('\\', '/'), path))])
            .Select(file => file.RelativePath);

    private FileSource Found(string file, string relativePath) =>
        new(Temp["assets/" + file], relativePath, FoundByPattern: true);
}
