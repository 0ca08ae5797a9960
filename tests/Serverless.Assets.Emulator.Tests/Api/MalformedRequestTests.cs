using System.Net.Http.Headers;
using System.Text;

namespace Serverless.Assets.Emulator.Tests.Api;

/// <summary>A malformed request gets an error of the service, and the next request succeeds.</summary>
public sealed class MalformedRequestTests
{
    private const string Part = "--b\nContent-Disposition: form-data; name=";
    private const string PathPart = $"{Part}Path\n\n/a\n";
    private const string VisibilityPart = $"{Part}Visibility\n\npublic\n";
    private const string ContentPart = $"{Part}Content; filename=f\nContent-Type: text/plain\n\nx\n";
    private const string Whole = $"{PathPart}{VisibilityPart}{ContentPart}--b--\n";

    private static readonly string Credentials = Convert.ToBase64String(
        Encoding.ASCII.GetBytes($"{ApiClient.Account}:secret")
    );

    [Theory]
    [InlineData("multipart/form-data; boundary=b", Whole)]
    [InlineData("multipart/form-data; boundary=\"b\"", Whole)]
    [InlineData("Multipart/Form-Data; charset=utf-8; boundary=b", Whole)]
    public async Task A_correct_upload_is_accepted_in_every_spelling(string contentType, string body)
    {
        Assert.Equal(201, (await UploadAsync(contentType, body)).Status);
    }

    [Theory]
    [InlineData("")]
    [InlineData("; boundary=")]
    [InlineData("; boundary=\"\"")]
    public async Task A_boundary_is_required(string boundary)
    {
        (await UploadAsync($"multipart/form-data{boundary}", Whole)).Refused(
            400,
            20001,
            "The multipart body has no boundary"
        );
    }

    [Theory]
    [InlineData(71)]
    [InlineData(4_090)]
    [InlineData(5_000)]
    [InlineData(20_000)]
    public async Task A_boundary_has_at_most_70_characters(int length)
    {
        var boundary = new string('b', length);

        (
            await UploadAsync(
                $"multipart/form-data; boundary={boundary}",
                Whole.Replace("--b", $"--{boundary}", StringComparison.Ordinal)
            )
        ).Refused(400, 20001, "The boundary is longer than 70 characters");
        Assert.Equal(
            201,
            (
                await UploadAsync(
                    $"multipart/form-data; boundary={boundary[..70]}",
                    Whole.Replace("--b", $"--{boundary[..70]}", StringComparison.Ordinal)
                )
            ).Status
        );
    }

    [Theory]
    [InlineData("", "Unexpected end of Stream")]
    [InlineData("--b", "Unexpected end of Stream")]
    [InlineData("--c--\n", "Unexpected end of Stream")]
    [InlineData("--b--\n", "Missing required parameter Path")]
    [InlineData(PathPart + VisibilityPart + ContentPart, "Unexpected end of Stream")]
    [InlineData(PathPart + VisibilityPart + ContentPart + "--b", "Content-Disposition")]
    [InlineData(PathPart + PathPart + VisibilityPart + ContentPart + "--b--\n", "Path occurs more than once")]
    [InlineData(
        PathPart + VisibilityPart + VisibilityPart + ContentPart + "--b--\n",
        "Visibility occurs more than once"
    )]
    [InlineData(PathPart + VisibilityPart + ContentPart + ContentPart + "--b--\n", "Content occurs more than once")]
    [InlineData(PathPart + VisibilityPart + Part + "Content\nContent-Type: a/\u0001\n\nx\n--b--\n", "not allowed")]
    [InlineData(PathPart + VisibilityPart + Part + "Content\nContent-Type: a/\u007f\n\nx\n--b--\n", "not allowed")]
    [InlineData(PathPart + VisibilityPart + Part + "Content\nContent-Type: a/\u00e9\n\nx\n--b--\n", "not allowed")]
    [InlineData(PathPart + VisibilityPart + Part + "Content; filename=\"\u0001\"\n\nx\n--b--\n", "control characters")]
    [InlineData(PathPart + VisibilityPart + Part + "\"Con\u0000tent\"\n\nx\n--b--\n", "control characters")]
    [InlineData(Part + "Path\n\n/a\u0000b\n" + VisibilityPart + ContentPart + "--b--\n", "not allowed")]
    [InlineData(Part + "Path\n\n/\u00ff\n" + VisibilityPart + ContentPart + "--b--\n", "not UTF-8")]
    [InlineData(Part + "Path\n\n/\u00c3\n" + VisibilityPart + ContentPart + "--b--\n", "not UTF-8")]
    [InlineData("--b\n\n/a\n" + Whole, "Content-Disposition")]
    [InlineData("--b\nContent-Disposition: ;;\n\n/a\n" + Whole, "Content-Disposition")]
    [InlineData("--b\nno header\n\n/a\n" + Whole, "header")]
    public async Task A_malformed_multipart_body_is_rejected(string body, string message)
    {
        var answer = await UploadAsync("multipart/form-data; boundary=b", body);

        Assert.Equal((400, 20001), (answer.Status, answer.Json.GetProperty("code").GetInt32()));
        Assert.Contains(message, answer.Json.Text("message"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Fields_and_headers_of_parts_have_limits()
    {
        var long_ = new string('x', (4 * 1024 * 1024) + 1);
        var headers = string.Concat(Enumerable.Range(0, 20).Select(i => $"X-{i}: x\n"));
        var parts = string.Concat(Enumerable.Repeat($"{Part}f\n\n\n", 10_001));
        var type = new string('t', 256);

        foreach (
            var (body, status) in new[]
            {
                ($"{Part}Path\n\n{long_}\n{VisibilityPart}{ContentPart}--b--\n", 413),
                ($"{PathPart}{VisibilityPart}{parts}{ContentPart}--b--\n", 400),
                ($"--b\n{headers}{Whole[4..]}", 400),
                ($"--b\nX: {new string('x', 20_000)}\n{Whole[4..]}", 400),
                ($"{PathPart}{VisibilityPart}{Part}Content\nContent-Type: {type}\n\nx\n--b--\n", 400),
            }
        )
        {
            Assert.Equal(status, (await UploadAsync("multipart/form-data; boundary=b", body)).Status);
        }
    }

    [Theory]
    [InlineData("UniqueName=%ZZ&FriendlyName=x", "percent-encoding")]
    [InlineData("UniqueName=a%4&FriendlyName=x", "percent-encoding")]
    [InlineData("FriendlyName=x&UniqueName=a%", "percent-encoding")]
    [InlineData("UniqueName=a&%G0=x", "percent-encoding")]
    [InlineData("UniqueName=a&FriendlyName=%FF", "not UTF-8")]
    [InlineData("UniqueName=a&FriendlyName=%C3", "not UTF-8")]
    [InlineData("UniqueName=a&FriendlyName=\u00ff", "not UTF-8")]
    [InlineData("UniqueName=a&FriendlyName=%ED%A0%80", "not UTF-8")] // half of a surrogate pair
    [InlineData("UniqueName=a&FriendlyName=%00", "FriendlyName contains characters that are not allowed")]
    [InlineData("UniqueName=a&FriendlyName=b%0Ac", "FriendlyName contains characters that are not allowed")]
    [InlineData("UniqueName=a%00&FriendlyName=x", "UniqueName contains characters that are not allowed")]
    [InlineData("UniqueName=a&UniqueName=b&FriendlyName=x", "UniqueName occurs more than once")]
    [InlineData("UniqueName", "Missing required parameter UniqueName")]
    [InlineData("=&&=&", "Missing required parameter UniqueName")]
    [InlineData("", "Missing required parameter UniqueName")]
    public async Task A_malformed_form_is_rejected(string body, string message)
    {
        await using var emulator = await TestEmulator.StartAsync();

        var answer = await SendAsync(emulator, "POST /v1/Services", FormHeader(body), body);

        Assert.Equal((400, 20001), (answer.Status, answer.Json.GetProperty("code").GetInt32()));
        Assert.Contains(message, answer.Json.Text("message"), StringComparison.Ordinal);
        await AssertWorksAsync(emulator);
    }

    [Theory]
    [InlineData("UniqueName=a&FriendlyName=%C3%A4+%2B%26%3d\u00c3\u00a4", "\u00e4 +&=\u00e4")]
    [InlineData("&&UniqueName=a&&FriendlyName=b=c&", "b=c")]
    public async Task A_correct_form_is_decoded(string body, string name)
    {
        await using var emulator = await TestEmulator.StartAsync();

        var answer = await SendAsync(emulator, "POST /v1/Services", FormHeader(body), body);

        Assert.Equal(name, answer.Created().Text("friendly_name"));
    }

    [Theory]
    [InlineData("ZZ\n")]
    [InlineData("-1\n")]
    [InlineData("FFFFFFFFFFFFFFFFF\n")]
    [InlineData("3\nabcdef\n0\n\n")]
    [InlineData("\n")]
    public async Task A_malformed_chunk_is_rejected_by_every_endpoint(string chunks)
    {
        await using var emulator = await TestEmulator.StartAsync(new EmulatorFaults { Seed = 9 });

        foreach (
            var (request, type) in new[]
            {
                ("POST /v1/Services", "application/x-www-form-urlencoded"),
                ("POST /v1/Services/s/Assets/a/Versions", "multipart/form-data; boundary=b"),
                ("PUT /__emulator/faults", "application/json"),
            }
        )
        {
            var answer = await SendAsync(
                emulator,
                request,
                $"Content-Type: {type}\nTransfer-Encoding: chunked\n",
                chunks
            );
            Assert.Equal((400, 20001), (answer.Status, answer.Json.GetProperty("code").GetInt32()));
        }

        Assert.Equal(9, emulator.Faults.Seed);
        await AssertWorksAsync(emulator);
    }

    [Theory]
    [InlineData("Content-Length: -1\n")]
    [InlineData("Content-Length: 1x\n")]
    [InlineData("Content-Length: 99999999999999999999\n")]
    [InlineData("Content-Length: 1\nContent-Length: 2\n")]
    [InlineData("Transfer-Encoding: gzip\n")]
    [InlineData("X\n")]
    [InlineData(" X: 1\n")]
    [InlineData("X: \u0000\n")]
    public async Task A_malformed_header_is_rejected(string header)
    {
        await using var emulator = await TestEmulator.StartAsync();

        Assert.Equal(400, (await SendAsync(emulator, "POST /v1/Services", header, "")).Status);
        await AssertWorksAsync(emulator);
    }

    [Theory]
    [InlineData("application/json", "{}")]
    [InlineData("text/plain", "UniqueName=a")]
    [InlineData("multipart", "")]
    [InlineData("multipart/mixed; boundary=b", Whole)]
    [InlineData(";;;", "")]
    [InlineData("\u00e9/\u00e9", "")]
    public async Task Another_content_type_has_no_fields(string contentType, string body)
    {
        Assert.Equal(400, (await UploadAsync(contentType, body)).Status);
    }

    [Theory]
    [InlineData("GET /v1/Services/%ZZ", 404)]
    [InlineData("GET /v1/Services/%", 404)]
    [InlineData("GET /v1/Services/%FF", 404)]
    [InlineData("GET /v1/Services/%C3", 404)]
    [InlineData("GET /v1/Services/%01%0D%0A", 404)]
    [InlineData("GET /v1/Services/%00", 400)]
    [InlineData("GET /v1/Services/\u0001", 404)]
    [InlineData("GET /v1/Services/..%2F..%2Fetc", 404)]
    [InlineData("GET /v1/Services?PageSize=%ZZ", 400)]
    [InlineData("GET /v1/Services?PageSize=%00", 400)]
    [InlineData("GET /v1/Services?PageSize=1&PageSize=2", 400)]
    [InlineData("GET /v1/Services?PageToken=%FF", 400)]
    [InlineData("GET /v1/Services?PageToken=PA99999999999999999999", 400)]
    [InlineData("GET /v1/Services?Page=99999999999999999999", 200)]
    [InlineData("PATCH /v1/Services", 404)]
    [InlineData("BREW /v1", 404)]
    [InlineData("GET /other", 404)]
    [InlineData("POST /", 404)]
    [InlineData("DELETE /__emulator/faults", 404)]
    [InlineData("GET /__emulator/versions/%00/content", 400)]
    [InlineData("GET /__emulator/versions/%FF/content", 404)]
    [InlineData("POST /__emulator/leases/a/b", 404)]
    public async Task A_malformed_target_is_rejected(string request, int status)
    {
        await using var emulator = await TestEmulator.StartAsync();

        var answer = await SendAsync(emulator, request, "", "");

        Assert.True(status == answer.Status, $"{answer.Status}: {answer.Text}");
        if (answer.Body.Length > 0)
        {
            Assert.Equal("application/json", answer.Headers["Content-Type"]);
        }

        await AssertWorksAsync(emulator);
    }

    [Fact]
    public async Task A_target_can_be_too_long()
    {
        await using var emulator = await TestEmulator.StartAsync();

        Assert.Equal(414, (await SendAsync(emulator, $"GET /v1/{new string('p', 9_000)}", "", "")).Status);
        Assert.Equal(404, (await SendAsync(emulator, $"GET /v1/{new string('p', 7_000)}", "", "")).Status);
        Assert.Equal(431, (await SendAsync(emulator, "GET /v1", $"X: {new string('x', 40_000)}\n", "")).Status);
        await AssertWorksAsync(emulator);
    }

    [Theory]
    [InlineData("multipart/form-data; boundary=b", "--b")]
    [InlineData("multipart/form-data; boundary={long}", "--b")]
    [InlineData("application/x-www-form-urlencoded", "a=%00")]
    public async Task A_malformed_request_to_a_site_is_rejected(string contentType, string body)
    {
        await using var emulator = await TestEmulator.StartAsync();
        var service = (await emulator.Api.CreateServiceAsync()).Sid();
        var version = await emulator.Api.AddAsync(service, "/a", "a", "protected");
        var build = (await emulator.Api.BuildAsync(service, version)).Created().Sid();
        var environment = await emulator.Api.CreateEnvironmentAsync(service);
        (await emulator.Api.DeployAsync(service, environment.Sid(), build)).Created();
        using var content = new ByteArrayContent(Encoding.ASCII.GetBytes(body));
        content.Headers.ContentType = MediaTypeHeaderValue.Parse(
            contentType.Replace("{long}", new string('b', 5_000), StringComparison.Ordinal)
        );

        var answer = await emulator.Api.SiteAsync(
            environment.Text("domain_name")!,
            "/a",
            HttpMethod.Post,
            content,
            "signature"
        );

        Assert.InRange(answer.Status, 400, 499);
    }

    [Theory]
    [InlineData("""[{"name":"\ud800","version":"1"}]""")]
    [InlineData("""[{"name":null,"version":"1"}]""")]
    [InlineData("\"\\ud800\\\"\"")]
    [InlineData("[[[[")]
    [InlineData("{}")]
    public async Task Malformed_dependencies_are_rejected(string dependencies)
    {
        await using var emulator = await TestEmulator.StartAsync();
        await emulator.Api.CreateServiceAsync();
        var version = await emulator.Api.AddAsync("shop", "/a", "a");

        (
            await emulator.Api.PostAsync(
                "/v1/Services/shop/Builds",
                ("AssetVersions", version),
                ("Dependencies", dependencies)
            )
        ).Refused(400, 20001, "Dependencies must be a JSON list of objects with name and version");
    }

    private static string FormHeader(string body) =>
        $"Content-Type: application/x-www-form-urlencoded\nContent-Length: {body.Length}\n";

    private static async Task<ApiResult> UploadAsync(string contentType, string body)
    {
        await using var emulator = await TestEmulator.StartAsync();
        await emulator.Api.CreateServiceAsync();
        var asset = await emulator.Api.CreateAssetAsync("shop");
        var length = body.Replace("\n", "\r\n", StringComparison.Ordinal).Length;

        var answer = await SendAsync(
            emulator,
            $"POST /v1/Services/shop/Assets/{asset}/Versions",
            $"Content-Type: {contentType}\nContent-Length: {length}\n",
            body
        );

        await AssertWorksAsync(emulator);
        var incoming = Path.Combine(emulator.Options.DataDirectory, "content", "incoming");
        Assert.Empty(Directory.EnumerateFileSystemEntries(incoming));
        return answer;
    }

    private static Task<ApiResult> SendAsync(TestEmulator emulator, string request, string headers, string body) =>
        RawRequest.SendAsync(
            emulator.Port,
            $"{request} HTTP/1.1\nHost: 127.0.0.1\nAuthorization: Basic {Credentials}\n{headers}\n{body}"
        );

    private static async Task AssertWorksAsync(TestEmulator emulator)
    {
        Assert.Equal(200, (await emulator.Api.GetAsync("/v1/Services")).Status);
        Assert.Equal(200, (await emulator.Api.GetAsync("/")).Status);
    }
}
