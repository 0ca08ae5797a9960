using System.Net;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using Serverless.Assets.Client;
using Serverless.Assets.Diagnostics;
using Serverless.Assets.Manifest;
using Serverless.Assets.Settings;
using Serverless.Assets.Verification;

namespace Serverless.Assets.Tests.Verification;

/// <summary>The responses of a site that are right, and the words for those that are not.</summary>
public sealed class SiteVerifierTests
{
    private const string Content = "content";

    private static readonly Uri Site = new("https://site.test/");

    private readonly SkippingClock _clock = new();
    private readonly RecordingLogger _logger = new();
    private ValidatedServiceSettings _settings = TestSettings.Options;

    private static string Sha256 => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Content)));

    [Theory]
    [InlineData("text/plain")]
    [InlineData("Text/PLAIN; charset=utf-8")]
    public async Task Parameters_and_letter_case_of_the_media_type_do_not_matter(string contentType)
    {
        var site = Respond(_ => Answer(HttpStatusCode.OK, contentType));
        Assert.Empty(await VerifyAsync(site, Asset("/a.txt"), Asset("/b.txt") with { ContentType = "TEXT/Plain;q=1" }));
        Assert.Equal(["GET /a.txt", "GET /b.txt"], site.Lines.Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData(200, "text/html", Content, "200, text/html, sha256 {0}")]
    [InlineData(200, null, Content, "200, no content type, sha256 {0}")]
    [InlineData(200, "text/plain", "content and more", "200, text/plain, more than 7 bytes")]
    [InlineData(404, "text/plain", Content, "404")]
    [InlineData(206, "text/plain", Content, "206")]
    public async Task A_public_asset_is_served_with_its_type_and_content(
        int status,
        string? contentType,
        string content,
        string found
    )
    {
        var site = Respond(_ => Answer((HttpStatusCode)status, contentType, content));
        DiagnosticAssert.Same(
            await VerifyAsync(site, Asset("/a.txt")),
            Wrong("/a.txt", $"200, text/plain, sha256 {Sha256}", found.Replace("{0}", Sha256, StringComparison.Ordinal))
        );
    }

    [Fact]
    public async Task Shorter_content_is_wrong()
    {
        var problem = Assert.Single(await VerifyAsync(Respond(_ => Answer(content: "conten")), Asset("/a.txt")));
        Assert.Equal("SAB4010", problem.Code);
    }

    [Theory]
    [InlineData(404, true)]
    [InlineData(403, true)]
    [InlineData(200, false)]
    [InlineData(500, false)]
    public async Task A_private_asset_is_not_reachable(int status, bool isRight)
    {
        var site = Respond(_ => Answer((HttpStatusCode)status));
        Diagnostic[] expected = isRight ? [] : [Wrong("/a.txt", "404 (private)", $"{status}")];
        DiagnosticAssert.Same(await VerifyAsync(site, Asset("/a.txt", Visibility.Private)), expected);
    }

    [Fact]
    public async Task A_protected_asset_is_served_only_with_the_signature()
    {
        var site = Respond(request =>
            request.Headers.TryGetValues("X-Twilio-Signature", out var signatures)
                ? Answer(
                    signatures.Single() == _settings.Credentials.Sign(request.Address) ? HttpStatusCode.OK : default
                )
                : Answer(HttpStatusCode.Forbidden)
        );
        Assert.Empty(await VerifyAsync(site, Asset("/a.txt", Visibility.Protected)));
        Assert.Equal(2, site.Lines.Count);
    }

    [Fact]
    public async Task Without_an_auth_token_the_content_of_a_protected_asset_is_not_compared()
    {
        _settings = _settings with
        {
            Credentials = new TwilioCredentials(TestCredentials.ApiKey, TestSettings.Secret, "the test"),
        };
        var site = Respond(_ => Answer(HttpStatusCode.Forbidden));
        Assert.Empty(await VerifyAsync(site, Asset("/a.txt", Visibility.Protected)));
        Assert.Single(site.Lines);
    }

    [Fact]
    public async Task Only_assets_that_differ_are_fetched_again_every_second_for_a_minute()
    {
        var site = Respond(request => Answer(content: request.Address.AbsolutePath == "/a.txt" ? Content : "earlier"));

        var problem = Assert.Single(await VerifyAsync(site, Asset("/a.txt"), Asset("/b.txt")));

        Assert.Contains("/b.txt", problem.Message, StringComparison.Ordinal);
        Assert.Single(site.Lines, "GET /a.txt");
        Assert.Equal(61, site.Lines.Count(line => line == "GET /b.txt"));
        Assert.Equal(Enumerable.Repeat(TimeSpan.FromSeconds(1), 60), _clock.Waits);
    }

    /// <summary>A large file may take a second more for each 100 KB.</summary>
    [Theory]
    [InlineData(3_000_000, true)]
    [InlineData(300_000, false)]
    public async Task A_slow_response_is_abandoned_if_it_takes_too_long_for_its_size(int size, bool isRight)
    {
        var content = new byte[size];
        var asset = Asset("/a.txt") with { Size = size, Sha256 = Convert.ToHexStringLower(SHA256.HashData(content)) };
        var half = (TestSettings.RequestTimeout / 2) + TimeSpan.FromSeconds(5);
        var site = Respond(_ => Answer(body: new SlowStream(content, reads: 2, () => _clock.Advance(half))));

        var problems = await VerifyAsync(site, asset);

        Diagnostic[] expected = isRight
            ? []
            : [Wrong("/a.txt", $"200, text/plain, sha256 {asset.Sha256}", "no complete response in time")];
        DiagnosticAssert.Same(problems, expected);
    }

    [Fact]
    public async Task A_failure_of_the_connection_is_named()
    {
        var site = Respond(_ => throw new HttpRequestException("connection refused"));
        DiagnosticAssert.Same(
            await VerifyAsync(site, Asset("/a.txt", Visibility.Private)),
            Wrong("/a.txt", "404 (private)", "no valid response (connection refused)")
        );
    }

    private async Task<IReadOnlyList<Diagnostic>> VerifyAsync(StubHandler site, params ManifestAsset[] assets)
    {
        var context = new EngineContext
        {
            Logger = _logger,
            Clock = _clock,
            SiteHandler = () => site,
        };
        var verifier = new SiteVerifier(Site, _settings, context);
        return await verifier.VerifyAsync(TestManifest.Create(assets), TestContext.Current.CancellationToken);
    }

    private static ManifestAsset Asset(string path, Visibility visibility = Visibility.Public) =>
        TestManifest.Asset(path, 1, path[1], visibility) with
        {
            Size = Content.Length,
            Sha256 = Sha256,
        };

    private static StubHandler Respond(Func<StubRequest, HttpResponseMessage> answer) => new(answer);

    private static HttpResponseMessage Answer(
        HttpStatusCode status = HttpStatusCode.OK,
        string? contentType = "text/plain",
        string content = Content,
        Stream? body = null
    )
    {
        var response = new HttpResponseMessage(status)
        {
            Content = new StreamContent(body ?? new MemoryStream(Encoding.UTF8.GetBytes(content))),
        };
        response.Content.Headers.ContentType = contentType is null ? null : MediaTypeHeaderValue.Parse(contentType);
        return response;
    }

    private static Diagnostic Wrong(string path, string expected, string found) =>
        DeploymentDiagnostics.VerificationFailed(path, new Uri(Site, path).AbsoluteUri, expected, found);

    /// <summary>Time passes before each of the first reads.</summary>
    private sealed class SlowStream(byte[] content, int reads, Action onRead) : MemoryStream(content)
    {
        private int _reads;

        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            if (++_reads <= reads)
            {
                onRead();
            }

            cancellationToken.ThrowIfCancellationRequested();
            return base.ReadAsync(buffer, cancellationToken);
        }
    }
}
