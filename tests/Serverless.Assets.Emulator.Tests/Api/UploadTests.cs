using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;

namespace Serverless.Assets.Emulator.Tests.Api;

public sealed class UploadTests
{
    private static readonly byte[] Content = [0, 255, 13, 10, 13, 10, 45, 45, 0];

    [Fact]
    public async Task An_upload_returns_the_Asset_Version_and_keeps_every_byte()
    {
        await using var emulator = await TestEmulator.StartAsync();
        var service = (await emulator.Api.CreateServiceAsync()).Sid();
        var asset = await emulator.Api.CreateAssetAsync(service);
        var versions = $"{emulator.Server.BaseAddress}v1/Services/{service}/Assets/{asset}/Versions";

        var version = (
            await emulator.Api.UploadAsync(service, asset, "/a.bin", "private", Content, "image/x-odd; q=1")
        ).Created();

        Assert.Matches(new Regex("^ZN[0-9a-f]{32}$"), version.Sid());
        JsonAssert.Same(
            $$"""
            {
              "sid": "{{version.Sid()}}",
              "account_sid": "{{ApiClient.Account}}",
              "service_sid": "{{service}}",
              "asset_sid": "{{asset}}",
              "path": "/a.bin",
              "visibility": "private",
              "date_created": "2026-03-01T12:00:00Z",
              "url": "{{versions}}/{{version.Sid()}}"
            }
            """,
            version
        );
        JsonAssert.Same(
            $$"""
            {
              "sid": "{{version.Sid()}}",
              "account_sid": "{{ApiClient.Account}}",
              "service_sid": "{{service}}",
              "asset_sid": "{{asset}}",
              "path": "/a.bin",
              "visibility": "private",
              "date_created": "2026-03-01T12:00:00Z",
              "sha256": "{{Convert.ToHexStringLower(SHA256.HashData(Content))}}",
              "size": 9,
              "content_type": "image/x-odd; q=1"
            }
            """,
            (await emulator.Api.GetAsync($"/__emulator/versions/{version.Sid()}")).Ok()
        );
        var bytes = await emulator.Api.GetAsync($"/__emulator/versions/{version.Sid()}/content");
        Assert.Equal(Content, bytes.Body);
        Assert.Equal("image/x-odd; q=1", bytes.Headers["Content-Type"]);
        Assert.Equal("sandbox", bytes.Headers["Content-Security-Policy"]);
        Assert.Equal("nosniff", bytes.Headers["X-Content-Type-Options"]);
    }

    [Fact]
    public async Task Versions_are_listed_newest_first_and_fetched()
    {
        await using var emulator = await TestEmulator.StartAsync();
        var service = (await emulator.Api.CreateServiceAsync()).Sid();
        var asset = await emulator.Api.CreateAssetAsync(service);
        var old = (await emulator.Api.UploadAsync(service, asset, "/a", "public", [1])).Created();
        var young = (await emulator.Api.UploadAsync(service, asset, "/a", "public", [2])).Created();

        var list = (await emulator.Api.GetAsync($"/v1/Services/{service}/Assets/{asset}/Versions")).Ok();
        Assert.Equal([young.Sid(), old.Sid()], list.All("asset_versions", "sid"));
        var fetched = (await emulator.Api.GetAsync($"/v1/Services/{service}/Assets/{asset}/Versions/{old.Sid()}")).Ok();
        Assert.Equal(old.GetRawText(), fetched.GetRawText());

        var other = await emulator.Api.CreateAssetAsync(service);
        Assert.Equal(
            404,
            (await emulator.Api.GetAsync($"/v1/Services/{service}/Assets/{other}/Versions/{old.Sid()}")).Status
        );
    }

    [Theory]
    [InlineData("a/b.txt", "/a/b.txt")]
    [InlineData("/.well-known/x", "/.well-known/x")]
    [InlineData("/caf\u00e9-%20_~!*.txt", "/caf\u00e9-%20_~!*.txt")]
    public async Task A_path_is_kept_and_begins_with_a_slash(string given, string expected)
    {
        await using var emulator = await TestEmulator.StartAsync();
        var service = (await emulator.Api.CreateServiceAsync()).Sid();
        var asset = await emulator.Api.CreateAssetAsync(service);

        Assert.Equal(
            expected,
            (await emulator.Api.UploadAsync(service, asset, given, "public", Content)).Created().Text("path")
        );
    }

    [Fact]
    public async Task No_path_has_any_of_these_characters()
    {
        await using var emulator = await TestEmulator.StartAsync();
        var service = (await emulator.Api.CreateServiceAsync()).Sid();
        var asset = await emulator.Api.CreateAssetAsync(service);

        foreach (var c in ";,?:@+&$()'\"# \t\u00a0\u0001")
        {
            (await emulator.Api.UploadAsync(service, asset, $"/a{c}b", "public", Content)).Refused(
                400,
                20001,
                "Path contains characters that are not allowed"
            );
        }
    }

    [Fact]
    public async Task A_path_has_at_most_255_characters_with_its_slash()
    {
        await using var emulator = await TestEmulator.StartAsync();
        var service = (await emulator.Api.CreateServiceAsync()).Sid();
        var asset = await emulator.Api.CreateAssetAsync(service);

        (await emulator.Api.UploadAsync(service, asset, new string('p', 254), "public", Content)).Created();
        (await emulator.Api.UploadAsync(service, asset, new string('p', 255), "public", Content)).Refused(
            400,
            20001,
            "Path is longer than 255 characters"
        );
    }

    [Theory]
    [InlineData(null, "public", true, "Missing required parameter Path in the post body")]
    [InlineData("/a", null, true, "Missing required parameter Visibility in the post body")]
    [InlineData("/a", "public", false, "Missing required parameter Content in the post body")]
    [InlineData("/a", "PUBLIC", true, "Visibility must be one of public, protected, private")]
    public async Task Every_field_is_needed(string? path, string? visibility, bool hasContent, string message)
    {
        await using var emulator = await TestEmulator.StartAsync();
        var service = (await emulator.Api.CreateServiceAsync()).Sid();
        var asset = await emulator.Api.CreateAssetAsync(service);

        (await emulator.Api.UploadAsync(service, asset, path, visibility, hasContent ? Content : null)).Refused(
            400,
            20001,
            message
        );
    }

    [Fact]
    public async Task An_empty_file_is_refused_without_a_reason()
    {
        await using var emulator = await TestEmulator.StartAsync();
        var service = (await emulator.Api.CreateServiceAsync()).Sid();
        var asset = await emulator.Api.CreateAssetAsync(service);

        (await emulator.Api.UploadAsync(service, asset, "/a", "public", [])).Refused(400, 20001, "Bad Request");
    }

    [Theory]
    [InlineData("public", 25 * 1024 * 1024)]
    [InlineData("protected", 25 * 1024 * 1024)]
    [InlineData("private", 10 * 1024 * 1024)]
    public async Task One_byte_too_many_is_a_413_of_the_proxy(string visibility, int most)
    {
        await using var emulator = await TestEmulator.StartAsync();
        var service = (await emulator.Api.CreateServiceAsync()).Sid();
        var asset = await emulator.Api.CreateAssetAsync(service);

        var version = (await emulator.Api.UploadAsync(service, asset, "/a", visibility, new byte[most]))
            .Created()
            .Sid();
        var kept = (await emulator.Api.GetAsync($"/__emulator/versions/{version}")).Ok();
        Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(new byte[most])), kept.Text("sha256"));

        var refused = await emulator.Api.UploadAsync(service, asset, "/a", visibility, new byte[most + 1]);
        Assert.Equal(413, refused.Status);
        Assert.Equal("text/html", refused.Headers["Content-Type"]);
        Assert.Contains("<h1>413 Request Entity Too Large</h1>", refused.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_unknown_asset_is_not_found()
    {
        await using var emulator = await TestEmulator.StartAsync();
        var service = (await emulator.Api.CreateServiceAsync()).Sid();
        var address = $"/v1/Services/{service}/Assets/ZH00000000000000000000000000000000/Versions";

        (await emulator.Api.SendAsync(HttpMethod.Post, address, ApiClient.Multipart("/a", "public", Content))).Refused(
            404,
            20404,
            $"The requested resource {address} was not found"
        );
    }

    [Fact]
    public async Task The_file_may_come_before_the_fields_and_needs_no_type()
    {
        await using var emulator = await TestEmulator.StartAsync();
        var service = (await emulator.Api.CreateServiceAsync()).Sid();
        var asset = await emulator.Api.CreateAssetAsync(service);
        using var form = new MultipartFormDataContent
        {
            { new ByteArrayContent(Content), "\"Content\"", "\"a.bin\"" },
            { new StringContent("protected"), "\"Visibility\"" },
            { new StringContent("/a.bin"), "\"Path\"" },
        };

        var version = (
            await emulator.Api.SendAsync(HttpMethod.Post, $"/v1/Services/{service}/Assets/{asset}/Versions", form)
        ).Created();

        Assert.Equal("protected", version.Text("visibility"));
        var kept = (await emulator.Api.GetAsync($"/__emulator/versions/{version.Sid()}")).Ok();
        Assert.Equal("application/octet-stream", kept.Text("content_type"));
    }

    [Theory]
    [InlineData("multipart/form-data", "The multipart body has no boundary")]
    [InlineData("application/json", "Missing required parameter Path in the post body")]
    [InlineData(
        "multipart/form-data; boundary=x",
        "Unexpected end of Stream, the content may have already been read by another component. "
    )]
    public async Task An_upload_that_is_not_a_form_is_rejected(string contentType, string message)
    {
        await using var emulator = await TestEmulator.StartAsync();
        var service = (await emulator.Api.CreateServiceAsync()).Sid();
        var asset = await emulator.Api.CreateAssetAsync(service);
        using var body = new StringContent("--x\r\nContent-Disposition: form-data; name=Path\r\n\r\n/a", Encoding.UTF8);
        body.Headers.ContentType = MediaTypeHeaderValue.Parse(contentType);

        (
            await emulator.Api.SendAsync(HttpMethod.Post, $"/v1/Services/{service}/Assets/{asset}/Versions", body)
        ).Refused(400, 20001, message);
    }

    [Fact]
    public async Task The_same_content_is_stored_once_and_what_was_refused_not_at_all()
    {
        await using var emulator = await TestEmulator.StartAsync();
        var service = (await emulator.Api.CreateServiceAsync()).Sid();
        var asset = await emulator.Api.CreateAssetAsync(service);

        await Task.WhenAll(
            Enumerable.Range(0, 8).Select(i => emulator.Api.UploadAsync(service, asset, $"/{i}", "public", Content))
        );
        Assert.Equal(400, (await emulator.Api.UploadAsync(service, asset, "/a b", "public", [1, 2, 3])).Status);

        var hash = Convert.ToHexStringLower(SHA256.HashData(Content));
        var content = Path.Combine(emulator.Options.DataDirectory, "content");
        Assert.Equal(
            [Path.Combine(content, hash[..2], hash)],
            Directory.EnumerateFiles(content, "*", SearchOption.AllDirectories)
        );
    }
}
