using System.Security.Cryptography;

namespace Serverless.Assets.Emulator.Tests.Sites;

public sealed class SiteTests
{
    [Fact]
    public async Task A_public_file_is_served_with_what_a_browser_needs_and_no_cors()
    {
        await using var site = await DeployedSite.StartAsync();
        await site.DeployAsync(("/a.txt", "hello", "public"));

        var answer = await site.GetAsync("/a.txt?v=1");

        Assert.Equal(200, answer.Status);
        Assert.Equal("hello", answer.Text);
        Assert.Equal("text/plain", answer.Headers["Content-Type"]);
        Assert.Equal("5", answer.Headers["Content-Length"]);
        Assert.Equal($"\"{Convert.ToHexStringLower(SHA256.HashData("hello"u8))}\"", answer.Headers["ETag"]);
        Assert.DoesNotContain("Access-Control-Allow-Origin", answer.Headers.Keys);
    }

    [Theory]
    [InlineData("/secret.txt", 404, "Not Found: '/secret.txt' is private, ")]
    [InlineData("/unknown.txt", 404, "Not Found: The Build ")]
    [InlineData("/A.TXT", 404, "Not Found: The Build ")]
    [InlineData("/members.txt", 403, "Forbidden: '/members.txt' is protected, ")]
    public async Task A_private_or_protected_file_is_refused(string path, int status, string text)
    {
        await using var site = await DeployedSite.StartAsync();
        await site.DeployAsync(
            ("/a.txt", "a", "public"),
            ("/secret.txt", "s", "private"),
            ("/members.txt", "m", "protected")
        );

        var answer = await site.GetAsync(path);

        Assert.Equal(status, answer.Status);
        Assert.StartsWith(text, answer.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_unknown_site_and_one_without_a_deployment_have_nothing()
    {
        await using var site = await DeployedSite.StartAsync();

        Assert.Equal(404, (await site.GetAsync("/")).Status);
        Assert.Equal(404, (await site.Emulator.Api.SiteAsync("nobody-1234.localhost", "/")).Status);
    }

    [Fact]
    public async Task A_site_has_no_api_and_no_control_endpoints()
    {
        await using var site = await DeployedSite.StartAsync();

        Assert.Equal(404, (await site.GetAsync("/v1/Services")).Status);
        Assert.Equal(404, (await site.GetAsync("/__emulator/services")).Status);
    }

    [Fact]
    public async Task The_root_falls_back_to_assets_index_html()
    {
        await using var site = await DeployedSite.StartAsync();

        await site.DeployAsync(("/index.html", "not this", "public"), ("/assets/index.html", "fallback", "public"));
        Assert.Equal("fallback", (await site.GetAsync("/")).Text);

        await site.DeployAsync(("/", "own", "public"), ("/assets/index.html", "fallback", "public"));
        Assert.Equal("own", (await site.GetAsync("/")).Text);
    }

    [Fact]
    public async Task A_deployment_replaces_all_that_was_live()
    {
        await using var site = await DeployedSite.StartAsync();
        await site.DeployAsync(("/a.txt", "one", "public"), ("/b.txt", "b", "public"));
        await site.DeployAsync(("/a.txt", "two", "public"));

        Assert.Equal("two", (await site.GetAsync("/a.txt")).Text);
        Assert.Equal(404, (await site.GetAsync("/b.txt")).Status);
    }

    [Fact]
    public async Task The_old_content_is_shown_until_the_new_one_has_spread()
    {
        await using var site = await DeployedSite.StartAsync();
        await site.DeployAsync(("/a.txt", "old", "public"));
        site.Emulator.Server.Faults = new EmulatorFaults { PropagationSeconds = 5 };
        await site.DeployAsync(("/a.txt", "new", "public"));

        site.Emulator.Clock.Advance(TimeSpan.FromSeconds(4.9));
        Assert.Equal("old", (await site.GetAsync("/a.txt")).Text);
        site.Emulator.Clock.Advance(TimeSpan.FromSeconds(0.1));
        Assert.Equal("new", (await site.GetAsync("/a.txt")).Text);
    }

    [Fact]
    public async Task An_OPTIONS_request_returns_CORS_headers()
    {
        await using var site = await DeployedSite.StartAsync();

        var answer = await site.Emulator.Api.SiteAsync(site.Domain, "/a.txt", HttpMethod.Options);

        Assert.Equal(204, answer.Status);
        Assert.Equal("*", answer.Headers["Access-Control-Allow-Origin"]);
        Assert.Equal("GET, POST, OPTIONS", answer.Headers["Access-Control-Allow-Methods"]);
        Assert.Equal("ETag", answer.Headers["Access-Control-Expose-Headers"]);
        Assert.Equal("86400", answer.Headers["Access-Control-Max-Age"]);
    }

    [Theory]
    [InlineData("HEAD", 405)]
    [InlineData("PUT", 405)]
    [InlineData("POST", 200)]
    public async Task Only_get_and_post_are_served(string method, int status)
    {
        await using var site = await DeployedSite.StartAsync();
        await site.DeployAsync(("/a.txt", "a", "public"));

        Assert.Equal(status, (await site.Emulator.Api.SiteAsync(site.Domain, "/a.txt", new HttpMethod(method))).Status);
    }

    [Theory]
    [InlineData("/caf\u00e9.txt", "/caf%C3%A9.txt")]
    [InlineData("/caf%C3%A9.txt", "/caf%C3%A9.txt")]
    [InlineData("/a%20b.txt", "/a%20b.txt")]
    public async Task A_path_is_found_however_the_upload_wrote_it(string uploaded, string asked)
    {
        await using var site = await DeployedSite.StartAsync();
        await site.DeployAsync((uploaded, "a", "public"));

        Assert.Equal("a", (await site.GetAsync(asked)).Text);
    }
}
