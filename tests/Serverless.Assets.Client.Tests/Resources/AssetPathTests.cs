namespace Serverless.Assets.Client.Tests.Resources;

public sealed class AssetPathTests
{
    [Theory]
    [InlineData("/index.html")]
    [InlineData("/-._~!*=/AZaz09")]
    [InlineData("/...")]
    public void A_valid_path_keeps_its_text(string text)
    {
        Assert.True(AssetPath.TryParse(text, out var path));
        Assert.Equal(text, path.Value);
        Assert.Equal(text, $"{path}");
        Assert.Equal(text, path);
    }

    [Theory]
    [InlineData("", AssetPathErrors.InvalidSegment)]
    [InlineData("index.html", AssetPathErrors.InvalidSegment)]
    [InlineData("/", AssetPathErrors.InvalidSegment)]
    [InlineData("/a/../b", AssetPathErrors.InvalidSegment)]
    [InlineData("/a b", AssetPathErrors.InvalidCharacter)]
    [InlineData("//a?b", AssetPathErrors.InvalidCharacter | AssetPathErrors.InvalidSegment)]
    public void An_invalid_path_is_rejected_with_every_reason(string text, object errors)
    {
        Assert.False(AssetPath.TryParse(text, out var path));
        Assert.Null(path);
        Assert.Equal(errors, AssetPath.Check(text));
        Assert.Throws<FormatException>(() => AssetPath.Parse(text));
    }

    [Fact]
    public void Length_is_limited_to_255_characters()
    {
        Assert.True(AssetPath.TryParse("/" + new string('x', 254), out _));
        Assert.Equal(AssetPathErrors.TooLong, AssetPath.Check("/" + new string('x', 255)));
    }

    [Fact]
    public void Paths_are_compared_ordinally()
    {
        Assert.Equal(AssetPath.Parse("/a.txt"), AssetPath.Parse("/a.txt"));
        Assert.NotEqual(AssetPath.Parse("/a.txt"), AssetPath.Parse("/A.txt"));
    }
}
