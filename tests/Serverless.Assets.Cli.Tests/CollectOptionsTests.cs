namespace Serverless.Assets.Cli.Tests;

/// <summary>Which files, and how they become URL paths.</summary>
public sealed class CollectOptionsTests
{
    [Fact]
    public async Task Without_a_folder_it_is_assets_then_static()
    {
        await using var bench = await Workbench.StartAsync();
        bench.Write("static/s.txt");
        Assert.Equal(["/s.txt public"], await PathsAsync(bench));

        bench.Write("assets/a.txt");
        Assert.Equal(["/a.txt public"], await PathsAsync(bench));
    }

    [Fact]
    public async Task Folders_are_relative_to_the_project()
    {
        await using var bench = await Workbench.StartAsync();
        bench.Write("one/1.txt");
        bench.Write("two/2.txt");

        Assert.Equal(["/1.txt public", "/2.txt public"], await PathsAsync(bench, "one", bench.PathOf("two/")));
    }

    [Fact]
    public async Task A_folder_that_does_not_exist_is_an_error_that_names_it()
    {
        await using var bench = await Workbench.StartAsync();

        var run = await bench.RunAsync("plan", "nowhere");

        Assert.Equal((1, ""), (run.ExitCode, run.Out));
        Assert.Equal(["SAB2001"], run.Codes);
        Assert.Contains(bench.PathOf("nowhere"), run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Nothing_to_upload_is_a_warning_and_done()
    {
        await using var bench = await Workbench.StartAsync();

        var run = await bench.RunAsync("upload", "--json");

        Assert.Equal((0, 0), (run.ExitCode, run.Json.GetProperty("assets").GetArrayLength()));
        Assert.Equal(["SAB2018"], run.Codes);
        Assert.Empty(await bench.Emulator.CountRequestsAsync());
    }

    [Fact]
    public async Task Patterns_take_and_leave_out()
    {
        await using var bench = await Workbench.StartAsync();
        bench.Write("web/a.css");
        bench.Write("web/b.html");
        bench.Write("web/c.js");
        bench.Write("web/old/d.css");

        Assert.Equal(
            ["/a.css public", "/b.html public"],
            await PathsAsync(bench, "--patterns", "**/*.css;**/*.html", "--exclude-patterns", "old/**", "web")
        );
        Assert.Equal(
            ["/a.css public", "/b.html public"],
            await PathsAsync(
                bench,
                "web",
                "--patterns",
                "**/*.css",
                "--patterns",
                "*.html",
                "--exclude-patterns",
                "old/**"
            )
        );
        Assert.Equal(["/a.css public"], await PathsAsync(bench, "--patterns", "*.css", "web"));
    }

    [Theory]
    [InlineData("--patterns", "*.{css,html")]
    [InlineData("--exclude-patterns", "[a-")]
    [InlineData("--allow", "!a.css")]
    public async Task A_pattern_that_is_not_valid_is_an_error_that_names_the_option(string option, string pattern)
    {
        await using var bench = await Workbench.StartAsync();
        bench.Write("assets/a.css");

        var run = await bench.RunAsync("plan", option, pattern);

        Assert.Equal((1, ""), (run.ExitCode, run.Out));
        Assert.Equal(["SAB2033"], run.Codes);
        Assert.Contains($"The pattern '{pattern}' in {option} is not valid: ", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Patterns_can_be_on_lines_of_their_own()
    {
        await using var bench = await Workbench.StartAsync();
        bench.Write("web/a.css");
        bench.Write("web/b.md");
        bench.Write("web/c.bak");

        Assert.Equal(["/a.css public"], await PathsAsync(bench, "web", "--exclude-patterns", "\n  *.md\n  *.bak\r\n"));
    }

    [Fact]
    public async Task A_folder_in_other_letter_case_gets_a_hint()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Names are not case-sensitive on this system.");
        await using var bench = await Workbench.StartAsync();
        bench.Write("Assets/a.css");

        var none = await bench.RunAsync("plan");
        Assert.Equal(["SAB2018"], none.Codes);
        Assert.Contains("'Assets' is not 'assets'", none.Error, StringComparison.Ordinal);

        var named = await bench.RunAsync("plan", "assets/");
        Assert.Equal(["SAB2001"], named.Codes);
        Assert.Contains($"but '{bench.PathOf("Assets")}' does", named.Error, StringComparison.Ordinal);

        bench.Write("static/b.css");
        var other = await bench.RunAsync("plan");
        Assert.Equal(["SAB2034"], other.Codes);
        Assert.Contains($"'{bench.PathOf("Assets")}' is not collected", other.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Patterns_shape_the_default_folder_too()
    {
        await using var bench = await Workbench.StartAsync();
        bench.Write("assets/a.css");
        bench.Write("assets/b.html");

        Assert.Equal(["/a.css public"], await PathsAsync(bench, "--patterns", "*.css"));
    }

    /// <summary>The parser's response files would make <c>@types</c> a file to read arguments from.</summary>
    [Fact]
    public async Task An_at_sign_is_part_of_a_name()
    {
        await using var bench = await Workbench.StartAsync();
        bench.Write("web/a.css");
        bench.Write("web/@types/b.css");

        Assert.Equal(["/a.css public"], await PathsAsync(bench, "web", "--exclude-patterns", "@types/**"));
    }

    [Fact]
    public async Task Prefix_and_visibility_shape_the_assets()
    {
        await using var bench = await Workbench.StartAsync();
        bench.Write("web/a.css");
        bench.Write("web/b.private.txt");

        Assert.Equal(
            ["/v2/a.css protected", "/v2/b.txt protected"],
            await PathsAsync(bench, "web", "--path-prefix", "/v2", "--visibility", "protected")
        );
    }

    [Fact]
    public async Task Markers_in_file_names_can_be_turned_off()
    {
        await using var bench = await Workbench.StartAsync();
        bench.Write("assets/b.private.txt");

        Assert.Equal(["/b.txt private"], await PathsAsync(bench));
        Assert.Equal(["/b.private.txt public"], await PathsAsync(bench, "--visibility-from-file-name", "false"));
    }

    [Fact]
    public async Task White_space_becomes_a_dash_on_request()
    {
        await using var bench = await Workbench.StartAsync();
        bench.Write("assets/a b.txt");

        Assert.Equal(["SAB2008"], (await bench.RunAsync("plan")).Codes);
        Assert.Equal(["/a-b.txt public"], await PathsAsync(bench, "--path-characters", "Dash"));
    }

    [Fact]
    public async Task The_secret_guard_accepts_allowed_files()
    {
        await using var bench = await Workbench.StartAsync();
        bench.Write("assets/root.pem");
        bench.Write("assets/keys/other.pem");

        Assert.Equal(["SAB2015", "SAB2015"], (await bench.RunAsync("plan")).Codes);
        Assert.Equal(["SAB2015"], (await bench.RunAsync("plan", "--allow", "**/root.pem")).Codes);
        Assert.Equal(
            ["/keys/other.pem public", "/root.pem public"],
            await PathsAsync(bench, "--allow", "**/root.pem;**/keys/*.pem")
        );
    }

    [Theory]
    [InlineData("--visibility", "secret", "SAB2003")]
    [InlineData("--path-characters", "Loose", "SAB1009")]
    public async Task A_value_that_is_none_of_the_choices_is_an_error(string option, string value, string code)
    {
        await using var bench = await Workbench.StartAsync();
        bench.Write("assets/a.txt");

        var run = await bench.RunAsync("plan", option, value);

        Assert.Equal((1, ""), (run.ExitCode, run.Out));
        Assert.Equal([code], run.Codes);
        Assert.Contains($"'{value}'", run.Error, StringComparison.Ordinal);
    }

    private static async Task<IEnumerable<string>> PathsAsync(Workbench bench, params string[] more) =>
        (await bench.RunAsync("plan", ["--json", .. more]))
            .SucceededSilently()
            .Json.GetProperty("assets")
            .EnumerateArray()
            .Select(asset => $"{asset.GetProperty("path")} {asset.GetProperty("visibility")}");
}
