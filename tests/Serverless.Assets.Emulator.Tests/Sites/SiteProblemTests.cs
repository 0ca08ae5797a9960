using System.Text.RegularExpressions;

namespace Serverless.Assets.Emulator.Tests.Sites;

/// <summary>What a site says when it does not serve something.</summary>
public sealed partial class SiteProblemTests
{
    private const string Browser = "text/html,application/xhtml+xml,*/*;q=0.8";

    [Fact]
    public async Task A_missing_page_names_the_deployment_and_what_it_has()
    {
        await using var site = await DeployedSite.StartAsync();
        await site.DeployAsync(("/css/a.css", "a", "public"), ("/m.txt", "m", "protected"), ("/s.txt", "s", "private"));

        var page = await OpenAsync(site, "/nothing/like/it");

        Assert.Equal((404, "text/html; charset=utf-8"), (page.Status, page.Headers["Content-Type"]));
        Assert.Contains("Environment &#x27;dev&#x27; of the Service &#x27;shop&#x27;", page.Text);
        Assert.Matches(@"<dd>shop \(ZS[0-9a-f]{32}\)</dd>", page.Text);
        Assert.Matches(@"<dd>dev \(ZE[0-9a-f]{32}\)</dd>", page.Text);
        Assert.Matches("<dd>ZB[0-9a-f]{32}</dd>", page.Text);
        Assert.Contains($"<li><a href=\"http://{site.Domain}/css/a.css\">/css/a.css</a></li>", page.Text);
        Assert.Contains("/m.txt</a> (protected)</li>", page.Text);
        Assert.Contains("<li>/s.txt (private)</li>", page.Text);
        Assert.DoesNotContain("Did you mean", page.Text);
    }

    [Theory]
    [InlineData("/css/sitte.css", "/css/site.css")]
    [InlineData("/CSS/Site.css", "/css/site.css")]
    [InlineData("/site.css", "/css/site.css")]
    [InlineData("/", "/index.html")]
    [InlineData("/help", "/help/index.html")]
    [InlineData("/help/", "/help/index.html")]
    [InlineData("/about", "/about.html")]
    [InlineData("/secrett.txt", null)]
    [InlineData("/x", null)]
    public async Task The_nearest_path_is_suggested(string requested, string? expected)
    {
        await using var site = await DeployedSite.StartAsync();
        await site.DeployAsync(
            ("/css/site.css", "a", "public"),
            ("/index.html", "a", "public"),
            ("/help/index.html", "a", "public"),
            ("/about.html", "a", "public"),
            ("/secret.txt", "a", "private")
        );

        var page = (await OpenAsync(site, requested)).Text;
        var text = (await site.GetAsync(requested)).Text;

        var link = $"<p>Did you mean <a href=\"http://{site.Domain}{expected}\">{expected}</a>?</p>";
        Assert.Equal(expected is not null, page.Contains(link, StringComparison.Ordinal));
        Assert.Equal(expected is not null, page.Contains("Did you mean", StringComparison.Ordinal));
        Assert.Equal(expected is not null, text.EndsWith($" Did you mean '{expected}'?\n", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("*/*")]
    [InlineData("application/json")]
    [InlineData("text/html;q=0, text/plain")]
    public async Task Other_clients_get_one_line(string? accept)
    {
        await using var site = await DeployedSite.StartAsync();
        await site.DeployAsync(("/a.txt", "a", "public"));

        var answer = await site.SendAsync(HttpMethod.Get, "/nothing", accept is null ? [] : [("Accept", accept)]);

        Assert.Equal((404, "text/plain; charset=utf-8"), (answer.Status, answer.Headers["Content-Type"]));
        Assert.Equal(
            "Not Found: The Build that is deployed to the Environment 'dev' of the Service 'shop' has no '/nothing'.\n",
            answer.Text
        );
    }

    [Fact]
    public async Task A_long_list_is_cut()
    {
        await using var site = await DeployedSite.StartAsync();
        await site.DeployAsync([.. Enumerable.Range(0, 103).Select(i => ($"/{i:000}.txt", "same", "public"))]);

        var page = (await OpenAsync(site, "/nothing")).Text;

        Assert.Equal(100, ListItem().Count(page));
        Assert.Contains("<p>And 3 more.</p>", page);
        Assert.DoesNotContain("/100.txt", page);
    }

    [Fact]
    public async Task An_Environment_without_a_deployment_says_what_to_do()
    {
        await using var site = await DeployedSite.StartAsync();

        var page = await OpenAsync(site, "/");

        Assert.Equal(404, page.Status);
        Assert.Contains("Nothing is deployed to the Environment &#x27;dev&#x27;", page.Text);
        Assert.Contains("serverless-assets deploy --emulator --service-name shop --environment dev", page.Text);
    }

    [Fact]
    public async Task A_deployment_that_is_not_visible_yet_is_not_called_missing()
    {
        await using var site = await DeployedSite.StartAsync(new EmulatorFaults { PropagationSeconds = 5 });
        await site.DeployAsync(("/a.txt", "a", "public"));

        var answer = await site.GetAsync("/a.txt");

        Assert.Equal(404, answer.Status);
        Assert.Contains("is not visible yet", answer.Text);
    }

    [Fact]
    public async Task An_unknown_domain_lists_the_sites_that_exist()
    {
        await using var site = await DeployedSite.StartAsync();

        var page = await site.Emulator.Api.SendAsync(
            HttpMethod.Get,
            "/",
            configure: request =>
            {
                request.Headers.Host = $"nobody-1234.localhost:{site.Emulator.Port}";
                request.Headers.TryAddWithoutValidation("Accept", Browser);
            }
        );

        Assert.Equal(404, page.Status);
        Assert.Contains("No Environment has the domain &#x27;nobody-1234&#x27;", page.Text);
        Assert.Contains($"<a href=\"http://{site.Domain}/\">{site.Domain}</a> (dev of shop)", page.Text);
    }

    [Theory]
    [InlineData(null, "has no X-Twilio-Signature.")]
    [InlineData("wrong", "has no valid X-Twilio-Signature.")]
    public async Task A_protected_file_explains_how_to_sign(string? signature, string expected)
    {
        const string Token = "a token that no page shows";
        await using var site = await DeployedSite.StartAsync(configure: options => options with { AuthToken = Token });
        await site.DeployAsync(("/m.txt", "m", "protected"));

        var page = await site.SendAsync(
            HttpMethod.Get,
            "/m.txt?it's",
            [("Accept", Browser), .. signature is null ? [] : new[] { ("X-Twilio-Signature", signature) }]
        );

        Assert.Equal(403, page.Status);
        Assert.Contains(expected, page.Text);
        Assert.Contains("HMAC-SHA1", page.Text);
        Assert.Contains($"curl &#x27;http://{site.Domain}/m.txt?it&#x27;\\&#x27;&#x27;s&#x27;", page.Text);
        Assert.DoesNotContain(Token, page.Text);
    }

    [Fact]
    public async Task A_private_file_says_why_it_has_no_URL()
    {
        await using var site = await DeployedSite.StartAsync();
        await site.DeployAsync(("/s.txt", "content", "private"));

        var page = await OpenAsync(site, "/s.txt");

        Assert.Equal(404, page.Status);
        Assert.Contains("&#x27;/s.txt&#x27; is private, so it has no URL.", page.Text);
        Assert.DoesNotContain("content</", page.Text);
    }

    [Theory]
    [InlineData("public", 501)]
    [InlineData("protected", 403)]
    [InlineData("private", 404)]
    public async Task A_Function_is_not_run(string visibility, int status)
    {
        await using var site = await DeployedSite.StartAsync();
        var version = await site.DeployFunctionAsync("/hello", visibility);

        var page = await OpenAsync(site, "/hello");
        var text = await site.GetAsync("/hello");

        Assert.Equal((status, status), (page.Status, text.Status));
        if (status == 501)
        {
            Assert.Contains($"is the Function Version {version}. The emulator does not run Functions.", page.Text);
            Assert.Contains("/hello</a> (Function)", page.Text);
            Assert.Equal(
                $"Not Implemented: '/hello' is the Function Version {version}. The emulator does not run Functions.\n",
                text.Text
            );
        }
    }

    [Fact]
    public async Task Nothing_in_the_page_is_taken_for_HTML()
    {
        await using var site = await DeployedSite.StartAsync();
        await site.DeployAsync(("/a<b>.txt", "a", "public"));

        var page = await OpenAsync(site, "/%3Cscript%3Ealert(1)%3C/script%3E?\"><i>");

        Assert.Equal(404, page.Status);
        Assert.DoesNotContain("<script", page.Text, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("<b>", page.Text);
        Assert.DoesNotContain("<i>", page.Text);
        Assert.Contains("&lt;script&gt;alert(1)", page.Text);
    }

    [Fact]
    public async Task The_page_is_complete_accessible_and_self_contained()
    {
        await using var site = await DeployedSite.StartAsync();
        await site.DeployAsync(("//other.example/x", "a", "public"));

        var page = await OpenAsync(site, "/nothing");

        Assert.StartsWith("<!doctype html>\n<html lang=\"en\">", page.Text, StringComparison.Ordinal);
        Assert.Contains("<title>404 Not Found</title>", page.Text);
        Assert.Equal(1, Heading().Count(page.Text));
        Assert.Contains("<main>", page.Text);
        Assert.Contains("<nav aria-labelledby=\"paths\">", page.Text);
        Assert.Contains("color-scheme: light dark", page.Text);
        Assert.DoesNotMatch("<(script|link|img|iframe)|src=|@import|url\\(", page.Text);
        Assert.Equal("default-src 'none'; style-src 'unsafe-inline'", page.Headers["Content-Security-Policy"]);
        Assert.Equal("no-store", page.Headers["Cache-Control"]);
        Assert.All(
            Href().Matches(page.Text),
            link => Assert.Matches(@"^http://(127\.0\.0\.1|shop-\d+-dev\.localhost):\d+/", link.Groups[1].Value)
        );
    }

    private static Task<ApiResult> OpenAsync(DeployedSite site, string path) =>
        site.SendAsync(HttpMethod.Get, path, ("Accept", Browser));

    [GeneratedRegex("<li>")]
    private static partial Regex ListItem();

    [GeneratedRegex("<h1>")]
    private static partial Regex Heading();

    [GeneratedRegex("href=\"([^\"]*)\"")]
    private static partial Regex Href();
}
