namespace Serverless.Assets.Emulator.Tests.Control;

public sealed class OverviewPageTests
{
    [Theory]
    [InlineData("/")]
    [InlineData("/__emulator/")]
    public async Task The_page_shows_services_sites_and_files(string address)
    {
        await using var emulator = await TestEmulator.StartAsync();
        Assert.Contains(
            "There are no Services yet.",
            (await emulator.Api.GetAsync(address)).Text,
            StringComparison.Ordinal
        );
        await emulator.Api.CreateServiceAsync();
        var domain = (await emulator.Api.CreateEnvironmentAsync("shop")).Text("domain_name");
        var version = await emulator.Api.AddAsync("shop", "/a.css", new string('x', 1234), "protected", "text/css");

        var page = await emulator.Api.GetAsync(address);

        Assert.Equal("text/html; charset=utf-8", page.Headers["Content-Type"]);
        Assert.Equal("default-src 'none'; style-src 'unsafe-inline'", page.Headers["Content-Security-Policy"]);
        Assert.Contains("<h2>shop</h2>", page.Text, StringComparison.Ordinal);
        Assert.Contains($"<a href=\"http://{domain}/\">http://{domain}/</a>", page.Text, StringComparison.Ordinal);
        Assert.Contains(
            $"<tr><td><a href=\"/__emulator/versions/{version}/content\">/a.css</a></td>"
                + $"<td class=\"protected\">protected</td>"
                + $"<td>text/css</td><td class=\"number\">1,234</td><td>2026-03-01 12:00:00</td>"
                + $"<td><code>{version}</code></td></tr>",
            page.Text,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task User_provided_names_are_text_and_never_markup()
    {
        await using var emulator = await TestEmulator.StartAsync();
        const string Evil = "<script>alert(1)</script>";
        (await emulator.Api.PostAsync("/v1/Services", ("UniqueName", "shop"), ("FriendlyName", Evil))).Created();
        await emulator.Api.CreateEnvironmentAsync("shop", Evil);
        await emulator.Api.AddAsync("shop", "/<b>", "x", contentType: "text/<i>");

        var page = (await emulator.Api.GetAsync("/")).Text;

        Assert.DoesNotContain("<script", page, StringComparison.Ordinal);
        Assert.DoesNotContain("<b>", page, StringComparison.Ordinal);
        Assert.DoesNotContain("<i>", page, StringComparison.Ordinal);
        Assert.Contains("<p>&lt;script&gt;alert(1)&lt;/script&gt; <code>", page, StringComparison.Ordinal);
        Assert.Contains("<tr><td>&lt;script&gt;alert(1)&lt;/script&gt;</td>", page, StringComparison.Ordinal);
        Assert.Contains(">/&lt;b&gt;</a>", page, StringComparison.Ordinal);
        Assert.Contains("<td>text/&lt;i&gt;</td>", page, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/")]
    [InlineData("/__emulator/services")]
    [InlineData("/__emulator/stats")]
    public async Task A_foreign_host_name_sees_nothing(string address)
    {
        await using var emulator = await TestEmulator.StartAsync();

        var answer = await emulator.Api.SendAsync(
            HttpMethod.Get,
            address,
            configure: request => request.Headers.Host = "attacker.example"
        );

        Assert.Equal(404, answer.Status);
    }

    [Fact]
    public async Task The_state_can_be_had_as_json()
    {
        await using var emulator = await TestEmulator.StartAsync();
        var service = (await emulator.Api.CreateServiceAsync()).Sid();
        var environment = await emulator.Api.CreateEnvironmentAsync(service);
        var version = await emulator.Api.AddAsync(service, "/a", "abc");
        var described = (await emulator.Api.GetAsync($"/__emulator/versions/{version}")).Text;

        JsonAssert.Same(
            $$"""
            {
              "services": [
                {
                  "sid": "{{service}}",
                  "account_sid": "{{ApiClient.Account}}",
                  "unique_name": "shop",
                  "environments": [
                    {
                      "sid": "{{environment.Sid()}}",
                      "unique_name": "dev",
                      "domain_name": "{{environment.Text("domain_name")}}",
                      "build_sid": null
                    }
                  ],
                  "asset_versions": [
                    {{described}}
                  ]
                }
              ]
            }
            """,
            (await emulator.Api.GetAsync("/__emulator/services")).Ok()
        );
        Assert.Equal(404, (await emulator.Api.GetAsync("/__emulator/versions/ZN0/content")).Status);
    }
}
