using System.Text;

namespace Serverless.Assets.Emulator.Tests.Hosting;

/// <summary>Web pages of other origins can use neither the API nor the control endpoints.</summary>
public sealed class RequestGuardTests
{
    private static readonly string Credentials = Convert.ToBase64String(
        Encoding.ASCII.GetBytes($"{ApiClient.Account}:secret")
    );

    [Theory]
    [InlineData("127.0.0.1:{port}")]
    [InlineData("127.0.0.1")]
    [InlineData("localhost:{port}")]
    [InlineData("LOCALHOST:{port}")]
    [InlineData("localhost.:{port}")]
    [InlineData("localhost:1")] // a forwarded port
    [InlineData("[::1]:{port}")]
    [InlineData("[::1]")]
    [InlineData("[::ffff:127.0.0.1]")]
    [InlineData("127.0.0.1.:{port}")]
    public async Task The_API_and_the_control_endpoints_serve_the_loopback_address(string host)
    {
        await using var emulator = await TestEmulator.StartAsync();

        foreach (var address in new[] { "/v1/Services", "/", "/__emulator/faults" })
        {
            Assert.Equal(200, (await SendAsync(emulator, $"GET {address}", host)).Status);
        }
    }

    [Theory]
    [InlineData("attacker.example")]
    [InlineData("attacker.example:{port}")]
    [InlineData("localhost.attacker.example")]
    [InlineData("127.0.0.1.attacker.example:{port}")]
    [InlineData("notlocalhost:{port}")]
    [InlineData("0.0.0.0:{port}")]
    [InlineData("[fe80::1]:{port}")]
    [InlineData("localhost..:{port}")]
    [InlineData(".localhost:{port}")]
    [InlineData("192.168.0.1:{port}")]
    [InlineData("shop-1234-dev.twil.io")]
    [InlineData("serverless.twilio.com")]
    [InlineData("a-label-of-more-than-63-characters-------------------------------------------.example")]
    [InlineData("~~")]
    [InlineData(".")]
    [InlineData("")]
    public async Task A_request_for_another_host_is_refused_and_changes_nothing(string host)
    {
        await using var emulator = await TestEmulator.StartAsync(new EmulatorFaults { Seed = 9 });

        foreach (
            var request in new[]
            {
                "GET /",
                "GET /__emulator/faults",
                "PUT /__emulator/faults",
                "POST /__emulator/stats/reset",
                "GET /v1/Services",
                "POST /v1/Services",
                "DELETE /v1/Services/shop",
                "GET /other",
            }
        )
        {
            var answer = await SendAsync(emulator, request, host, "UniqueName=shop&FriendlyName=x");
            Assert.Equal((404, 20404), (answer.Status, answer.Json.GetProperty("code").GetInt32()));
        }

        Assert.Equal(9, emulator.Faults.Seed);
        Assert.Empty((await emulator.GetAsync("/v1/Services")).All("services", "sid"));
    }

    /// <summary>Names that no resolver accepts: too long, or not a valid encoding of Unicode.</summary>
    [Theory]
    [InlineData("a-label-of-more-than-63-characters-------------------------------------------")]
    [InlineData("~~")]
    [InlineData("xn--a")]
    public async Task A_site_with_an_invalid_name_does_not_exist(string name)
    {
        await using var emulator = await TestEmulator.StartAsync();

        foreach (var accept in new[] { "*/*", "text/html" })
        {
            var answer = await RawRequest.SendAsync(
                emulator.Port,
                $"GET /a HTTP/1.1\nHost: {name}.localhost\nAccept: {accept}\nX-Twilio-Signature: x\n\n"
            );
            Assert.Equal(404, answer.Status);
        }
    }

    [Theory]
    [InlineData("GET /v1/Services HTTP/1.1\n\n", 400)] // required by HTTP
    [InlineData("GET /v1/Services HTTP/1.0\n\n", 404)]
    [InlineData("GET /v1/Services HTTP/1.1\nHost: localhost\nHost: localhost\n\n", 400)]
    [InlineData("GET http://attacker.example/ HTTP/1.1\nHost: attacker.example\n\n", 404)]
    [InlineData("GET http://attacker.example/ HTTP/1.1\nHost: localhost\n\n", 400)]
    [InlineData("GET http://localhost/ HTTP/1.1\nHost: attacker.example\n\n", 400)]
    [InlineData("GET http://localhost/__emulator/stats HTTP/1.1\nHost: localhost\n\n", 200)]
    [InlineData("GET / HTTP/1.1\nHost: a b\n\n", 400)]
    [InlineData("GET / HTTP/1.1\nHost: [::]\n\n", 400)]
    [InlineData("CONNECT localhost:1 HTTP/1.1\nHost: localhost:1\n\n", 404)]
    [InlineData("OPTIONS * HTTP/1.1\nHost: localhost\n\n", 404)]
    [InlineData("OPTIONS * HTTP/1.1\nHost: attacker.example\n\n", 404)]
    public async Task The_target_does_not_hide_the_host(string request, int status)
    {
        await using var emulator = await TestEmulator.StartAsync();

        Assert.Equal(status, (await RawRequest.SendAsync(emulator.Port, request)).Status);
    }

    [Theory]
    [InlineData("")]
    [InlineData(".")]
    public async Task Sites_are_served_whatever_the_case_and_to_pages_of_any_origin(string end)
    {
        await using var emulator = await TestEmulator.StartAsync();
        var service = (await emulator.Api.CreateServiceAsync()).Sid();
        var build = (await emulator.Api.BuildAsync(service, await emulator.Api.AddAsync(service, "/a", "public")))
            .Created()
            .Sid();
        var environment = await emulator.Api.CreateEnvironmentAsync(service);
        (await emulator.Api.DeployAsync(service, environment.Sid(), build)).Created();
        var domain = environment.Text("domain_name")!.Split(':')[0].ToUpperInvariant() + end;

        var answer = await emulator.Api.SendAsync(
            HttpMethod.Get,
            "/a",
            configure: request =>
            {
                request.Headers.Host = $"{domain}:{emulator.Port}";
                request.Headers.Add("Origin", "https://attacker.example");
                request.Headers.Add("Sec-Fetch-Site", "cross-site");
            }
        );

        Assert.Equal((200, "public"), (answer.Status, answer.Text));
    }

    [Theory]
    [InlineData("Origin", "https://attacker.example")]
    [InlineData("Origin", "http://attacker.example:{port}")]
    [InlineData("Origin", "http://localhost:3000")]
    [InlineData("Origin", "http://shop-1234-dev.localhost:{port}")] // a deployed site
    [InlineData("Origin", "https://127.0.0.1:{port}")]
    [InlineData("Origin", "null")] // a sandboxed page, such as uploaded HTML, or a local file
    [InlineData("Sec-Fetch-Site", "cross-site")]
    [InlineData("Sec-Fetch-Site", "same-site")]
    public async Task A_page_of_another_origin_can_neither_read_nor_change_anything(string header, string value)
    {
        await using var emulator = await TestEmulator.StartAsync(new EmulatorFaults { Seed = 9 });
        await emulator.Api.CreateServiceAsync();
        value = value.Replace("{port}", $"{emulator.Port}", StringComparison.Ordinal);

        foreach (
            var (method, address) in new[]
            {
                (HttpMethod.Post, "/__emulator/stats/reset"),
                (HttpMethod.Put, "/__emulator/faults"),
                (HttpMethod.Post, "/v1/Services"),
                (HttpMethod.Delete, "/v1/Services/shop"),
                (HttpMethod.Get, "/v1/Services"),
                (HttpMethod.Get, "/__emulator/services"),
                (HttpMethod.Options, "/v1/Services"),
            }
        )
        {
            var answer = await emulator.Api.SendAsync(
                method,
                address,
                method == HttpMethod.Get ? null : new StringContent("{}", Encoding.UTF8, "text/plain"),
                request => request.Headers.Add(header, value)
            );
            answer.Refused(403, 20403, "The emulator accepts no requests from web pages of another origin");
            Assert.DoesNotContain("Access-Control-Allow-Origin", answer.Headers.Keys);
        }

        Assert.Equal(9, emulator.Faults.Seed);
        Assert.Equal(["shop"], (await emulator.GetAsync("/v1/Services")).All("services", "unique_name"));
    }

    [Theory]
    [InlineData("same-origin", "http://127.0.0.1:{port}", 204)]
    [InlineData("none", null, 204)]
    [InlineData("cross-site", "http://127.0.0.1:{port}", 403)]
    public async Task Its_own_pages_can_use_it(string site, string? origin, int status)
    {
        await using var emulator = await TestEmulator.StartAsync();

        var answer = await emulator.Api.SendAsync(
            HttpMethod.Post,
            "/__emulator/stats/reset",
            configure: request =>
            {
                request.Headers.Add("Sec-Fetch-Site", site);
                if (origin is not null)
                {
                    request.Headers.Add(
                        "Origin",
                        origin.Replace("{port}", $"{emulator.Port}", StringComparison.Ordinal)
                    );
                }
            }
        );

        Assert.Equal(status, answer.Status);
    }

    [Theory]
    [InlineData("GET", "navigate", "document", 200)]
    [InlineData("GET", "navigate", "iframe", 403)]
    [InlineData("GET", "no-cors", "image", 403)]
    [InlineData("POST", "navigate", "document", 403)]
    public async Task A_link_may_lead_to_the_overview_page(string method, string mode, string target, int status)
    {
        await using var emulator = await TestEmulator.StartAsync();

        var answer = await emulator.Api.SendAsync(
            new HttpMethod(method),
            "/",
            configure: request =>
            {
                request.Headers.Add("Sec-Fetch-Site", "cross-site");
                request.Headers.Add("Sec-Fetch-Mode", mode);
                request.Headers.Add("Sec-Fetch-Dest", target);
            }
        );

        Assert.Equal(status, answer.Status);
    }

    private static Task<ApiResult> SendAsync(TestEmulator emulator, string request, string host, string body = "") =>
        RawRequest.SendAsync(
            emulator.Port,
            $"{request} HTTP/1.1\n"
                + $"Host: {host.Replace("{port}", $"{emulator.Port}", StringComparison.Ordinal)}\n"
                + $"Authorization: Basic {Credentials}\n"
                + "Content-Type: application/x-www-form-urlencoded\n"
                + $"Content-Length: {body.Length}\nConnection: close\n\n{body}"
        );
}
