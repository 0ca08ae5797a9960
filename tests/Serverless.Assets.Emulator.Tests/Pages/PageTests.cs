namespace Serverless.Assets.Emulator.Tests.Pages;

/// <summary>The HTML of the pages, without a browser.</summary>
public sealed class PageTests
{
    private const string Policy =
        "default-src 'none'; style-src 'self'; script-src 'self'; connect-src 'self'; img-src 'self'; "
        + "media-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

    private const string Evil = "<script>alert(1)</script>";

    [Theory]
    [InlineData("/")]
    [InlineData("/__emulator/")]
    public async Task The_first_page_lists_services_and_sites(string address)
    {
        await using var emulator = await TestEmulator.StartAsync();
        await emulator.Api.CreateServiceAsync();
        var domain = (await emulator.Api.CreateEnvironmentAsync("shop")).Text("domain_name");

        var page = await emulator.Api.GetAsync(address);

        Assert.Equal(200, page.Status);
        Assert.Equal("text/html; charset=utf-8", page.Headers["Content-Type"]);
        Assert.Equal(Policy, page.Headers["Content-Security-Policy"]);
        Assert.Equal("nosniff", page.Headers["X-Content-Type-Options"]);
        Assert.Equal("no-store", page.Headers["Cache-Control"]);
        Contains(">shop</a></h2>", page);
        Contains($"<span>{domain}</span> <span class=\"tag\">nothing deployed</span>", page);
        Assert.DoesNotContain("There are no Services yet", page.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_empty_emulator_shows_what_to_do_next()
    {
        await using var emulator = await TestEmulator.StartAsync();
        await using var inMemory = await TestEmulator.StartInMemoryAsync(new ManualClock());

        var page = await emulator.Api.GetAsync("/");
        var withoutFolder = await inMemory.Api.GetAsync("/");

        Contains("There are no Services yet", page);
        Contains(
            $"serverless-assets deploy assets --emulator --emulator-data &quot;{emulator.Options.DataDirectory}&quot;",
            page
        );
        Contains($"curl -u AC00000000000000000000000000000000:x {emulator.Url}/v1/Services ", page);
        Assert.DoesNotContain("--emulator-data", withoutFolder.Text, StringComparison.Ordinal);
        Contains($"curl -u AC00000000000000000000000000000000:x {inMemory.Url}/v1/Services ", withoutFolder);
    }

    [Fact]
    public async Task A_service_has_its_environments_builds_and_assets()
    {
        await using var emulator = await TestEmulator.StartAsync();
        var shop = await Shop.CreateAsync(emulator);

        var page = await emulator.Api.GetAsync($"/services/{shop.Service}");

        Contains($"<a href=\"http://{shop.Domain}/\">http://{shop.Domain}/</a>", page);
        Contains($"<a href=\"/services/{shop.Service}/builds/{shop.SecondBuild}\">", page);
        Contains($"name=\"from\" value=\"{shop.FirstBuild}\"", page);
        foreach (var (path, asset) in shop.Assets)
        {
            Contains($"<a href=\"/services/{shop.Service}/assets/{asset}\">{path}</a>", page);
        }

        Contains("<span class=\"tag protected\">protected</span>", page);
        Contains("The shop", page);
    }

    [Fact]
    public async Task An_environment_has_its_deployments_and_variables()
    {
        await using var emulator = await TestEmulator.StartAsync();
        var shop = await Shop.CreateAsync(emulator);
        await emulator.Api.CreateVariableAsync(shop.Service, shop.Environment, "GREETING", "<b>Hello</b>");

        var page = await emulator.Api.GetAsync($"/services/{shop.Service}/environments/{shop.Environment}");

        Contains($"compare?from={shop.FirstBuild}&amp;to={shop.SecondBuild}\">", page);
        Contains("<code>GREETING</code></td><td><code>&lt;b&gt;Hello&lt;/b&gt;</code>", page);
        Contains($"href=\"http://{shop.Domain}/\"", page);
    }

    [Fact]
    public async Task A_call_of_a_function_is_in_the_logs_of_its_environment()
    {
        await using var emulator = await TestEmulator.StartAsync();
        var service = (await emulator.Api.CreateServiceAsync()).Sid();
        var environment = await emulator.Api.CreateEnvironmentAsync(service);
        var function = await emulator.Api.AddAsync(service, "/call", "exports.handler", collection: "Functions");
        var build = await emulator.Api.PostAsync($"/v1/Services/{service}/Builds", ("FunctionVersions", function));
        (await emulator.Api.DeployAsync(service, environment.Sid(), build.Created().Sid())).Created();
        await emulator.Api.SiteAsync(environment.Text("domain_name"), "/call");

        var page = await emulator.Api.GetAsync($"/services/{service}/environments/{environment.Sid()}");

        Contains("<td>warning</td>", page);
        Contains("GET /call", page);
        Contains("<h2 id=\"functions\">Functions</h2>", await emulator.Api.GetAsync($"/services/{service}"));
    }

    [Fact]
    public async Task Two_builds_are_compared_by_path()
    {
        await using var emulator = await TestEmulator.StartAsync();
        var shop = await Shop.CreateAsync(emulator);

        var page = await emulator.Api.GetAsync(
            $"/services/{shop.Service}/compare?from={shop.FirstBuild}&to={shop.SecondBuild}"
        );
        var same = await emulator.Api.GetAsync(
            $"/services/{shop.Service}/compare?from={shop.FirstBuild}&to={shop.FirstBuild}"
        );

        Contains("1 added, 1 removed, 1 changed, 4 unchanged", page);
        Contains("<td>/css/site.css</td>", page);
        Contains("<span class=\"tag changed\">content</span>", page);
        Contains("<span class=\"tag added\">added</span>", page);
        Contains("<span class=\"tag removed\">removed</span>", page);
        Contains("0 added, 0 removed, 0 changed, 6 unchanged", same);
    }

    [Fact]
    public async Task A_page_shows_the_content_of_a_build()
    {
        await using var emulator = await TestEmulator.StartAsync();
        var shop = await Shop.CreateAsync(emulator);

        var page = await emulator.Api.GetAsync($"/services/{shop.Service}/builds/{shop.FirstBuild}");

        Contains("<span class=\"tag completed\">completed</span>", page);
        Contains("node22", page);
        Contains("/data.bin</a>", page);
        Assert.DoesNotContain("/names.json", page.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/img/dot.png", "<img src=\"/__emulator/versions/{0}/content\" alt=\"Preview of /img/dot.png\" />")]
    [InlineData("/hold.wav", "<audio controls preload=\"metadata\" src=\"/__emulator/versions/{0}/content\"")]
    [InlineData("/css/site.css", "<code>body { color: blue }</code>")]
    [InlineData("/page.html", "<code>&lt;h1&gt;Hi&lt;/h1&gt;</code>")]
    [InlineData("/voice/welcome.twiml", "<p>TwiML with the verbs Say, Gather, Play</p>")]
    [InlineData("/names.json", "<code>[&quot;Ada&quot;]</code>")]
    [InlineData("/data.bin", "There is no preview of this content type.")]
    public async Task An_asset_has_a_preview(string path, string expected)
    {
        await using var emulator = await TestEmulator.StartAsync();
        var shop = await Shop.CreateAsync(emulator);
        var asset = shop.Assets[path];
        var newest = (await emulator.GetAsync($"/v1/Services/{shop.Service}/Assets/{asset}/Versions"))
            .GetProperty("asset_versions")[0]
            .Sid();

        var page = await emulator.Api.GetAsync($"/services/{shop.Service}/assets/{asset}");

        Contains(expected.Replace("{0}", newest, StringComparison.Ordinal), page);
        Contains($"<h1>{path}</h1>", page);
    }

    [Fact]
    public async Task An_earlier_version_can_be_shown()
    {
        await using var emulator = await TestEmulator.StartAsync();
        var shop = await Shop.CreateAsync(emulator);
        var asset = shop.Assets["/css/site.css"];
        var oldest = (await emulator.GetAsync($"/v1/Services/{shop.Service}/Assets/{asset}/Versions"))
            .GetProperty("asset_versions")[1]
            .Sid();

        var page = await emulator.Api.GetAsync($"/services/{shop.Service}/assets/{asset}?version={oldest}");

        Contains("<code>body { color: red }</code>", page);
        Contains($"?version={oldest}\" aria-current=\"true\">", page);
    }

    [Fact]
    public async Task An_asset_without_versions_and_one_with_much_text_are_shown()
    {
        await using var emulator = await TestEmulator.StartAsync();
        var service = (await emulator.Api.CreateServiceAsync()).Sid();
        var empty = await emulator.Api.CreateAssetAsync(service, "/empty.txt");
        await emulator.Api.AddAsync(service, "/long.txt", new string('x', 100_000));
        var page = await emulator.Api.GetAsync($"/services/{service}");
        var href = page.Text.Split('"').Single(part => part.Contains("/assets/ZH", StringComparison.Ordinal));

        var withText = await emulator.Api.GetAsync(href);

        Contains("No versions yet", await emulator.Api.GetAsync($"/services/{service}/assets/{empty}"));
        Contains("This is the beginning of the content.", withText);
        Assert.InRange(withText.Body.Length, 65_536, 72_000);
    }

    [Fact]
    public async Task Names_and_content_are_text_and_never_markup()
    {
        await using var emulator = await TestEmulator.StartAsync();
        var service = (await emulator.Api.PostAsync("/v1/Services", ("UniqueName", "shop"), ("FriendlyName", Evil)))
            .Created()
            .Sid();
        var environment = await emulator.Api.CreateEnvironmentAsync(service, Evil);
        var asset = await emulator.Api.CreateAssetAsync(service, Evil);
        var version = (await emulator.Api.UploadAsync(service, asset, "/<script>", "public", "<script>"u8.ToArray()))
            .Created()
            .Sid();
        var build = (await emulator.Api.BuildAsync(service, version)).Created().Sid();
        await emulator.Api.GetAsync("/v1/<script>");

        foreach (
            var address in (string[])
                [
                    "/",
                    $"/services/{service}",
                    $"/services/{service}/environments/{environment.Sid()}",
                    $"/services/{service}/assets/{asset}",
                    $"/services/{service}/builds/{build}",
                    $"/services/{service}/compare?from={build}&to={build}",
                    "/requests",
                ]
        )
        {
            var page = await emulator.Api.GetAsync(address);

            Assert.Equal(200, page.Status);
            Assert.Equal(1, page.Text.Split("<script").Length - 1); // its own, in the head
            Contains("<script src=\"/__emulator/page.js\" defer></script>", page);
        }
    }

    [Theory]
    [InlineData("/services/ZS00000000000000000000000000000000")]
    [InlineData("/services/shop")]
    [InlineData("/services/{0}/environments/ZE00000000000000000000000000000000")]
    [InlineData("/services/{0}/builds/ZB00000000000000000000000000000000")]
    [InlineData("/services/{0}/assets/ZH00000000000000000000000000000000")]
    [InlineData("/services/{0}/compare")]
    [InlineData("/services/{0}/compare?from=&to=x")]
    [InlineData("/services/{0}/anything")]
    public async Task What_does_not_exist_has_a_page_too(string address)
    {
        await using var emulator = await TestEmulator.StartAsync();
        var service = (await emulator.Api.CreateServiceAsync()).Sid();

        var page = await emulator.Api.GetAsync(address.Replace("{0}", service, StringComparison.Ordinal));

        Assert.Equal(404, page.Status);
        Contains("<h1>Not found</h1>", page);
        Contains("<a href=\"/\">Show all Services</a>", page);
    }

    [Fact]
    public async Task Reset_deletes_everything_after_a_confirmation()
    {
        await using var emulator = await TestEmulator.StartAsync();
        await emulator.Api.CreateServiceAsync();
        emulator.Faults = new EmulatorFaults { FailBuilds = true };

        var confirmation = await emulator.Api.GetAsync("/reset");
        Contains("Delete all data", confirmation);
        Assert.Single((await emulator.GetAsync("/__emulator/services")).GetProperty("services").EnumerateArray());
        await emulator.Api.SendAsync(HttpMethod.Post, "/reset", ApiClient.Form());

        Contains("There are no Services yet", await emulator.Api.GetAsync("/"));
        Assert.Equal(new EmulatorFaults(), emulator.Faults);
    }

    private static void Contains(string expected, ApiResult page) =>
        Assert.Contains(expected, page.Text, StringComparison.Ordinal);
}
