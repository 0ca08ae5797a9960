using Serverless.Assets.Client;
using Serverless.Assets.Diagnostics;
using Serverless.Assets.Files;
using Serverless.Assets.Mapping;
using Serverless.Assets.Tests.Support;
using Serverless.Assets.Validation;

namespace Serverless.Assets.Tests.Validation;

public sealed class AssetValidatorTests
{
    private readonly List<Diagnostic> _problems = [];

    [Fact]
    public void A_path_of_255_characters_passes()
    {
        Validate(SomeAsset.Of(PathOf(255)));
        Assert.Empty(_problems);
    }

    [Fact]
    public void A_path_of_256_characters_is_an_error()
    {
        var asset = SomeAsset.Of(PathOf(256));
        Validate(asset);
        DiagnosticAssert.SingleError(
            _problems,
            "SAB2007",
            asset.File,
            $"'{asset.DisplayPath}'",
            "256 characters",
            $"'{asset.Path}'",
            "at most 255",
            "Shorten"
        );
    }

    [Theory]
    [InlineData("/index.html")]
    [InlineData("/-._~!*=/AZaz09")]
    [InlineData("/.well-known/security.txt")]
    [InlineData("/a.b/...txt")]
    [InlineData("/...")]
    public void A_path_that_fits_into_a_URL_passes(string path)
    {
        Validate(SomeAsset.Of(path));
        Assert.Empty(_problems);
    }

    [Theory]
    [InlineData("/our menu.txt", "a blank")]
    [InlineData("/a;b", "';'")]
    [InlineData("/a,b", "','")]
    [InlineData("/a?b", "'?'")]
    [InlineData("/a:b", "':'")]
    [InlineData("/a@b", "'@'")]
    [InlineData("/a+b", "'+'")]
    [InlineData("/a&b", "'&'")]
    [InlineData("/a$b", "'$'")]
    [InlineData("/a(b)", "'(', ')'")]
    [InlineData("/a'b", "'''")]
    [InlineData("/a\"b", "'\"'")]
    [InlineData("/a#b", "'#'")]
    [InlineData("/a%20b", "'%'")]
    [InlineData("/a\\b", "'\\'")]
    [InlineData("/a<b>|^`{}[]", "'<', '>', '|', '^', '`', '{', '}', '[', ']'")]
    [InlineData("/caf\u00e9.txt", "'\u00e9'")]
    [InlineData("/a\tb", "'\\u0009'")]
    [InlineData("/a b c+d+", "a blank, '+'")]
    [InlineData("/smile\U0001F600.png", "'\U0001F600'")]
    public void Any_other_character_is_an_error_that_names_it_once(string path, string named)
    {
        var asset = SomeAsset.Of(path);
        Validate(asset);
        DiagnosticAssert.SingleError(
            _problems,
            "SAB2008",
            asset.File,
            $"'{LogSanitizer.Escape(asset.DisplayPath)}'",
            $"'{LogSanitizer.Escape(path)}', which holds {named}: allowed are",
            "Rename the file",
            "ServerlessAssetsPathCharacters=Dash"
        );
    }

    [Theory]
    [InlineData("/")]
    [InlineData("/sub/")]
    [InlineData("/sub//a.txt")]
    [InlineData("/./a.txt")]
    [InlineData("/sub/../a.txt")]
    [InlineData("/..")]
    public void An_empty_segment_and_one_of_dots_is_an_error(string path)
    {
        var asset = SomeAsset.Of(path);
        Validate(asset);
        DiagnosticAssert.SingleError(
            _problems,
            "SAB2009",
            asset.File,
            $"'assets{path}'",
            $"'{path}'",
            "Mend its AssetPath or PathPrefix"
        );
    }

    [Theory]
    [InlineData("Public", 25)]
    [InlineData("Protected", 25)]
    [InlineData("Private", 10)]
    public void A_file_may_have_exactly_as_many_bytes_as_the_limit_and_not_one_more(string name, int megabytes)
    {
        using var temp = new TempFolder();
        var visibility = Enum.Parse<Visibility>(name);
        var limit = megabytes * 1024L * 1024;
        Check(temp.WriteSparse("a.bin", limit));
        Assert.Empty(_problems);

        var large = temp.WriteSparse("b.bin", limit + 1);
        Check(large);
        DiagnosticAssert.SingleError(
            _problems,
            "SAB2012",
            large,
            "'assets/x.bin'",
            $"{limit + 1} bytes",
            $"a {visibility.ToWireValue()} asset has at most {limit} ({megabytes} MB)",
            "Make it smaller"
        );

        void Check(string file) =>
            new AssetValidator(new PhysicalFileSystem(), _problems).Validate(
                [new LocalAsset(file, "assets/x.bin", "/x.bin", visibility, "x/x")],
                TestContext.Current.CancellationToken
            );
    }

    [Fact]
    public void An_empty_file_is_an_error_and_one_byte_is_enough()
    {
        using var temp = new TempFolder();
        var empty = SomeAsset.In(temp, "/empty.txt", "");
        new AssetValidator(new PhysicalFileSystem(), _problems).Validate(
            [empty, SomeAsset.In(temp, "/one.txt", "1")],
            TestContext.Current.CancellationToken
        );
        DiagnosticAssert.SingleError(
            _problems,
            "SAB2013",
            empty.File,
            "'assets/empty.txt'",
            "0 bytes",
            "at least 1 byte",
            "exclude it"
        );
    }

    [Fact]
    public void The_size_of_a_link_is_that_of_its_target()
    {
        Assert.SkipWhen(
            OperatingSystem.IsWindows(),
            "Windows lets only administrators and developers make symbolic links."
        );
        using var temp = new TempFolder();
        var link = temp.LinkToFile("link.bin", temp.WriteSparse("large.bin", (25 * 1024 * 1024) + 1));
        new AssetValidator(new PhysicalFileSystem(), _problems).Validate(
            [new LocalAsset(link, "link.bin", "/link.bin", Visibility.Public, "x/x")],
            TestContext.Current.CancellationToken
        );
        DiagnosticAssert.SingleError(_problems, "SAB2012", link);
    }

    [Fact]
    public void A_file_that_vanished_is_an_error_and_so_are_links_without_a_target_and_in_a_circle()
    {
        Assert.SkipWhen(
            OperatingSystem.IsWindows(),
            "Windows lets only administrators and developers make symbolic links."
        );
        using var temp = new TempFolder();
        string[] files =
        [
            temp["gone.txt"],
            temp.LinkToFile("dangling", "nothing"),
            temp.LinkToFile("one", "two"),
            temp.LinkToFile("two", "one"),
        ];
        new AssetValidator(new PhysicalFileSystem(), _problems).Validate(
            [
                .. files.Select(file => new LocalAsset(
                    file,
                    Path.GetFileName(file),
                    "/" + Path.GetFileName(file),
                    Visibility.Public,
                    "x/x"
                )),
            ],
            TestContext.Current.CancellationToken
        );
        DiagnosticAssert.Same(
            _problems,
            [.. files.Select(file => DiscoveryDiagnostics.FileVanished(Path.GetFileName(file), file))]
        );
    }

    [Fact]
    public void Two_files_on_one_path_are_an_error_that_names_both_and_a_third_is_another()
    {
        LocalAsset[] assets = [At("a.txt"), At("b.txt"), At("c.txt")];
        Validate(assets);
        DiagnosticAssert.Same(
            _problems,
            DiscoveryDiagnostics.SamePath("b.txt", "a.txt", "/x.txt", "/project/b.txt"),
            DiscoveryDiagnostics.SamePath("c.txt", "a.txt", "/x.txt", "/project/c.txt")
        );
        Assert.Equal(
            "'b.txt' and 'a.txt' both map to the path '/x.txt'. Rename one, or give it an AssetPath of its own.",
            _problems[0].Message
        );

        static LocalAsset At(string file) => new("/project/" + file, file, "/x.txt", Visibility.Public, "x/x");
    }

    [Fact]
    public void Paths_that_differ_only_in_case_are_an_error_that_names_both()
    {
        Validate(SomeAsset.Of("/Logo.svg"), SomeAsset.Of("/logo.svg", Visibility.Private));
        DiagnosticAssert.Same(
            _problems,
            DiscoveryDiagnostics.SamePathButCase(
                "assets/logo.svg",
                "/logo.svg",
                "assets/Logo.svg",
                "/Logo.svg",
                "/project/assets/logo.svg"
            )
        );
        Assert.Contains(
            "'assets/logo.svg' maps to '/logo.svg' and 'assets/Logo.svg' to '/Logo.svg'",
            _problems[0].Message,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void A_Build_takes_1000_public_and_protected_assets_and_50_private_ones()
    {
        Validate([
            .. Many(600, Visibility.Public, "/a/"),
            .. Many(400, Visibility.Protected, "/b/"),
            .. Many(50, Visibility.Private, "/c/"),
        ]);
        Assert.Empty(_problems);
    }

    [Fact]
    public void One_more_of_each_is_an_error_that_names_the_heaviest_folders()
    {
        Validate([
            .. Many(1, Visibility.Public, "/"),
            .. Many(500, Visibility.Public, "/b/"),
            .. Many(490, Visibility.Protected, "/a/"),
            .. Many(10, Visibility.Public, "/b/sub/"),
            .. Many(51, Visibility.Private, "/c/"),
        ]);
        DiagnosticAssert.Same(
            _problems,
            DiscoveryDiagnostics.TooManyAssets(
                1001,
                "public and protected",
                1000,
                "/b/ (500), /a/ (490), /b/sub/ (10)"
            ),
            DiscoveryDiagnostics.TooManyAssets(51, "private", 50, "/c/ (51)")
        );
        Assert.Equal(
            "51 private assets: one Build holds at most 50, so 1 are too many. The folders with most files: /c/ (51). Exclude files with ExcludePatterns or .serverlessignore.",
            _problems[1].Message
        );
    }

    [Fact]
    public void Everything_that_is_wrong_is_told_at_once()
    {
        Validate(SomeAsset.Of("/a b"), SomeAsset.Of("/sub//" + new string('x', 250)), SomeAsset.Of("/A B"));
        Assert.Equal(
            ["SAB2008", "SAB2007", "SAB2009", "SAB2008", "SAB2011"],
            _problems.Select(problem => problem.Code)
        );
    }

    private static string PathOf(int length) => "/" + new string('x', length - 1);

    private static IEnumerable<LocalAsset> Many(int count, Visibility visibility, string folder) =>
        Enumerable.Range(0, count).Select(i => SomeAsset.Of($"{folder}{i}-{visibility}", visibility));

    /// <summary>All files have one byte.</summary>
    private void Validate(params LocalAsset[] assets) =>
        new AssetValidator(new FaultyFiles { OnStat = _ => new FileStamp(1, default, "") }, _problems).Validate(assets);
}
