using System.Net;
using System.Text;

namespace Serverless.Assets.Client.Tests.Content;

/// <summary>What arrives at the service, byte for byte and header for header.</summary>
public sealed class UploadTests : EmulatorTest
{
    /// <summary>More than a block, with bytes that look like the end of a part.</summary>
    private static readonly byte[] Sample = Encoding.UTF8.GetBytes(
        $"grün\0\r\n--serverless-assets-\r\n\r\n{new string('x', 100_000)}--\r\n"
    );

    private readonly TempFolder _folder = new();

    public static TheoryData<ContentKind> Kinds => ContentKinds.All;

    public override ValueTask InitializeAsync()
    {
        Track(_folder);
        return base.InitializeAsync();
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task The_service_gets_all_fields_and_the_content(ContentKind kind)
    {
        var version = await UploadAsync(kind.Create(_folder, Sample), "/css/a-b", Visibility.Private);

        var request = Assert.Single(Requests);
        Assert.Equal(("AssetVersion.Create", 201), (request.Operation, request.Status));
        Assert.Equal(
            ["Path=/css/a-b", "Visibility=private"],
            request.Fields.Select(field => $"{field.Key}={field.Value}")
        );
        Assert.Equal(kind == ContentKind.File ? ContentKinds.FileName : "a-b", request.FileName);
        Assert.Equal(
            kind == ContentKind.Text ? "text/plain; charset=utf-8" : "application/octet-stream",
            request.ContentType
        );
        Assert.Equal(Sample, request.Content!.Value.ToArray());
        Assert.Equal(Sample, await Emulator.GetContentAsync(version.Sid));
    }

    /// <summary>The service does not accept it, and does not say why: users report no more than "Bad Request".</summary>
    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task Empty_content_is_sent(ContentKind kind)
    {
        var failure = await Assert.ThrowsAsync<ServerlessApiException>(() => UploadAsync(kind.Create(_folder, [])));

        Assert.Equal((HttpStatusCode.BadRequest, 20001, false), (failure.Status, failure.Code, failure.WasProcessed));
        Assert.Equal(0, Assert.Single(Requests).Content!.Value.Length);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task Content_can_be_uploaded_twice(ContentKind kind)
    {
        var content = kind.Create(_folder, Sample);

        var first = await UploadAsync(content);
        var second = await UploadAsync(content, "/b.txt");

        Assert.Equal(Sample, await Emulator.GetContentAsync(first.Sid));
        Assert.Equal(Sample, await Emulator.GetContentAsync(second.Sid));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_stream_is_uploaded_from_its_position_and_not_disposed(bool canSeek)
    {
        using var stream = new TestStream(Sample, canSeek);
        await stream.ReadExactlyAsync(new byte[7], Cancellation);

        var version = await UploadAsync(AssetContent.FromStream(stream));

        Assert.Equal(Sample[7..], await Emulator.GetContentAsync(version.Sid));
        Assert.False(stream.IsDisposed);
    }

    [Fact]
    public async Task A_position_after_the_end_is_empty_content()
    {
        using var stream = new TestStream(Sample) { Position = Sample.Length + 1 };

        await Assert.ThrowsAsync<ServerlessApiException>(() => UploadAsync(AssetContent.FromStream(stream)));

        Assert.Equal(0, Assert.Single(Requests).Content!.Value.Length);
    }

    [Theory]
    [InlineData(null, "a.png", "/b.css", "image/png")]
    [InlineData(null, "a.PNG", "/b", "image/png")]
    [InlineData(null, "a", "/b.css", "text/css; charset=utf-8")]
    [InlineData(null, "a.unknown-extension", "/b.css", "text/css; charset=utf-8")]
    [InlineData(null, null, "/b.html", "text/html; charset=utf-8")]
    [InlineData(null, null, "/b.json", "application/json")]
    [InlineData(null, null, "/b", "application/octet-stream")]
    [InlineData("image/webp", "a.png", "/b.css", "image/webp")]
    [InlineData("text/html; charset=iso-8859-1", null, "/b.css", "text/html; charset=iso-8859-1")]
    [InlineData("text/html;charset=utf-8;x=\"a; b\"", null, "/b", "text/html;charset=utf-8;x=\"a; b\"")]
    [InlineData("text/html ; a=1;a=2;  b=\"\"", null, "/b", "text/html ; a=1;a=2;  b=\"\"")]
    public async Task The_content_type_is_stated_or_derived(
        string? contentType,
        string? fileName,
        string path,
        string expected
    )
    {
        await UploadAsync(AssetContent.FromBytes(Sample, contentType, fileName), path);

        Assert.Equal(expected, Assert.Single(Requests).ContentType);
    }

    [Theory]
    [InlineData("/b.json", "application/json")]
    [InlineData("/b", "text/plain; charset=utf-8")]
    public async Task The_content_type_of_text_is_derived(string path, string expected)
    {
        await UploadAsync(AssetContent.FromText("x"), path);

        Assert.Equal(expected, Assert.Single(Requests).ContentType);
    }

    /// <summary>What would end the quoted name or the header is escaped as browsers do.</summary>
    [Theory]
    [InlineData("a\"b.txt", "a%22b.txt")]
    [InlineData("a\\b.txt", "a%5Cb.txt")]
    [InlineData("a\r\nX-Header: b.txt", "a%0D%0AX-Header: b.txt")]
    [InlineData("grün €😀.txt", "grün €😀.txt")]
    [InlineData("100%.txt", "100%.txt")]
    [InlineData("a%22b.txt", "a%22b.txt")]
    [InlineData(" a; name=b.txt ", " a; name=b.txt ")]
    public async Task A_file_name_is_sent_as_browsers_do(string fileName, string expected)
    {
        await UploadAsync(AssetContent.FromBytes(Sample, "text/plain", fileName));

        var request = Assert.Single(Requests);
        Assert.Equal((expected, "text/plain"), (request.FileName, request.ContentType));
        Assert.Equal(Sample, request.Content!.Value.ToArray());
    }

    [Fact]
    public async Task A_file_name_replaces_that_of_the_file()
    {
        await UploadAsync(AssetContent.FromFile(_folder.Write("a.txt"), fileName: "logo.png"));

        var request = Assert.Single(Requests);
        Assert.Equal(("logo.png", "image/png"), (request.FileName, request.ContentType));
    }

    [Theory]
    [InlineData("")]
    [InlineData("text")]
    [InlineData("text/")]
    [InlineData("text/html\r\nX-Header: 1")]
    [InlineData("text/html;")]
    [InlineData("text/html; charset")]
    [InlineData("text/grün")]
    public void A_content_type_that_is_not_a_media_type_is_rejected(string contentType) =>
        Assert.Equal(
            "contentType",
            Assert.Throws<ArgumentException>(() => AssetContent.FromText("x", contentType)).ParamName
        );

    [Fact]
    public void Arguments_are_checked_before_the_upload()
    {
        Assert.Equal(
            "fileName",
            Assert.Throws<ArgumentException>(() => AssetContent.FromText("x", null, " ")).ParamName
        );
        Assert.ThrowsAny<ArgumentException>(() => AssetContent.FromText("\ud800"));
        Assert.Throws<ArgumentException>(() => AssetContent.FromFile(""));
        Assert.Throws<FileNotFoundException>(() => AssetContent.FromFile(_folder["missing"]));
        Assert.ThrowsAny<IOException>(() => AssetContent.FromFile(_folder.Path));
        using var disposed = new TestStream(Sample);
        disposed.Dispose();
        Assert.Equal("stream", Assert.Throws<ArgumentException>(() => AssetContent.FromStream(disposed)).ParamName);
    }
}
