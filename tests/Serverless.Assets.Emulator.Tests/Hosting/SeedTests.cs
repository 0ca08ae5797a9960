namespace Serverless.Assets.Emulator.Tests.Hosting;

/// <summary>A folder as a deployed site.</summary>
public sealed class SeedTests : IDisposable
{
    private readonly TempFolder _folder = new();

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task The_files_of_a_folder_are_a_site_at_once(bool inMemory)
    {
        _folder.Write("index.html", "<p>home</p>");
        _folder.Write("css/site.css", "body {}");
        _folder.Write("voice/hello.twiml", "<Response/>");
        _folder.Write("data/unknown.zzz", "?");
        _folder.Write("names.private.json", "{}");
        _folder.Write("prices.protected.json", "{}");
        _folder.Write(".well-known/security.txt", "x");
        _folder.Write(".env", "SECRET");
        _folder.Write(".git/config", "x");
        await using var emulator = await TestEmulator.StartAsync(
            new EmulatorFaults
            {
                BuildSeconds = 60,
                Rate500 = 1,
                FailBuilds = true,
            },
            it => it with { InMemory = inMemory }
        );

        var site = await emulator.Server.SeedAsync(_folder.Path, cancellationToken: TestEmulator.Token);

        Assert.Empty(emulator.Server.Requests);
        emulator.Faults = new EmulatorFaults();
        var host = site.Address.Authority;
        Assert.Equal("<p>home</p>", (await emulator.Api.SiteAsync(host, "/")).Text);
        var css = await emulator.Api.SiteAsync(host, "/css/site.css");
        Assert.Equal(("body {}", "text/css; charset=utf-8"), (css.Text, css.Headers["Content-Type"]));
        Assert.Equal(
            "text/xml; charset=utf-8",
            (await emulator.Api.SiteAsync(host, "/voice/hello.twiml")).Headers["Content-Type"]
        );
        Assert.Equal(
            "application/octet-stream",
            (await emulator.Api.SiteAsync(host, "/data/unknown.zzz")).Headers["Content-Type"]
        );
        Assert.Equal(404, (await emulator.Api.SiteAsync(host, "/.env")).Status);
        Assert.Equal(403, (await emulator.Api.SiteAsync(host, "/prices.json")).Status);
        var build = await emulator.GetAsync($"/v1/Services/{site.ServiceSid}/Builds/{site.BuildSid}");
        Assert.Equal("completed", build.Text("status"));
        Assert.Equal(
            [
                "/.well-known/security.txt PUBLIC",
                "/assets/index.html PUBLIC",
                "/css/site.css PUBLIC",
                "/data/unknown.zzz PUBLIC",
                "/index.html PUBLIC",
                "/names.json PRIVATE",
                "/prices.json PROTECTED",
                "/voice/hello.twiml PUBLIC",
            ],
            build
                .GetProperty("asset_versions")
                .EnumerateArray()
                .Select(version => $"{version.Text("path")} {version.Text("visibility")}")
                .Order(StringComparer.Ordinal)
        );
        var environment = await emulator.GetAsync($"/v1/Services/{site.ServiceSid}/Environments/{site.EnvironmentSid}");
        Assert.Equal(
            ("dev", host, site.BuildSid),
            (environment.Text("unique_name"), environment.Text("domain_name"), environment.Text("build_sid"))
        );
    }

    [Fact]
    public async Task A_second_time_only_what_changed_is_added()
    {
        _folder.Write("a.txt", "first");
        _folder.Write("b.txt", "same");
        await using var emulator = await TestEmulator.StartAsync();
        var first = await emulator.Server.SeedAsync(_folder.Path, "shop", TestEmulator.Token);

        Assert.Equal(first, await emulator.Server.SeedAsync(_folder.Path, "shop", TestEmulator.Token));
        _folder.Write("a.txt", "second");
        var second = await emulator.Server.SeedAsync(_folder.Path, "shop", TestEmulator.Token);

        Assert.Equal(first with { BuildSid = second.BuildSid }, second);
        Assert.NotEqual(first.BuildSid, second.BuildSid);
        Assert.Equal("second", (await emulator.Api.SiteAsync(second.Address.Authority, "/a.txt")).Text);
        Assert.Equal(2, (await emulator.GetAsync("/v1/Services/shop/Assets")).All("assets", "sid").Length);
        Assert.Equal(["shop"], (await emulator.GetAsync("/v1/Services")).All("services", "unique_name"));
    }

    [Fact]
    public async Task Every_file_that_cannot_be_an_Asset_is_reported_and_nothing_is_created()
    {
        _folder.Write("ok.txt", "ok");
        _folder.Write("with space.txt", "x");
        _folder.Write("empty.txt", "");
        _folder.Write("names.json", "public");
        _folder.Write("names.private.json", "private");
        await using var emulator = await TestEmulator.StartAsync();

        var problem = await Assert.ThrowsAsync<InvalidDataException>(() =>
            emulator.Server.SeedAsync(_folder.Path, cancellationToken: TestEmulator.Token)
        );

        Assert.Equal(
            [
                $"'{_folder["empty.txt"]}' is empty. Add content, or remove the file.",
                $"'{_folder["names.json"]}' and '{_folder["names.private.json"]}' have the same path /names.json. "
                    + "Rename one of them.",
                $"'{_folder["with space.txt"]}' has the path /with space.txt: Path contains characters that are not "
                    + "allowed. Rename the file, or move it.",
            ],
            problem.Message.Split(Environment.NewLine).Order(StringComparer.Ordinal)
        );
        Assert.Empty((await emulator.GetAsync("/v1/Services")).All("services", "sid"));
    }

    [Fact]
    public async Task A_folder_without_files_a_missing_one_and_an_invalid_name_are_errors()
    {
        await using var emulator = await TestEmulator.StartAsync();

        var empty = await Assert.ThrowsAsync<InvalidDataException>(() =>
            emulator.Server.SeedAsync(_folder.Path, cancellationToken: TestEmulator.Token)
        );
        var missing = await Assert.ThrowsAsync<DirectoryNotFoundException>(() =>
            emulator.Server.SeedAsync(_folder["none"], cancellationToken: TestEmulator.Token)
        );
        var name = await Assert.ThrowsAsync<ArgumentException>(() =>
            emulator.Server.SeedAsync(_folder.Path, "my shop", TestEmulator.Token)
        );

        Assert.StartsWith($"The folder '{_folder.Path}' contains no files.", empty.Message, StringComparison.Ordinal);
        Assert.StartsWith($"The folder '{_folder["none"]}' does not exist.", missing.Message, StringComparison.Ordinal);
        Assert.StartsWith("'my shop' is not valid: expected at most 50", name.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_symbolic_link_is_an_error()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Creating links needs a privilege on Windows");
        _folder.Write("a.txt", "a");
        File.CreateSymbolicLink(_folder["passwd.txt"], "/etc/passwd");
        await using var emulator = await TestEmulator.StartAsync();

        var problem = await Assert.ThrowsAsync<InvalidDataException>(() =>
            emulator.Server.SeedAsync(_folder.Path, cancellationToken: TestEmulator.Token)
        );

        Assert.Contains("is a symbolic link. Replace it", problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_program_reports_a_folder_that_does_not_exist()
    {
        using var output = new StringWriter();
        using var error = new StringWriter();

        var code = await EmulatorCommand.RunAsync(
            ["--in-memory", "--seed-folder", _folder["none"]],
            output,
            error,
            TestEmulator.Token
        );

        Assert.Equal((1, ""), (code, output.ToString()));
        Assert.StartsWith(
            $"The folder '{_folder["none"]}' does not exist.",
            error.ToString(),
            StringComparison.Ordinal
        );
    }

    public void Dispose() => _folder.Dispose();
}
