using Deque.AxeCore.Commons;
using Deque.AxeCore.Playwright;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Serverless.Assets.Emulator.Tests.Pages;

/// <summary>The pages in a browser, used as people do.</summary>
public sealed class BrowserTests(PlaywrightFixture browser) : IClassFixture<PlaywrightFixture>
{
    [Fact]
    public async Task People_navigate_from_services_to_a_file_and_back()
    {
        await using var emulator = await TestEmulator.StartAsync();
        await Shop.CreateAsync(emulator);
        var page = await OpenAsync(emulator, "/");

        await page.GetByRole(AriaRole.Link, new() { Name = "shop", Exact = true }).ClickAsync();
        await page.GetByRole(AriaRole.Link, new() { Name = "dev", Exact = true }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Deployments" })).ToBeVisibleAsync();
        await page.GetByRole(AriaRole.Navigation, new() { Name = "Breadcrumb" })
            .GetByRole(AriaRole.Link, new() { Name = "shop" })
            .ClickAsync();
        await page.GetByRole(AriaRole.Link, new() { Name = "/css/site.css" }).ClickAsync();

        await Expect(page.GetByText("body { color: blue }")).ToBeVisibleAsync();
        await page.GetByRole(AriaRole.Table).GetByRole(AriaRole.Link).Nth(1).ClickAsync();
        await Expect(page.GetByText("body { color: red }")).ToBeVisibleAsync();
    }

    [Fact]
    public async Task Images_and_sounds_are_previewed()
    {
        await using var emulator = await TestEmulator.StartAsync();
        var shop = await Shop.CreateAsync(emulator);
        var page = await OpenAsync(emulator, $"/services/{shop.Service}/assets/{shop.Assets["/img/dot.png"]}");

        var image = page.GetByRole(AriaRole.Img, new() { Name = "Preview of /img/dot.png" });
        Assert.Equal(1, await image.EvaluateAsync<int>("image => image.decode().then(() => image.naturalWidth)"));

        await page.GotoAsync($"/services/{shop.Service}/assets/{shop.Assets["/hold.wav"]}");
        var duration = await page.Locator("audio")
            .EvaluateAsync<double>(
                "audio => new Promise((done, fail) => { audio.onerror = fail; audio.readyState ? done(audio.duration)"
                    + " : audio.onloadedmetadata = () => done(audio.duration); })"
            );
        Assert.Equal(1, duration, tolerance: 0.01);
    }

    [Fact]
    public async Task Uploaded_html_runs_no_script_in_the_page()
    {
        await using var emulator = await TestEmulator.StartAsync();
        var service = (await emulator.Api.CreateServiceAsync()).Sid();
        await emulator.Api.AddAsync(
            service,
            "/evil.html",
            "<script>document.title = 'ran'</script>Hi",
            contentType: "text/html"
        );
        var page = await OpenAsync(emulator, $"/services/{service}");

        await page.GetByRole(AriaRole.Link, new() { Name = "/evil.html" }).ClickAsync();
        await Expect(page.GetByText("document.title = 'ran'")).ToBeVisibleAsync();
        Assert.DoesNotContain("ran", await page.TitleAsync(), StringComparison.Ordinal);
        await page.GetByRole(AriaRole.Link, new() { Name = "Open the content" }).ClickAsync();

        await Expect(page.GetByText("Hi")).ToBeVisibleAsync();
        Assert.NotEqual("ran", await page.TitleAsync());
    }

    [Fact]
    public async Task Two_builds_are_selected_and_compared()
    {
        await using var emulator = await TestEmulator.StartAsync();
        var shop = await Shop.CreateAsync(emulator);
        var page = await OpenAsync(emulator, $"/services/{shop.Service}");

        await page.GetByLabel($"Compare from Build {shop.SecondBuild}").CheckAsync();
        await page.GetByLabel($"Compare to Build {shop.FirstBuild}").CheckAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Compare the selected Builds" }).ClickAsync();

        await Expect(page.GetByText("1 added, 1 removed, 1 changed, 4 unchanged")).ToBeVisibleAsync();
        await Expect(page.GetByRole(AriaRole.Row, new() { Name = "/data.bin added" })).ToBeVisibleAsync();
        await page.GetByRole(AriaRole.Link, new() { Name = "Swap the two Builds" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Row, new() { Name = "/data.bin removed" })).ToBeVisibleAsync();
    }

    [Fact]
    public async Task Assets_are_filtered_by_path()
    {
        await using var emulator = await TestEmulator.StartAsync();
        var shop = await Shop.CreateAsync(emulator);
        var page = await OpenAsync(emulator, $"/services/{shop.Service}");

        await page.GetByLabel("Filter by path").FillAsync("/IMG");

        await Expect(page.GetByRole(AriaRole.Link, new() { Name = "/img/dot.png" })).ToBeVisibleAsync();
        await Expect(page.GetByRole(AriaRole.Link, new() { Name = "/css/site.css" })).ToBeHiddenAsync();
    }

    [Fact]
    public async Task Requests_appear_as_they_happen_and_can_be_filtered_and_paused()
    {
        await using var emulator = await TestEmulator.StartAsync();
        await emulator.Api.GetAsync("/v1/Services/earlier");
        var page = await OpenAsync(emulator, "/requests");
        var rows = page.Locator("#requests tr:visible");
        await Expect(page.GetByText("Live", new() { Exact = true })).ToBeVisibleAsync();
        await Expect(rows).ToHaveCountAsync(1);

        await emulator.Api.CreateServiceAsync();
        await Expect(rows.First).ToContainTextAsync("Service.Create");
        await Expect(rows.First).ToContainTextAsync("201");
        await page.GetByLabel("Failures only").CheckAsync();
        await Expect(rows).ToHaveCountAsync(1);
        await Expect(rows.First).ToContainTextAsync("/v1/Services/earlier");
        await page.GetByRole(AriaRole.Searchbox, new() { Name = "Filter" }).FillAsync("later");
        await Expect(rows).ToHaveCountAsync(0);
        await emulator.Api.GetAsync("/v1/Services/later");
        await Expect(rows).ToHaveCountAsync(1);

        await page.GetByRole(AriaRole.Button, new() { Name = "Pause" }).ClickAsync();
        await emulator.Api.GetAsync("/v1/Services/later2");
        await page.EvaluateAsync("new Promise(requestAnimationFrame)");
        await Expect(rows).ToHaveCountAsync(1);
        await page.GetByRole(AriaRole.Button, new() { Name = "Resume" }).ClickAsync();
        await Expect(rows).ToHaveCountAsync(2);
    }

    [Fact]
    public async Task A_fault_is_turned_on_and_the_failed_request_appears()
    {
        await using var emulator = await TestEmulator.StartAsync();
        var page = await OpenAsync(emulator, "/faults");

        await page.GetByLabel("Share of API requests that get 500").FillAsync("1");
        await page.GetByRole(AriaRole.Switch, new() { Name = "Make Builds fail" }).CheckAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Save the fault settings" }).ClickAsync();

        await Expect(page.GetByRole(AriaRole.Status)).ToContainTextAsync("The settings are saved.");
        await Expect(page.GetByRole(AriaRole.Switch, new() { Name = "Make Builds fail" })).ToBeCheckedAsync();
        await Expect(page.GetByRole(AriaRole.Link, new() { Name = "Faults on" })).ToBeVisibleAsync();
        Assert.Equal(new EmulatorFaults { Rate500 = 1, FailBuilds = true }, emulator.Faults);
        await page.GetByRole(AriaRole.Link, new() { Name = "Requests" }).ClickAsync();
        await Expect(page.GetByText("Live", new() { Exact = true })).ToBeVisibleAsync();
        Assert.Equal(500, (await emulator.Api.GetAsync("/v1/Services")).Status);
        await Expect(page.GetByRole(AriaRole.Row, new() { Name = "/v1/Services" })).ToContainTextAsync("500");
    }

    [Fact]
    public async Task A_preset_replaces_all_settings_until_faults_are_turned_off()
    {
        await using var emulator = await TestEmulator.StartAsync(new EmulatorFaults { Rate500 = 1 });
        var page = await OpenAsync(emulator, "/faults");

        await page.GetByRole(AriaRole.Button, new() { Name = "Flaky network" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Status)).ToContainTextAsync("The settings are saved.");
        Assert.Equal(EmulatorFaults.FlakyNetwork, emulator.Faults);

        await page.GetByRole(AriaRole.Button, new() { Name = "No faults" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Link, new() { Name = "Faults on" })).ToBeHiddenAsync();
        Assert.Equal(new EmulatorFaults(), emulator.Faults);
    }

    [Fact]
    public async Task The_pages_work_with_the_keyboard()
    {
        await using var emulator = await TestEmulator.StartAsync();
        await emulator.Api.CreateServiceAsync();
        var page = await OpenAsync(emulator, "/");

        await page.Keyboard.PressAsync("Tab");
        await Expect(page.GetByRole(AriaRole.Link, new() { Name = "Skip to the content" })).ToBeFocusedAsync();
        await Expect(page.GetByRole(AriaRole.Link, new() { Name = "Skip to the content" })).ToBeInViewportAsync();
        await page.Keyboard.PressAsync("Enter");
        await page.Keyboard.PressAsync("Tab");
        await Expect(page.GetByRole(AriaRole.Link, new() { Name = "shop", Exact = true })).ToBeFocusedAsync();
        await page.Keyboard.PressAsync("Enter");

        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "shop", Level = 1 })).ToBeVisibleAsync();
    }

    [Theory]
    [InlineData(ColorScheme.Light, 1280)]
    [InlineData(ColorScheme.Dark, 360)]
    public async Task Every_page_is_accessible_and_fits_the_screen(ColorScheme scheme, int width)
    {
        await using var empty = await TestEmulator.StartAsync();
        await using var emulator = await TestEmulator.StartAsync();
        var shop = await Shop.CreateAsync(emulator);
        await emulator.Api.CreateVariableAsync(shop.Service, shop.Environment, "GREETING", "Hello");
        await emulator.Api.GetAsync("/v1/Services/none");
        var service = $"/services/{shop.Service}";
        await CheckAsync(empty, "/");
        foreach (
            var address in (string[])
                [
                    "/",
                    service,
                    $"{service}/environments/{shop.Environment}",
                    $"{service}/builds/{shop.SecondBuild}",
                    $"{service}/compare?from={shop.FirstBuild}&to={shop.SecondBuild}",
                    $"{service}/assets/{shop.Assets["/voice/welcome.twiml"]}",
                    $"{service}/assets/{shop.Assets["/img/dot.png"]}",
                    $"{service}/assets/{shop.Assets["/hold.wav"]}",
                    $"{service}/none",
                    "/requests",
                    "/faults",
                    "/faults?saved=1",
                    "/reset",
                ]
        )
        {
            await CheckAsync(emulator, address);
        }

        async Task CheckAsync(TestEmulator where, string address)
        {
            var page = await browser.OpenAsync(where.Url, scheme, width);
            var problems = new List<string>();
            page.Console += (_, message) => problems.AddRange(message.Type == "error" ? [message.Text] : []);
            page.PageError += (_, error) => problems.Add(error);
            var origins = new HashSet<string>();
            page.Request += (_, request) => origins.Add(new Uri(request.Url).GetLeftPart(UriPartial.Authority));
            await page.GotoAsync(address);

            var result = await page.RunAxe();
            Assert.True(result.Violations.Length == 0, $"{address}: {Describe(result)}");
            Assert.NotEmpty(result.Passes);
            Assert.Equal([where.Url], origins);
            Assert.Equal(address.EndsWith("/none", StringComparison.Ordinal) ? 1 : 0, problems.Count); // its status
            Assert.True(
                await page.EvaluateAsync<bool>("document.documentElement.scrollWidth <= innerWidth"),
                $"{address} is wider than the screen."
            );
            await page.Context.CloseAsync();
        }
    }

    /// <summary>The page of a file that is missing, and that of a domain without a site.</summary>
    [Theory]
    [InlineData(ColorScheme.Light, 1280)]
    [InlineData(ColorScheme.Dark, 360)]
    public async Task The_page_of_a_sites_problem_is_accessible(ColorScheme scheme, int width)
    {
        await using var site = await DeployedSite.StartAsync();
        await site.DeployAsync(("/css/site.css", "a", "public"), ("/s.txt", "s", "private"));
        var page = await browser.OpenAsync(site.Emulator.Url, scheme, width);
        foreach (
            var address in (string[])
                [$"http://{site.Domain}/css/sitte.css", $"http://none.localhost:{site.Emulator.Port}/"]
        )
        {
            await page.GotoAsync(address);

            var result = await page.RunAxe();
            Assert.True(result.Violations.Length == 0, $"{address}: {Describe(result)}");
            Assert.NotEmpty(result.Passes);
            Assert.True(await page.EvaluateAsync<bool>("document.documentElement.scrollWidth <= innerWidth"));
        }

        await page.GetByRole(AriaRole.Link, new() { Name = site.Domain }).ClickAsync();
        await Expect(page.GetByText("What this site has")).ToBeVisibleAsync();
        await page.Context.CloseAsync();
    }

    private async Task<IPage> OpenAsync(TestEmulator emulator, string address)
    {
        var page = await browser.OpenAsync(emulator.Url);
        await page.GotoAsync(address);
        return page;
    }

    private static string Describe(AxeResult result) =>
        string.Join(
            '\n',
            result.Violations.Select(violation =>
                $"{violation.Id} ({violation.Help}): {string.Join(", ", violation.Nodes.Select(node => node.Html))}"
            )
        );
}
