using Serverless.Assets.Diagnostics;
using Serverless.Assets.Discovery;
using Serverless.Assets.Settings;

namespace Serverless.Assets.Tests.Discovery;

public sealed class GlobTests : DiscoveryTest
{
    [Theory]
    [InlineData("**/*.{md,bak}", "a.md|x/y/b.BAK|c.Md", "a.txt|md|a.mdx")]
    [InlineData("*.{html,h{t,x}m}", "a.html|a.htm|a.hxm", "a.css|x/a.html|a.h")]
    [InlineData("{css,js}/**", "css/a.css|js/x/b.js", "a.css|jsx/b.js")]
    [InlineData("{a.txt, b.txt}", "a.txt|b.txt", "c.txt")]
    [InlineData("a{,.min}.js", "a.js|a.min.js", "a.max.js")]
    [InlineData("{x/,}a.txt", "a.txt|x/a.txt", "y/a.txt|x/b.txt")]
    [InlineData("x/{y,}/a.txt", "x/y/a.txt|x/a.txt", "a.txt|x/z/a.txt")]
    [InlineData("a{b,{c,}}", "a|ab|ac", "b|ad|a/b")]
    [InlineData("{a}.txt", "{a}.txt", "a.txt")]
    [InlineData("[{]a,b[}].txt", "{a,b}.txt", "a.txt|[{]a.txt")]
    [InlineData("internal[0-9]/**", "internal1/a.txt|INTERNAL9/x/b.txt", "internal/a.txt|internal10/a.txt|internalx/a")]
    [InlineData("[!a-c].txt", "d.txt|-.txt", "a.txt|B.txt|dd.txt")]
    [InlineData("[^a-c].txt", "d.txt", "a.txt")]
    [InlineData("[A-C].txt", "a.txt|B.txt", "d.txt")]
    [InlineData("[[:digit:]_]*.txt", "1.txt|_a.txt", "a.txt")]
    [InlineData("[]-].txt", "].txt|-.txt", "a.txt")]
    [InlineData("[slug].html", "[slug].html|s.html", "slug.html|x.html")]
    [InlineData("blog/[...slug]/*", "blog/[...slug]/a.html|blog/s/a.html", "blog/slug/a.html")]
    [InlineData("[[]slug].html", "[slug].html", "s.html")]
    [InlineData("file?.txt", "file1.txt|fileé.txt|file🎵.txt", "file.txt|file12.txt|file/.txt")]
    [InlineData("./a.txt", "a.txt", "x/a.txt")]
    [InlineData("./x/./y//*.txt", "x/y/a.txt", "x/a.txt|x/y/z/a.txt")]
    [InlineData(".", "a.txt|x/y/a.txt", "")]
    [InlineData("x/", "x/a.txt|x/y/b.txt", "a.txt|y/x/a.txt")]
    [InlineData("x\\*.txt", "x/a.txt", "a.txt|x/y/a.txt")]
    [InlineData("  x/*  ", "x/a.txt", "a.txt")]
    [InlineData("*.*", "a.txt|README", "x/a.txt")]
    [InlineData("**.txt", "a.txt|x/y/a.txt", "a.css")]
    [InlineData("x/**.txt", "x/a.txt|x/y/a.txt", "a.txt")]
    [InlineData("**/x/**/a.txt", "x/a.txt|y/x/a.txt|y/x/z/z/a.txt", "a.txt|x/b.txt")]
    [InlineData("a**b", "ab|axxb", "a/b|ax/b")]
    [InlineData("ÄÖ*.TXT", "äö.txt", "ao.txt")]
    [InlineData("a+b(c)^$.txt", "a+b(c)^$.txt", "aab.txt")]
    [InlineData("#a.txt", "#a.txt", "a.txt")]
    [InlineData("a (1).txt", "a (1).txt", "a 1.txt")]
    [InlineData("a,b.txt", "a,b.txt", "b.txt|a.txt")]
    [InlineData("x, y/(a,b).txt", "x, y/(a,b).txt", "x")]
    [InlineData("* (1).*", "a (1).txt", "a 1.txt")]
    [InlineData("*[,]*.txt", "a,b.txt", "ab.txt")]
    [InlineData("*.a,b", "x.a,b", "x.a")]
    [InlineData("*[(]1).txt", "a(1).txt", "a1.txt")]
    [InlineData("{a[,]b,c}.txt", "a,b.txt|c.txt", "a.txt|b.txt")]
    [InlineData("[@](a).txt", "@(a).txt", "a.txt")]
    [InlineData("[\"]a[\"]*", "\"a\"", "a")]
    [InlineData("it's.txt", "it's.txt", "its.txt")]
    [InlineData("5\" disk.txt", "5\" disk.txt", "5 disk.txt")]
    public void A_pattern_matches_what_users_of_MSBuild_git_and_shells_expect(
        string pattern,
        string matching,
        string others
    )
    {
        var glob = Glob.Parse(pattern);
        Assert.All(Split(matching), path => Assert.True(glob.Matches(path), path));
        Assert.All(Split(others), path => Assert.False(glob.Matches(path), path));
    }

    [Theory]
    [InlineData("!a.txt", "a '!' does not negate a pattern", "pattern to exclude")]
    [InlineData("a[0-9.txt", "'a[0-9.txt' has a '[' without a ']'", "[[]")]
    [InlineData("a[x/y]b", "'a[x' has a '[' without a ']'", "[0-9]")]
    [InlineData("[9-0].txt", "the range 9-0 is empty", "Write 0-9")]
    [InlineData("[[:number:]].txt", "'[[:number:]].txt' has an unknown or incomplete class", "[[:digit:]]")]
    [InlineData("[[:😀:]].txt", "'[[:😀:]].txt' has an unknown or incomplete class", "[[:digit:]]")]
    [InlineData("**/*.{md,bak", "a '{' has no '}' after it", "{a,b}")]
    [InlineData("**/*.md}", "a '}' has no '{' before it", "[}]")]
    [InlineData("page{1..9}.html", "a range such as {1..3} is not supported", "[1-3]")]
    [InlineData("@(secret|x).bak", "'@(' is not supported", "{a,b}")]
    [InlineData("x/?(secret|x).bak", "'?(' is not supported", "{a,b}")]
    [InlineData("+(secret).bak", "'+(' is not supported", "{a,b}")]
    [InlineData("*(secret).bak", "'*(' is not supported", "[(]")]
    [InlineData("**/*(a|b)", "'*(' is not supported", "{a,b}")]
    [InlineData("x/!(a|b).txt", "'!(' is not supported", "{a,b}")]
    [InlineData("!(a|b).txt", "a '!' does not negate", "exclude")]
    [InlineData("{css,@(a|b)}/x", "'@(' is not supported", "{a,b}")]
    [InlineData("*.(bak|tmp)", "a '|' separates nothing here", "{a,b}")]
    [InlineData("(a|b).txt", "a '|' separates nothing here", "[|]")]
    [InlineData("*.bak|*.tmp", "a '|' separates nothing here", "{a,b}")]
    [InlineData("*.bak,*.tmp", "a ',' separates nothing here", "[,]")]
    [InlineData("**/*.bak, secret.txt", "a ',' separates nothing here", "several patterns")]
    [InlineData("a.txt,[bc].txt", "a ',' separates nothing here", "several patterns")]
    [InlineData("{a,b}.txt,c.txt", "a ',' separates nothing here", "several patterns")]
    [InlineData("\"*.bak\"", "it begins or ends with a quotation mark", "Remove it")]
    [InlineData("'*.bak'", "it begins or ends with a quotation mark", "Remove it")]
    [InlineData("\"*.bak", "it begins or ends with a quotation mark", "Remove it")]
    [InlineData("*.tmp'", "it begins or ends with a quotation mark", "Remove it")]
    [InlineData("{*.zzz,}", "an empty alternative in '{*.zzz,}' leaves no name", "**")]
    [InlineData("{,*.zzz}", "an empty alternative", "without it")]
    [InlineData("{,}", "an empty alternative", "without it")]
    [InlineData("{*.zzz, }", "an empty alternative", "without it")]
    [InlineData("{*.zzz,{b,}}", "an empty alternative", "without it")]
    [InlineData("{,a}{,b}", "an empty alternative", "without it")]
    [InlineData("./{*.zzz,}", "an empty alternative", "without it")]
    [InlineData("css\\{*.css,}", "an empty alternative", "without it")]
    [InlineData(
        "{a,b}{a,b}{a,b}{a,b}{a,b}{a,b}{a,b}{a,b}{a,b}{a,b}{a,b}{a,b}",
        "more than 1000 alternatives",
        "several"
    )]
    public void A_pattern_that_is_not_valid_is_an_error_that_shows_how_to_write_it(
        string pattern,
        string problem,
        string remedy
    )
    {
        Write("a.txt");
        Assert.Equal(["a.txt"], Find(excludes: [pattern]));
        DiagnosticAssert.SingleError(
            Problems,
            "SAB2033",
            null,
            $"The pattern '{pattern}' in ExcludePatterns is not valid: ",
            problem,
            remedy
        );
    }

    [Theory]
    [InlineData("{a,", "}")]
    [InlineData("{", "}")]
    [InlineData("[", "")]
    [InlineData("../", "")]
    public void A_pattern_that_is_too_long_is_an_error_and_not_a_stack_overflow(string start, string end)
    {
        Write("a.txt");
        var pattern = string.Concat(Enumerable.Repeat(start, 100_000).Concat(Enumerable.Repeat(end, 100_000)));
        Assert.Equal(["a.txt"], Find(excludes: [pattern]));
        DiagnosticAssert.SingleError(Problems, "SAB2033", null, "it has more than 1000 characters", "several");
    }

    [Theory]
    [InlineData("{", "a", "}")]
    [InlineData("{a,", "b", "}")]
    [InlineData("a{", "x", ",b}")]
    [InlineData("**/", "a", "")]
    [InlineData("*a", "", "")]
    [InlineData("[a-", "z", "]")]
    [InlineData("{[", "", "]}")]
    public void A_pattern_of_the_greatest_length_takes_no_time(string start, string middle, string end)
    {
        var count = 990 / (start.Length + end.Length);
        var pattern = string.Concat([.. Enumerable.Repeat(start, count), middle, .. Enumerable.Repeat(end, count)]);
        var started = TimeProvider.System.GetTimestamp();
        try
        {
            Glob.Parse(pattern).Matches(string.Concat(Enumerable.Repeat("aaaa/", 50)) + "b");
        }
        catch (FormatException)
        {
            // Not all of them are valid.
        }

        Assert.InRange(TimeProvider.System.GetElapsedTime(started).TotalSeconds, 0, 5);
    }

    [Theory]
    [InlineData("")]
    [InlineData(" ")]
    [InlineData("{*.zzz,}")]
    [InlineData("{a/,}{b,}")]
    [InlineData("/")]
    [InlineData("../")]
    [InlineData("..\\../")]
    [InlineData("\0")]
    [InlineData("{*.zzz,\0}")]
    public void A_pattern_without_a_name_does_not_match_every_name(string pattern)
    {
        Assert.ThrowsAny<FormatException>(() => Glob.Parse(pattern));
        Assert.ThrowsAny<FormatException>(() => Glob.ParseNameOrPath(pattern));
    }

    [Fact]
    public void An_empty_alternative_selects_no_files()
    {
        Write("a.txt", "b.zzz");
        Assert.Empty(Find(["{*.zzz,}"]));
        DiagnosticAssert.SingleError(Problems, "SAB2033", null, "'{*.zzz,}' in Patterns");
    }

    [Fact]
    public void A_half_of_a_surrogate_pair_is_some_character()
    {
        Assert.True(Glob.Parse("a\ud800[\ud83d-\udfff]{b,\udc00}").Matches("a\udc00\ud800b"));
        Assert.Throws<FormatException>(() => Glob.Parse("[[:\ud800:]]"));
        Assert.Throws<FormatException>(() => Glob.Parse("[\ud800-a]"));
    }

    [Fact]
    public void An_include_pattern_that_is_not_valid_is_an_error_too_and_the_others_go_on()
    {
        Write("a.txt", "b.txt");
        Assert.Equal(["a.txt"], Find(["a.txt", "[b.txt"]));
        DiagnosticAssert.SingleError(Problems, "SAB2033", null, "'[b.txt' in Patterns");
        Assert.Empty(Find(["[b.txt"]));
    }

    [Theory]
    [InlineData("/drafts/**")]
    [InlineData("\\drafts\\**")]
    [InlineData("C:/drafts/**")]
    [InlineData("C:\\drafts\\**")]
    [InlineData("{css,../drafts}/**")]
    [InlineData("css/{.,..}/../*")]
    public void A_pattern_that_leads_out_is_an_error_in_any_spelling(string pattern)
    {
        Write("a.txt");
        Assert.Equal(["a.txt"], Find(excludes: [pattern]));
        DiagnosticAssert.SingleError(Problems, "SAB2006", Temp.Path, $"'{pattern}'", "no '/' at the start");
    }

    [Fact]
    public void Exclude_patterns_with_braces_and_classes_exclude()
    {
        Write("index.html", "readme.md", "x/old.bak", "internal7/a.txt", "internal/b.txt");
        Assert.Equal(["index.html", "internal/b.txt"], Find(excludes: ["**/*.{md,bak}", "internal[0-9]/**"]));
        Assert.Equal(["index.html", "internal/b.txt"], Find(excludes: ["**/*.{md,bak}", "internal[0-9]"]));
        Assert.Empty(Problems);
    }

    [Fact]
    public void A_name_in_braces_is_an_exact_name()
    {
        Write(".nojekyll", ".env", "CNAME");
        Assert.Equal([".nojekyll", "CNAME"], Find(["{.nojekyll,CNAME}"]));
        Assert.Empty(Find([".en?", ".en[v]"]));
    }

    [Fact]
    public void A_pattern_that_has_no_effect_is_mentioned_in_a_detailed_log()
    {
        Write("a.txt", ".git/config", "drafts/b.md");
        var logger = new RecordingLogger();
        AssetDiscovery.Discover(
            new CollectRequest
            {
                Settings = new SettingValues(new ProjectContext(Project)),
                Sources =
                [
                    new FolderSource(Temp.Path, ["*.txt", "*.tkt", "drafts/**"], ["drafts/", "**/*.bak", ".git/**"]),
                ],
            },
            webRoot: null,
            Problems,
            logger,
            TestContext.Current.CancellationToken
        );
        Assert.Equal(
            [
                $"The pattern '*.tkt' in Patterns selects no file in '{Temp.Path}'",
                $"The pattern 'drafts/**' in Patterns selects no file in '{Temp.Path}'",
                $"The pattern '**/*.bak' in ExcludePatterns has no effect: it matches nothing in '{Temp.Path}' that is not left out anyway",
                $"The pattern '.git/**' in ExcludePatterns has no effect: it matches nothing in '{Temp.Path}' that is not left out anyway",
            ],
            logger.MessagesOf(LogLevel.Detail)
        );
    }

    [Fact]
    public void Folders_in_which_nothing_can_match_are_not_searched()
    {
        Assert.SkipWhen(
            OperatingSystem.IsWindows(),
            "Windows lets only administrators and developers make symbolic links."
        );
        Write("index.html", "css/a.css", "secret/key.txt");
        Temp.LinkToFolder("other", "/");
        Temp.LinkToFolder("css/out", "/");
        Assert.Equal(["css/a.css", "index.html"], Find(["*.html", "css/*"], ["css/out"]));
        Assert.Empty(Problems);
    }

    private static string[] Split(string list) => list.Split('|', StringSplitOptions.RemoveEmptyEntries);
}
