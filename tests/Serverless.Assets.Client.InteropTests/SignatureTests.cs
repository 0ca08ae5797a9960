using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using Twilio.Security;

namespace Serverless.Assets.Client.InteropTests;

/// <summary>
/// Three implementations of Twilio's signatures agree on each request: Twilio's own validator, the emulator, and the
/// few lines of this class, which sign it.
/// </summary>
public sealed class SignatureTests : InteropTest
{
    private const string Json = """{ "message": "h\u00e9llo \ud83d\ude00 é" }""";
    private const string FormType = "application/x-www-form-urlencoded";

    private string _domain = "";

    public static TheoryData<string> Paths =>
        [
            "/members.txt",
            "/members.txt?",
            "/members.txt?a=1&b=two%20words&a=2",
            "/members.txt?name=J%C3%BCrgen&plus=a+b&slash=%2F&empty=",
            "/members.txt?Case=A%2fb%2Fc",
            "/m%65mbers.txt",
        ];

    [Theory]
    [MemberData(nameof(Paths))]
    public async Task GET_signs_the_URL_as_it_is_sent(string path)
    {
        var url = await DeployAsync(path);

        await AssertJudgedAsync(true, HttpMethod.Get, url, Sign(url));
        await AssertJudgedAsync(false, HttpMethod.Get, url, Sign(url + "x"));
        await AssertJudgedAsync(false, HttpMethod.Get, url, Sign(url, token: "other"));
        await AssertJudgedAsync(false, HttpMethod.Get, url, Sign(url)[..^1]);
        await AssertJudgedAsync(false, HttpMethod.Get, url, "x");
    }

    [Fact]
    public async Task The_port_can_be_left_out()
    {
        var url = await DeployAsync("/members.txt?a=1");

        await AssertJudgedAsync(true, HttpMethod.Get, url, Sign(url.Replace($":{Emulator.Port}", "")));
        await AssertJudgedAsync(false, HttpMethod.Get, url, Sign(url.Replace($":{Emulator.Port}", ":80")));
        await AssertJudgedAsync(false, HttpMethod.Get, url, Sign(url.Replace("http:", "https:")));
    }

    [Theory]
    [InlineData("", "")]
    [InlineData("To=%2B1555&From=%2B1444&Body=", "Body From+1444 To+1555")]
    [InlineData("b=2&B=1&a=3&_=4", "B1 _4 a3 b2")]
    [InlineData("Text=two+words%26more&N%C3%A4me=%E2%82%AC", "N\u00e4me\u20ac Texttwo words&more")]
    [InlineData("a=2&b=x&a=1&a=2", "a1 a2 bx")]
    public async Task A_form_signs_the_sorted_fields(string body, string fields)
    {
        var url = await DeployAsync("/members.txt?q=1");
        var signed = fields.Replace("two words", "two_words").Replace(" ", "").Replace("two_words", "two words");

        await AssertJudgedAsync(true, HttpMethod.Post, url, Sign(url + signed), body, FormType);
        await AssertJudgedAsync(false, HttpMethod.Post, url, Sign(url + signed + "x"), body, FormType);
        await AssertJudgedAsync(body.Length == 0, HttpMethod.Post, url, Sign(url), body, FormType);
    }

    [Theory]
    [InlineData("/members.txt?bodySHA256={0}")]
    [InlineData("/members.txt?a=1&bodySHA256={0}&b=2")]
    public async Task JSON_signs_the_URL_with_the_hash_of_the_body(string path)
    {
        var url = await DeployAsync(path.Replace("{0}", Hash(Json)));
        var wrong = url.Replace(Hash(Json), Hash("other"));
        var none = url.Split('?')[0];

        await AssertJudgedAsync(true, HttpMethod.Post, url, Sign(url), Json);
        await AssertJudgedAsync(false, HttpMethod.Post, url, Sign(url), Json + " ");
        await AssertJudgedAsync(false, HttpMethod.Post, url, Sign(url), "");
        await AssertJudgedAsync(false, HttpMethod.Post, wrong, Sign(wrong), Json);
        await AssertJudgedAsync(false, HttpMethod.Post, url, Sign(none), Json);
        await AssertJudgedAsync(false, HttpMethod.Post, none, Sign(none), Json);
        await AssertJudgedAsync(false, HttpMethod.Post, url, Sign(url + Json), Json);
    }

    [Fact]
    public async Task The_hash_is_lowercase()
    {
        var url = await DeployAsync($"/members.txt?bodySHA256={Hash(Json).ToUpperInvariant()}");

        await AssertJudgedAsync(false, HttpMethod.Post, url, Sign(url), Json);
    }

    [Fact]
    public async Task A_body_of_more_than_4_MB_is_not_read()
    {
        var url = await DeployAsync("/members.txt");

        var status = await SendAsync(HttpMethod.Post, url, Sign(url), new string('a', 5_000_000), "text/plain");

        Assert.Equal(413, status);
    }

    /// <summary>Deploys the file of a path.</summary>
    /// <returns>The URL with the path.</returns>
    private async Task<string> DeployAsync(string path)
    {
        var file = Uri.UnescapeDataString(path.Split('?')[0]);
        var version = await UploadAsync(file, [1], Visibility.Protected);
        var build = await Ours.Builds.CreateAsync(
            ServiceSid,
            new BuildContents { AssetVersions = [version.Sid] },
            Token
        );
        var environment = Sid.Parse(EnvironmentSid, SidKind.Environment);
        await Ours.Deployments.CreateAsync(ServiceSid, environment, build.Sid, Token);
        _domain = (await Ours.Environments.FetchAsync(ServiceSid, environment, Token)).DomainName;
        return $"http://{_domain}{path}";
    }

    /// <summary>Asserts that Twilio's validator and the emulator accept or refuse a request.</summary>
    private async Task AssertJudgedAsync(
        bool isValid,
        HttpMethod method,
        string url,
        string signature,
        string? body = null,
        string type = "application/json"
    )
    {
        var validator = new RequestValidator(TestCredentials.Secret);
        var judged =
            body is null || type == FormType
                ? validator.Validate(url, GetFields(body ?? ""), signature)
                : validator.Validate(url, body, signature);
        Assert.Equal(isValid, judged);
        Assert.Equal(isValid ? 200 : 403, await SendAsync(method, url, signature, body, type));
    }

    private async Task<int> SendAsync(HttpMethod method, string url, string signature, string? body, string type)
    {
        using var content = body is null ? null : new ByteArrayContent(Encoding.UTF8.GetBytes(body));
        if (content is not null)
        {
            content.Headers.ContentType = new MediaTypeHeaderValue(type);
        }

        // The path as it is: Uri would decode what needs no encoding.
        var target = new Uri(
            Emulator.Url + url[(url.IndexOf(_domain, StringComparison.Ordinal) + _domain.Length)..],
            new UriCreationOptions { DangerousDisablePathAndQueryCanonicalization = true }
        );
        using var http = new System.Net.Http.HttpClient(new SocketsHttpHandler { UseProxy = false });
        using var request = new HttpRequestMessage(method, target) { Content = content };
        request.Headers.Host = _domain;
        request.Headers.Add("X-Twilio-Signature", signature);
        using var response = await http.SendAsync(request, Token);
        return (int)response.StatusCode;
    }

    /// <summary>
    /// The fields for Twilio's validator. It has no repeated fields; the libraries for other languages sign the name
    /// before each distinct value.
    /// </summary>
    private static Dictionary<string, string> GetFields(string body) =>
        body.Split('&', StringSplitOptions.RemoveEmptyEntries)
            .Select(field => field.Replace('+', ' ').Split('='))
            .GroupBy(field => Uri.UnescapeDataString(field[0]), field => Uri.UnescapeDataString(field[1]))
            .ToDictionary(
                field => field.Key,
                field => string.Join(field.Key, field.Distinct().Order(StringComparer.Ordinal))
            );

    private static string Hash(string body) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(body)));

    private static string Sign(string text, string token = TestCredentials.Secret)
    {
#pragma warning disable CA5350 // The service signs with SHA-1.
        return Convert.ToBase64String(HMACSHA1.HashData(Encoding.UTF8.GetBytes(token), Encoding.UTF8.GetBytes(text)));
#pragma warning restore CA5350
    }
}
