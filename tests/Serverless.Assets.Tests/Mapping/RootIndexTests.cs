using Serverless.Assets.Client;
using Serverless.Assets.Discovery;
using Serverless.Assets.Mapping;

namespace Serverless.Assets.Tests.Mapping;

public sealed class RootIndexTests
{
    [Theory]
    [InlineData(Visibility.Public)]
    [InlineData(Visibility.Protected)]
    public void The_page_of_the_root_gets_a_copy_that_the_service_serves_there(Visibility visibility)
    {
        var page = File("/index.html", visibility);

        var files = RootIndex.AddTo([page, File("/z.css")]);

        Assert.Equal([page with { Path = "/assets/index.html", IsRootIndexCopy = true }, page, File("/z.css")], files);
    }

    [Theory]
    [InlineData("/assets/index.html")]
    [InlineData("/Assets/Index.html")]
    public void A_file_at_that_path_is_kept(string path)
    {
        MappedFile[] files = [File(path), File("/index.html")];

        Assert.Equal(files, RootIndex.AddTo(files));
    }

    [Theory]
    [InlineData("/app/index.html")]
    [InlineData("/Index.html")]
    [InlineData("/index.htm")]
    public void Other_pages_get_no_copy(string path) => Assert.Single(RootIndex.AddTo([File(path)]));

    [Fact]
    public void A_private_page_has_no_URL() =>
        Assert.Single(RootIndex.AddTo([File("/index.html", Visibility.Private)]));

    private static MappedFile File(string path, Visibility visibility = Visibility.Public) =>
        new("/site" + path, "site" + path, path, visibility, "text/html; charset=utf-8", Source);

    private static readonly FolderSource Source = new("/site", [], []);
}
