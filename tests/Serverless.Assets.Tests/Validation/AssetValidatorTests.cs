using Serverless.Assets.Client;
using Serverless.Assets.Diagnostics;
using Serverless.Assets.Files;
using Serverless.Assets.Mapping;
using Serverless.Assets.Validation;

namespace Serverless.Assets.Tests.Validation;

public sealed class AssetValidatorTests
{
    private readonly DiagnosticBag _problems = [];

    [Fact]
    public void A_path_of_255_characters_passes()
    {
        Validate(TestFile.At(PathOf(255)));
        Assert.Empty(_problems);
    }

    [Fact]
    public void A_path_of_256_characters_is_an_error()
    {
        var asset = TestFile.At(PathOf(256));
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
        Validate(TestFile.At(path));
        Assert.Empty(_problems);
    }

    [Theory]
    [InlineData("/our menu.txt", "a space")]
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
    [InlineData("/a b c+d+", "a space, '+'")]
    [InlineData("/smile\U0001F600.png", "'\U0001F600'")]
    public void Any_other_character_is_an_error_that_names_it_once(string path, string named)
    {
        var asset = TestFile.At(path);
        Validate(asset);
        DiagnosticAssert.SingleError(
            _problems,
            "SAB2008",
            asset.File,
            $"'{LogSanitizer.Escape(asset.DisplayPath)}'",
            $"'{LogSanitizer.Escape(path)}', which contains {named}: only letters, digits and ",
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
        var asset = TestFile.At(path);
        Validate(asset);
        DiagnosticAssert.SingleError(
            _problems,
            "SAB2009",
            asset.File,
            $"'assets{path}'",
            $"'{path}'",
            "Correct AssetPath or PathPrefix"
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
            $"a {visibility.ToWireValue()} asset can have at most {limit} bytes ({megabytes} MB)",
            "Reduce its size"
        );

        void Check(string file) =>
            new AssetValidator(new PhysicalFileSystem(), ServiceLimits.Error, _problems).Validate(
                [TestFile.Create(file, "assets/x.bin", "/x.bin", visibility)],
                TestContext.Current.CancellationToken
            );
    }

    [Fact]
    public void An_empty_file_is_an_error_and_one_byte_is_enough()
    {
        using var temp = new TempFolder();
        var empty = TestFile.Write(temp, "/empty.txt", "");
        new AssetValidator(new PhysicalFileSystem(), ServiceLimits.Error, _problems).Validate(
            [empty, TestFile.Write(temp, "/one.txt", "1")],
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
        new AssetValidator(new PhysicalFileSystem(), ServiceLimits.Error, _problems).Validate(
            [TestFile.Create(link, "link.bin", "/link.bin")],
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
        new AssetValidator(new PhysicalFileSystem(), ServiceLimits.Error, _problems).Validate(
            [.. files.Select(file => TestFile.Create(file, Path.GetFileName(file), "/" + Path.GetFileName(file)))],
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
        MappedFile[] assets = [At("a.txt"), At("b.txt"), At("c.txt")];
        Validate(assets);
        DiagnosticAssert.Same(
            _problems,
            DiscoveryDiagnostics.SamePath("b.txt", "a.txt", "/x.txt", "/project/b.txt"),
            DiscoveryDiagnostics.SamePath("c.txt", "a.txt", "/x.txt", "/project/c.txt")
        );
        Assert.Equal(
            "'b.txt' and 'a.txt' both map to the path '/x.txt'. Rename one of them, or set its AssetPath.",
            _problems[0].Message
        );

        static MappedFile At(string file) => TestFile.Create("/project/" + file, file, "/x.txt");
    }

    [Fact]
    public void Paths_that_differ_only_in_case_are_an_error_that_names_both()
    {
        Validate(TestFile.At("/Logo.svg"), TestFile.At("/logo.svg", Visibility.Private));
        DiagnosticAssert.Same(
            _problems,
            DiscoveryDiagnostics.PathsDifferOnlyInCase(
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
                service: null,
                1000,
                "/b/ (500), /a/ (490), /b/sub/ (10)",
                hasRootIndexCopy: false,
                ServiceLimits.Error
            ),
            DiscoveryDiagnostics.TooManyAssets(
                51,
                "private",
                service: null,
                50,
                "/c/ (51)",
                hasRootIndexCopy: false,
                ServiceLimits.Error
            )
        );
        Assert.Equal(
            "There are 51 private assets: a Build can have at most 50, so 1 are too many. Largest folders: /c/ (51). Exclude files with ExcludePatterns or .serverlessignore, or send folders to other Services with ServerlessAssetsServiceRules. If the limits of your account are different, set ServerlessAssetsServiceLimits=Warn.",
            _problems[1].Message
        );
    }

    [Fact]
    public void Counts_and_sizes_that_the_account_may_allow_are_warnings_and_other_limits_stay_errors()
    {
        MappedFile[] mapped =
        [
            .. Many(51, Visibility.Private, "/c/"),
            TestFile.At("/large.bin"),
            TestFile.At("/" + new string('x', 255)),
        ];
        var files = new FaultyFiles
        {
            OnStat = file => new FileStamp(
                file.EndsWith("large.bin", StringComparison.Ordinal) ? 26_214_401 : 1,
                default,
                ""
            ),
        };

        var assets = new AssetValidator(files, ServiceLimits.Warn, _problems).Validate(
            mapped,
            TestContext.Current.CancellationToken
        );

        Assert.Equal(52, assets.Count);
        Assert.Equal(
            ["Warning SAB2012", "Error SAB2007", "Warning SAB2014"],
            _problems.Select(problem => $"{problem.Severity} {problem.Code}")
        );
        Assert.DoesNotContain("ServerlessAssetsServiceLimits", _problems[0].Message, StringComparison.Ordinal);
    }

    [Fact]
    public void All_problems_are_reported_together()
    {
        Validate(TestFile.At("/a b"), TestFile.At("/sub//" + new string('x', 250)), TestFile.At("/A B"));
        Assert.Equal(
            ["SAB2008", "SAB2007", "SAB2009", "SAB2008", "SAB2011"],
            _problems.Select(problem => problem.Code)
        );
    }

    private static string PathOf(int length) => "/" + new string('x', length - 1);

    private static IEnumerable<MappedFile> Many(int count, Visibility visibility, string folder) =>
        Enumerable.Range(0, count).Select(i => TestFile.At($"{folder}{i}-{visibility}", visibility));

    /// <summary>Validates with a file size of one byte each.</summary>
    private void Validate(params MappedFile[] assets) =>
        new AssetValidator(
            new FaultyFiles { OnStat = _ => new FileStamp(1, default, "") },
            ServiceLimits.Error,
            _problems
        ).Validate(assets);
}
