using System.IO.Compression;
using System.Text;

namespace Serverless.Assets.Emulator.Tests.Sites;

public sealed class CompressionTests
{
    private static readonly string Text = string.Concat(Enumerable.Repeat("body { color: red }\n", 500));

    [Theory]
    [InlineData("gzip", "gzip")]
    [InlineData("br", "br")]
    [InlineData("gzip, deflate, br", "br")]
    [InlineData("br;q=0, gzip", "gzip")]
    public async Task Text_is_compressed_for_clients_that_accept_it(string accepted, string expected)
    {
        await using var site = await StartAsync(Text, "text/css");

        var answer = await GetAsync(site, accepted);

        Assert.Equal((200, expected), (answer.Status, answer.Headers["Content-Encoding"]));
        Assert.Equal("text/css", answer.Headers["Content-Type"]);
        Assert.Equal("Accept-Encoding", answer.Headers["Vary"]);
        Assert.Equal($"{answer.Body.Length}", answer.Headers["Content-Length"]);
        Assert.True(answer.Body.Length < Text.Length / 10);
        Assert.Equal(Text, Decompress(answer.Body, expected));
    }

    [Theory]
    [InlineData("text/css", "")]
    [InlineData("text/css", "identity")]
    [InlineData("text/css", "gzip;q=0")]
    [InlineData("text/css", "zstd")]
    public async Task Text_is_not_compressed_for_other_clients(string contentType, string accepted)
    {
        await using var site = await StartAsync(Text, contentType);

        var answer = await GetAsync(site, accepted);

        Assert.Equal(Text, answer.Text);
        Assert.Equal("Accept-Encoding", answer.Headers["Vary"]); // a cache must not mix the two up
        Assert.DoesNotContain("Content-Encoding", answer.Headers.Keys);
    }

    [Theory]
    [InlineData("text/html; charset=utf-8", true)]
    [InlineData("application/json", true)]
    [InlineData("text/javascript", true)]
    [InlineData("image/svg+xml", true)]
    [InlineData("text/csv", true)]
    [InlineData("image/png", false)]
    [InlineData("audio/mpeg", false)]
    [InlineData("application/zip", false)]
    public async Task The_content_type_decides(string contentType, bool isCompressed)
    {
        await using var site = await StartAsync(Text, contentType);

        var answer = await GetAsync(site, "gzip");

        Assert.Equal(isCompressed, answer.Headers.ContainsKey("Content-Encoding"));
        Assert.Equal(isCompressed, answer.Headers.ContainsKey("Vary"));
    }

    [Fact]
    public async Task A_small_file_is_not_compressed()
    {
        await using var site = await StartAsync(Text[..1000], "text/css");

        Assert.Equal(Text[..1000], (await GetAsync(site, "gzip")).Text);
    }

    [Fact]
    public async Task Each_encoding_has_its_own_tag()
    {
        await using var site = await StartAsync(Text, "text/css");
        var plain = (await GetAsync(site, "")).Headers["ETag"];
        var gzip = (await GetAsync(site, "gzip")).Headers["ETag"];
        var brotli = (await GetAsync(site, "br")).Headers["ETag"];

        Assert.Equal(3, new[] { plain, gzip, brotli }.Distinct().Count());
        Assert.Equal(304, (await GetAsync(site, "gzip", ("If-None-Match", gzip))).Status);
        Assert.Equal(200, (await GetAsync(site, "br", ("If-None-Match", gzip))).Status);
        Assert.Equal(200, (await GetAsync(site, "gzip", ("If-None-Match", plain))).Status);
    }

    [Fact]
    public async Task A_range_is_not_compressed()
    {
        await using var site = await StartAsync(Text, "text/css");

        var answer = await GetAsync(site, "gzip", ("Range", "bytes=20-39"));

        Assert.Equal((206, Text[20..40]), (answer.Status, answer.Text));
        Assert.DoesNotContain("Content-Encoding", answer.Headers.Keys);
    }

    private static Task<ApiResult> GetAsync(
        DeployedSite site,
        string accepted,
        params (string Name, string Value)[] headers
    ) => site.SendAsync(HttpMethod.Get, "/a.css", [("Accept-Encoding", accepted), .. headers]);

    private static async Task<DeployedSite> StartAsync(string text, string contentType)
    {
        var site = await DeployedSite.StartAsync();
        await site.DeployAsync("/a.css", Encoding.UTF8.GetBytes(text), contentType);
        return site;
    }

    private static string Decompress(byte[] body, string encoding)
    {
        using var source = new MemoryStream(body);
        using Stream stream =
            encoding == "br"
                ? new BrotliStream(source, CompressionMode.Decompress)
                : new GZipStream(source, CompressionMode.Decompress);
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
