using Serverless.Assets.Mapping;

namespace Serverless.Assets.Tests.Mapping;

public sealed class AssetReferenceTests
{
    [Theory]
    [InlineData("ZH0123456789abcdef0123456789abcdef")]
    [InlineData("ZH0123456789ABCDEF0123456789ABCDEF")]
    public void A_SID_of_an_Asset_is_a_SID(string text)
    {
        Assert.True(AssetReference.TryParse(text, out var reference));
        Assert.Equal((text, null, text), (reference!.Sid.ToString(), reference.Path, $"{reference}"));
    }

    [Theory]
    [InlineData("/a")]
    [InlineData("/img/logo.png")]
    [InlineData("/a name with spaces & more")]
    [InlineData("/ZH0123456789abcdef0123456789abcdef")]
    public void What_starts_with_a_slash_is_a_path(string text)
    {
        Assert.True(AssetReference.TryParse(text, out var reference));
        Assert.Equal((null, text, text), (reference!.Sid, reference.Path, $"{reference}"));
    }

    [Theory]
    [InlineData("")]
    [InlineData("/")]
    [InlineData("logo.png")]
    [InlineData("ZH0123")]
    [InlineData("ZN0123456789abcdef0123456789abcdef")]
    [InlineData("/a\n")]
    public void Anything_else_is_invalid(string text)
    {
        Assert.False(AssetReference.TryParse(text, out var reference));
        Assert.Null(reference);
    }

    [Theory]
    [InlineData(255, true)]
    [InlineData(256, false)]
    public void A_path_has_the_length_of_a_friendly_name(int length, bool isValid) =>
        Assert.Equal(isValid, AssetReference.TryParse("/" + new string('x', length - 1), out _));
}
