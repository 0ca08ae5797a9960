using System.Text;

namespace Serverless.Assets.Tests.Discovery;

public sealed class IgnoreFileTests : DiscoveryTest
{
    [Theory]
    [InlineData("*.psd", "a.psd,sub/b.psd", "keep.txt")]
    [InlineData("drafts/", "drafts/a.txt,sub/drafts/b.txt", "keep/drafts")]
    [InlineData("drafts", "drafts/a.txt,sub/drafts/b.txt,keep/drafts", "drafts.txt")]
    [InlineData("/drafts", "drafts/a.txt", "sub/drafts/b.txt")]
    [InlineData("/*.txt", "a.txt", "sub/a.txt")]
    [InlineData("sub/*.txt", "sub/a.txt", "sub/deep/a.txt,deep/sub/a.txt")]
    [InlineData("**/temp/*.txt", "temp/a.txt,x/y/temp/b.txt", "temp/a.css")]
    [InlineData("sub/**/old.txt", "sub/old.txt,sub/x/y/old.txt", "old.txt")]
    [InlineData("*.log\n!keep.log", "a.log,sub/b.log", "keep.log,sub/keep.log")]
    [InlineData("/*\n!/public/", "a.txt,other/b.txt", "public/c.txt")]
    [InlineData("# a comment\n\n*.bak\n", "a.bak", "# a comment")]
    [InlineData("file?.txt", "file1.txt", "file.txt,file12.txt")]
    [InlineData("file[0-9].txt", "file1.txt", "filex.txt")]
    [InlineData("\\#odd.txt", "#odd.txt", "odd.txt")]
    [InlineData("trailing.txt   ", "trailing.txt", "other.txt")]
    [InlineData("blank.txt\\ ", "blank.txt ", "blank.txt")]
    [InlineData("/sub/*\n!/sub/keep/", "sub/a.txt,sub/b/c.txt", "sub/keep/d.txt")]
    [InlineData("/sub/*.txt", "sub/a.txt", "sub/deep/a.txt")]
    [InlineData("sub/**", "sub/a.txt,sub/b/c.txt", "sub.txt,other/sub/a.txt")]
    [InlineData("\\!odd.txt", "!odd.txt", "odd.txt")]
    [InlineData("a\\*.txt", "a*.txt", "ab.txt")]
    [InlineData("[!a-c].txt", "d.txt,sub/x.txt", "a.txt,b.txt")]
    [InlineData("[]-].txt", "].txt,-.txt", "a.txt")]
    [InlineData("[\nfile[.txt\n!\n/\n\\\n", "", "[,file[.txt,[.txt")]
    [InlineData("A.txt", "A.txt", "a.txt")]
    [InlineData("a.b", "a.b", "aXb")]
    public void Its_rules_are_those_of_gitignore(string rules, string ignored, string kept)
    {
        var keptFiles = kept.Split(',');
        Write([.. ignored.Split(',', StringSplitOptions.RemoveEmptyEntries), .. keptFiles]);
        Temp.Write(".serverlessignore", rules);
        Assert.Equal(keptFiles.Order(StringComparer.Ordinal), Find());
        Assert.Empty(Problems);
    }

    [Fact]
    public void A_file_in_an_ignored_folder_cannot_be_included_again()
    {
        Write("drafts/keep.txt", "index.html");
        Temp.Write(".serverlessignore", "drafts/\n!drafts/keep.txt");
        Assert.Equal(["index.html"], Find());
    }

    [Fact]
    public void Windows_line_ends_and_a_byte_order_mark_do_not_matter()
    {
        Write("a.psd", "b.bak", "index.html");
        Temp.Write(".serverlessignore", "\uFEFF*.psd\r\n*.bak\r\n");
        Assert.Equal(["index.html"], Find());
    }

    /// <summary>What <c>></c> writes in Windows PowerShell. It would exclude nothing.</summary>
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void UTF_16_is_an_error(bool isBigEndian)
    {
        Write("a.psd");
        var encoding = new UnicodeEncoding(isBigEndian, byteOrderMark: true);
        Temp.Write(".serverlessignore", [.. encoding.Preamble, .. encoding.GetBytes("*.psd\r\n")]);
        Assert.Empty(Find());
        DiagnosticAssert.SingleError(Problems, "SAB2019", Temp.Path, "it is UTF-16", "save it as UTF-8");
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void UTF_16_without_a_byte_order_mark_is_an_error(bool isBigEndian)
    {
        Write("a.psd");
        Temp.Write(".serverlessignore", new UnicodeEncoding(isBigEndian, byteOrderMark: false).GetBytes("*.psd\r\n"));
        Assert.Empty(Find());
        DiagnosticAssert.SingleError(Problems, "SAB2019", Temp.Path, "it contains null characters", "save it as UTF-8");
    }

    [Theory]
    [InlineData("secret.txt\0\n")]
    [InlineData("*.bak\n\0")]
    [InlineData("# comment \0\nsecret.txt\n")]
    public void A_null_character_is_an_error(string content)
    {
        Write("secret.txt");
        Temp.Write(".serverlessignore", content);
        Assert.Empty(Find());
        DiagnosticAssert.SingleError(Problems, "SAB2019", Temp.Path, "it contains null characters", "save it as UTF-8");
    }

    [Fact]
    public void An_exactly_named_file_is_included_even_when_ignored()
    {
        Write("drafts/next.html", "drafts/other.html");
        Temp.Write(".serverlessignore", "drafts/");
        Assert.Equal(["drafts/next.html"], Find(["drafts/next.html"]));
    }

    [Fact]
    public void It_counts_in_the_asset_folder_only()
    {
        Write("a.txt", "sub/a.txt");
        Temp.Write("sub/.serverlessignore", "*.txt");
        Assert.Equal(["a.txt", "sub/a.txt"], Find());
    }

    [Fact]
    public void It_does_not_bring_back_hidden_names()
    {
        Write(".env", "index.html");
        Temp.Write(".serverlessignore", "!.env");
        Assert.Equal(["index.html"], Find());
    }

    [Fact]
    public void An_unreadable_ignore_file_is_an_error_that_names_folder_and_file()
    {
        Write("index.html");
        var file = Temp.Write(".serverlessignore", "*.txt");
        using var held = new FileStream(file, FileMode.Open, FileAccess.ReadWrite, FileShare.None);
        Assert.Empty(Find());
        DiagnosticAssert.SingleError(Problems, "SAB2019", Temp.Path, $"'{Temp.Path}' can't be read", $"'{file}'");
    }
}
