namespace Serverless.Assets.Cli.Tests;

/// <summary>A config file can arrive with a pull request. What it must not be able to do.</summary>
public sealed class UntrustedConfigTests
{
    [Theory]
    [InlineData("https://evil.example")]
    [InlineData("https://twilio.com.evil.example")]
    [InlineData("https://eviltwilio.com")]
    [InlineData("https://127.0.0.1.evil.example")]
    [InlineData("https://localhost.evil.example")]
    [InlineData("https://10.0.0.1")]
    [InlineData("https://serverless.twilio.com:443@evil.example", "SAB1006")]
    [InlineData("http://serverless.twilio.com", "SAB1006")]
    public async Task It_does_not_choose_where_credentials_go(string url, string expected = "SAB1032")
    {
        await using var bench = await StartAsync();
        WriteConfig(bench, $$"""{ "apiBaseUrl": "{{url}}", "uploadBaseUrl": "{{url}}" }""");
        foreach (var command in (string[])["plan", "upload", "list", "prune", "rollback"])
        {
            var run = await RunWithoutBaseUrlsAsync(bench, command);
            Assert.Equal((1, ""), (run.ExitCode, run.Out));
            Assert.Equal([expected, expected], run.Codes);
        }
    }

    [Theory]
    [InlineData("region", "evil.example/")]
    [InlineData("region", "ie1.twilio.com.evil.example#")]
    [InlineData("edge", "evil.example?")]
    [InlineData("edge", "user:pw@evil")]
    [InlineData("edge", "dublin\\u0000")]
    public async Task It_does_not_choose_the_host_with_a_region_or_an_edge(string key, string value)
    {
        await using var bench = await StartAsync();
        WriteConfig(bench, $$"""{ "{{key}}": "{{value}}" }""");

        var run = await RunWithoutBaseUrlsAsync(bench, "list");

        Assert.Equal((1, ""), (run.ExitCode, run.Out));
        Assert.Equal(["SAB1007"], run.Codes);
    }

    [Theory]
    [InlineData("apiBaseUrl")]
    [InlineData("uploadBaseUrl")]
    public async Task It_does_not_set_one_base_URL_without_the_other(string key)
    {
        await using var bench = await StartAsync();
        WriteConfig(bench, $$"""{ "{{key}}": "https://serverless.dublin.ie1.twilio.com" }""");

        Assert.Equal(["SAB1035"], (await RunWithoutBaseUrlsAsync(bench, "upload")).Codes);
    }

    [Fact]
    public async Task It_can_name_a_host_that_the_environment_names_too()
    {
        const string url = "https://proxy.example";
        await using var bench = await StartAsync();
        WriteConfig(bench, $$"""{ "apiBaseUrl": "{{url}}", "uploadBaseUrl": "{{url}}" }""");
        bench.Environment["ServerlessAssetsApiBaseUrl"] = url;

        Assert.Equal(["SAB1032"], (await RunWithoutBaseUrlsAsync(bench, "plan")).Codes);

        bench.Environment["ServerlessAssetsUploadBaseUrl"] = url;
        Assert.DoesNotContain("SAB1032", (await RunWithoutBaseUrlsAsync(bench, "plan", "--timeout", "1")).Codes);
    }

    /// <summary>It would get the password of Redis, and decide which versions the run publishes.</summary>
    [Theory]
    [InlineData("redis://evil.example")]
    [InlineData("rediss://evil.example:6380")]
    [InlineData("REDIS://10.0.0.1")]
    [InlineData("redis://localhost.evil.example")]
    [InlineData("redis://127.0.0.1.evil.example")]
    public async Task It_does_not_choose_the_server_that_remembers_uploads(string url)
    {
        await using var bench = await StartAsync();
        WriteConfig(bench, $$"""{ "stateStore": "{{url}}" }""");

        foreach (var command in (string[])["plan", "upload", "build", "deploy"])
        {
            var run = await bench.RunAsync(command);
            Assert.Equal((1, ""), (run.ExitCode, run.Out));
            Assert.Contains("SAB1042", run.Codes);
        }

        Assert.Empty(await bench.Emulator.CountRequestsAsync());
    }

    [Fact]
    public async Task It_can_name_a_Redis_server_that_the_environment_names_too_and_one_of_this_machine()
    {
        await using var bench = await StartAsync();
        bench.Write("assets/a.txt", "one");
        WriteConfig(bench, """{ "stateStore": "redis://redis.invalid" }""");
        bench.Environment["ServerlessAssetsStateStore"] = "redis://redis.invalid";

        Assert.Equal(["SAB5020"], (await bench.RunAsync("upload")).Codes);

        bench.Environment.Remove("ServerlessAssetsStateStore");
        WriteConfig(bench, """{ "stateStore": "redis://localhost:1" }""");
        Assert.Equal(["SAB5020"], (await bench.RunAsync("upload")).Codes);
    }

    [Fact]
    public async Task It_does_not_choose_the_scope_of_a_shared_state()
    {
        await using var bench = await StartAsync();
        WriteConfig(bench, """{ "stateScope": "default" }""");

        var run = await bench.RunAsync("upload");

        Assert.Equal((1, ""), (run.ExitCode, run.Out));
        Assert.Contains("stateScope", run.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("report", "../r.html")]
    [InlineData("report", "/tmp/serverless-assets-r.html")]
    [InlineData("summary", "../s.md")]
    [InlineData("outputs", "sub/../../o.txt")]
    [InlineData("statePath", "../state")]
    [InlineData("manifest", "link/m.json")]
    [InlineData("emulatorData", "../data")]
    public async Task It_does_not_name_paths_outside_the_project(string key, string path)
    {
        await using var bench = await StartAsync();
        using var outside = new TempFolder();
        Directory.CreateSymbolicLink(bench.PathOf("link"), outside.Path);
        WriteConfig(bench, $$"""{ "{{key}}": "{{path}}" }""");

        var run = await bench.RunAsync("upload");

        Assert.Equal((1, ""), (run.ExitCode, run.Out));
        Assert.Equal(["SAB1033"], run.Codes);
        Assert.Contains($"'{key}' in '", run.Error, StringComparison.Ordinal);
        Assert.Empty(Directory.EnumerateFileSystemEntries(outside.Path));
        Assert.Empty(await bench.Emulator.CountRequestsAsync());
    }

    [Theory]
    [InlineData("""{ "folders": ["../outside"] }""", "folders[0]")]
    [InlineData("""{ "folders": [{ "folder": "link" }] }""", "folders[0].folder")]
    [InlineData("""{ "files": ["assets/a.txt", "link/victim.txt"] }""", "files[1]")]
    [InlineData("""{ "files": [{ "file": "victim.txt" }] }""", "files[0].file")]
    public async Task It_does_not_publish_files_from_outside_the_project(string config, string key)
    {
        await using var bench = await StartAsync();
        using var outside = new TempFolder();
        var victim = outside.Write("victim.txt", "secret of the machine");
        Directory.CreateSymbolicLink(bench.PathOf("link"), outside.Path);
        File.CreateSymbolicLink(bench.PathOf("victim.txt"), victim);
        WriteConfig(bench, config);

        var run = await bench.RunAsync("upload");

        Assert.Equal(["SAB1033"], run.Codes);
        Assert.Contains($"'{key}' in '", run.Error, StringComparison.Ordinal);
        Assert.Empty(await bench.Emulator.CountRequestsAsync());
    }

    /// <summary>The folder of git can contain the token that the CI system has checked out with.</summary>
    [Theory]
    [InlineData("""{ "folders": [".git"] }""")]
    [InlineData("""{ "folders": ["assets/../.git/"] }""")]
    [InlineData("""{ "folders": [{ "folder": "linked" }] }""")]
    [InlineData("""{ "folders": [{ "folder": ".", "patterns": [".git/config"] }] }""")]
    [InlineData("""{ "folders": [{ "folder": ".git/sub" }] }""")]
    [InlineData("""{ "files": [".git/config"] }""")]
    [InlineData("""{ "files": [{ "file": "linked/config", "assetPath": "/x.txt" }] }""")]
    [InlineData("""{ "files": [{ "file": "harmless.txt" }] }""")]
    [InlineData("""{ "folders": ["assets"], "allow": ["assets/link.txt"] }""", "SAB2004")]
    [InlineData("""{ "files": [".git/config"], "allow": [".git/config", "config"] }""", "SAB1034")]
    public async Task It_does_not_publish_the_folder_of_git(string config, string code = "SAB2015")
    {
        await using var bench = await StartAsync();
        bench.Write(".git/config", "secret of the checkout");
        bench.Write(".git/sub/config", "secret of the checkout");
        Directory.CreateSymbolicLink(bench.PathOf("linked"), bench.PathOf(".git"));
        File.CreateSymbolicLink(bench.PathOf("harmless.txt"), bench.PathOf(".git/config"));
        File.CreateSymbolicLink(bench.PathOf("assets/link.txt"), bench.PathOf(".git/config"));
        WriteConfig(bench, config);

        var run = await bench.RunAsync("upload");

        Assert.Equal((1, ""), (run.ExitCode, run.Out));
        Assert.Equal(code, Assert.Single(run.Codes.Distinct()));
        Assert.Empty(await bench.Emulator.CountRequestsAsync());
    }

    [Fact]
    public async Task A_config_file_named_on_the_command_line_can_also_name_paths_beside_itself()
    {
        await using var bench = await StartAsync();
        using var shared = new TempFolder();
        shared.Write("web/b.txt", "shared");
        var config = shared.Write("site.json", """{ "folders": ["web"] }""");

        (await bench.RunAsync("upload", "--quiet", "--config", config)).SucceededSilently();

        Assert.Equal(["/b.txt public shared"], await bench.Emulator.DescribeContentsAsync());
    }

    [Theory]
    [InlineData("assets/server.pem")]
    [InlineData("assets/cert.p12")]
    [InlineData("assets/sub/id_rsa")]
    public async Task It_does_not_disable_the_guard_against_secrets(string file)
    {
        await using var bench = await StartAsync();
        bench.Write(file, "secret");
        bench.Write("assets/Program.cs", "source");
        WriteConfig(bench, """{ "allow": ["*", "**/*"] }""");

        Assert.Equal(["SAB1034"], (await bench.RunAsync("upload")).Codes);
        Assert.Empty(await bench.Emulator.CountRequestsAsync());

        (await bench.RunAsync("upload", "--quiet", "--allow", "*")).SucceededSilently();
    }

    [Theory]
    [InlineData("--api-base-url", "SAB1035")]
    [InlineData("--upload-base-url", "SAB1035")]
    public async Task One_base_URL_without_the_other_is_an_error(string option, string code)
    {
        await using var bench = await StartAsync();

        var run = await RunWithoutBaseUrlsAsync(bench, "upload", option, bench.Emulator.Url);

        Assert.Equal([code], run.Codes);
        Assert.Empty(await bench.Emulator.CountRequestsAsync());
    }

    private static async Task<Workbench> StartAsync()
    {
        var bench = await Workbench.StartAsync();
        bench.Write("assets/a.txt", "first");
        return bench;
    }

    private static Task<CliRun> RunWithoutBaseUrlsAsync(Workbench bench, string command, params string[] more) =>
        bench.RunExactlyAsync([command, "--project", bench.Project, "--service-name", Workbench.ServiceName, .. more]);

    private static void WriteConfig(Workbench bench, string json) => bench.Write("serverless-assets.json", json);
}
