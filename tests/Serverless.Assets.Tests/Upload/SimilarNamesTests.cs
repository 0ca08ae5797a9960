using Serverless.Assets.Upload;

namespace Serverless.Assets.Tests.Upload;

public sealed class SimilarNamesTests
{
    [Theory]
    [InlineData("/img/logo.pgn", "/img/logo.png", "/img/logo.png")]
    [InlineData("/IMG/LOGO.PNG", "/img/logo.png", "/img/logo.png")]
    [InlineData("/logo.png", "/a/folder/far/below/logo.png", "/a/folder/far/below/logo.png")]
    [InlineData("/a", "/b", "/b")]
    [InlineData("/a", "/robots.txt", "")]
    [InlineData("/img/logo.png", "/css/site.css", "")]
    [InlineData("/img/logo.png", "", "")]
    public void A_name_is_similar_if_few_characters_differ_or_only_the_folder(
        string path,
        string known,
        string expected
    ) => Assert.Equal(expected, string.Join(", ", SimilarNames.Find(path, [known])));

    [Fact]
    public void The_most_similar_of_many_come_first() =>
        Assert.Equal(
            ["/a/1.png", "/a/10.png", "/a/2.png"],
            SimilarNames.Find("/a/1.pn", ["/a/3.png", "/a/2.png", "/a/333.png", "/a/10.png", "/a/1.png", "/other.txt"])
        );

    /// <summary>The service limits names to 255 characters; a response may not.</summary>
    [Fact]
    public void A_name_that_no_Asset_can_have_is_ignored() =>
        Assert.Empty(SimilarNames.Find("/a.txt", [new string('x', 1_000_000) + "/a.txt"]));

    [Fact]
    public void Nothing_is_similar_to_what_is_not_there() => Assert.Empty(SimilarNames.Find("/a.txt", []));
}
