using Serverless.Assets.Diagnostics;

namespace Serverless.Assets.Tests.Diagnostics;

public sealed class LogSanitizerTests
{
    [Theory]
    [InlineData("plain text, café, 日本語, 😀", "plain text, café, 日本語, 😀")]
    [InlineData("", "")]
    [InlineData("a\nb\r\nc\td", "a\\u000ab\\u000d\\u000ac\\u0009d")]
    [InlineData("\u001b[31mred\u001b[0m", "\\u001b[31mred\\u001b[0m")]
    [InlineData("\u009b31m", "\\u009b31m")]
    [InlineData("nul\0bell\a\u007f", "nul\\u0000bell\\u0007\\u007f")]
    [InlineData("line\u2028paragraph\u2029next\u0085", "line\\u2028paragraph\\u2029next\\u0085")]
    [InlineData("exe\u202etxt.gpj\u202c", "exe\\u202etxt.gpj\\u202c")]
    [InlineData("\u202a\u202b\u202d\u2066\u2067\u2068\u2069", "\\u202a\\u202b\\u202d\\u2066\\u2067\\u2068\\u2069")]
    [InlineData("##vso[task.complete]", "#\\u0023vso[task.complete]")]
    [InlineData("in the middle ##vso[x] and ##[error]y", "in the middle #\\u0023vso[x] and #\\u0023[error]y")]
    [InlineData("####", "#\\u0023\\u0023\\u0023")]
    [InlineData("# one", "# one")]
    [InlineData("::error::x", ":\\u003aerror::x")]
    [InlineData("  ::set-output name=a::b", "  :\\u003aset-output name=a::b")]
    [InlineData("\n::error::x", "\\u000a:\\u003aerror::x")]
    [InlineData("a::b", "a::b")]
    [InlineData(":a", ":a")]
    public void Terminal_and_CI_commands_are_escaped(string text, string shown) =>
        Assert.Equal(shown, LogSanitizer.Escape(text));

    [Fact]
    public void A_long_text_is_cut_after_500_characters()
    {
        Assert.Equal(new string('x', 500), LogSanitizer.Escape(new string('x', 500)));
        Assert.Equal(new string('x', 500) + "…", LogSanitizer.Escape(new string('x', 501)));
        Assert.Equal(new string('x', 499) + "…", LogSanitizer.Escape(new string('x', 499) + "😀"));
    }

    [Theory]
    [InlineData("ZS0123456789abcdef0123456789ABCDEF", true)]
    [InlineData("zb0123456789abcdef0123456789abcde", true)]
    [InlineData("SK0123456789abcdef0123456789abcdef0", true)]
    [InlineData("AC0123456789abcdef0123456789abcdef", true)]
    [InlineData("ac0123456789abcdef0123456789abcd", false)]
    [InlineData("0123456789abcdef0123456789abcdef", false)]
    [InlineData("zK3v9QmW2xRt7LpY5bNc8JhD1sFg4TaE", false)]
    [InlineData("Zb3v9QmW2xRt7LpY5bNc8JhD1sFg4TaE", false)]
    [InlineData("SK0123456789abcdef0123456789abcdeg", false)]
    [InlineData("at most 24 characters...", true)]
    public void Where_a_SID_is_expected_only_what_cannot_be_a_secret_is_shown(string value, bool isShown) =>
        Assert.Equal(isShown ? value : $"({value.Length} characters)", LogSanitizer.HideSecret(value));

    [Fact]
    public void The_words_of_a_message_stay_and_its_holes_are_escaped()
    {
        const string Name = "a\nb";
        SanitizedText inner = $"{Name}!";
        SanitizedText text = $"::ours\n {Name} {1234.5} {null as string} {0.5:0.00} {inner}";
        Assert.Equal("::ours\n a\\u000ab 1234.5  0.50 a\\u000ab!", text.ToString());
    }

    [Fact]
    public void A_value_that_must_be_complete_is_not_cut()
    {
        var path = $"/{new string('x', 600)}";
        SanitizedText text = $"in {SanitizedText.Whole(path + "\n")}. {SanitizedText.Whole("End.")}.";
        Assert.Equal($"in {path}\\u000a. End.", text.ToString());
    }

    [Fact]
    public void A_text_of_several_lines_keeps_them_and_each_is_escaped()
    {
        var line = new string('x', 600);
        Assert.Equal(
            string.Join(Environment.NewLine, line, ":\\u003aerror::y", "  #\\u0023[z]\\u001b", ""),
            SanitizedText.Lines($"{line}\r\n::error::y\n  ##[z]\u001b\n").ToString()
        );
    }

    [Fact]
    public void A_full_stop_follows_a_reason_unless_it_has_one()
    {
        SanitizedText with = $"It failed: {"The disk is full."}. Again: {"Full."}.";
        SanitizedText without = $"It failed: {"disk full"}. {"a."}.previous. {"."}{"."}";
        Assert.Equal("It failed: The disk is full. Again: Full.", with.ToString());
        Assert.Equal("It failed: disk full. a..previous. ..", without.ToString());
    }

    [Fact]
    public void Two_texts_that_say_the_same_are_equal()
    {
        SanitizedText one = $"a{1}";
        SanitizedText same = $"a1";
        SanitizedText other = $"a{2}";
        Assert.True(one == same && one.Equals((object)same) && one.GetHashCode() == same.GetHashCode());
        Assert.True(one != other && !one.Equals("a1"));
        Assert.Equal("", default(SanitizedText).ToString());
    }
}
