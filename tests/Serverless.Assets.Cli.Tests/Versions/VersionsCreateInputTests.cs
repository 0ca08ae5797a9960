namespace Serverless.Assets.Cli.Tests.Versions;

/// <summary>What <c>versions create</c> rejects before it sends a request, with the rules of an upload.</summary>
public sealed class VersionsCreateInputTests
{
    private const int Megabyte = 1024 * 1024;

    public static TheoryData<string, string[]> Rejected =>
        new()
        {
            { "SAB2002", ["missing.txt", "--asset", "/a.txt"] },
            { "SAB2003", ["a.txt", "--asset", "/a.txt", "--visibility", "secret"] },
            { "SAB2007", ["a.txt", "--asset", "/a.txt", "--path", "/" + new string('x', 255)] },
            { "SAB2008", ["a.txt", "--asset", "/a b.txt"] },
            { "SAB2008", ["a.txt", "--asset", "/a.txt", "--path", "/a?b"] },
            { "SAB2009", ["a.txt", "--asset", "/a.txt", "--path", "/../a.txt"] },
            { "SAB2013", ["empty.txt", "--asset", "/a.txt"] },
            { "SAB2015", ["server.pem", "--asset", "/a.txt"] },
            { "SAB2015", ["harmless.txt", "--asset", "/a.txt"] },
            { "SAB2022", ["a.txt", "--asset", "/a.txt", "--content-type", "text"] },
            { "SAB2040", [".", "--asset", "/a.txt"] },
            { "SAB2041", ["serverless-assets.json", "--asset", "/a.txt"] },
        };

    [Theory]
    [MemberData(nameof(Rejected))]
    public async Task A_file_or_a_value_that_an_upload_rejects(string code, string[] arguments)
    {
        await using var bench = await StartAsync();

        var run = await bench.RunAsync("versions create", arguments);

        Assert.Equal((1, "", code), (run.ExitCode, run.Out, Assert.Single(run.Codes)));
        Assert.Empty(await bench.Emulator.CountRequestsAsync());
    }

    /// <summary>The name of the file does not matter, and the command has no <c>--path-prefix</c>.</summary>
    [Theory]
    [InlineData(
        "'a.txt' maps to the path '/a b', which contains a space: only letters, digits and - . _ ~ ! * = / are allowed. Correct that path, or set --path-characters Dash to replace white space with dashes.",
        "/a b"
    )]
    [InlineData(
        "'a.txt' maps to the path '/a//b', which has an empty segment, a segment '.' or '..', or no file name. Correct that path.",
        "/a//b"
    )]
    public async Task The_remedy_is_about_the_path_that_the_user_gave(string message, string path)
    {
        await using var bench = await StartAsync();

        var run = await bench.RunAsync("versions create", "a.txt", "--asset", path);

        Assert.Contains($": {message} https://", Assert.Single(run.ErrorLines), StringComparison.Ordinal);
    }

    [Fact]
    public async Task All_problems_are_reported_together()
    {
        await using var bench = await StartAsync();
        bench.Environment.Clear();

        var run = await bench.RunExactlyAsync(
            "versions",
            "create",
            "empty.txt",
            "--project",
            bench.Project,
            "--asset",
            "/a b",
            "--timeout",
            "0"
        );

        Assert.Equal(1, run.ExitCode);
        Assert.Equal(["SAB1009", "SAB1004", "SAB1001", "SAB2008", "SAB2013"], run.Codes);
    }

    [Theory]
    [InlineData(25, 0, 0)]
    [InlineData(25, 1, 1)]
    [InlineData(25, 1, 0, "--service-limits", "Warn")]
    [InlineData(10, 0, 0, "--visibility", "private")]
    [InlineData(10, 1, 1, "--visibility", "private")]
    public async Task The_size_limit_is_that_of_the_visibility(
        int megabytes,
        int more,
        int exitCode,
        params string[] options
    )
    {
        await using var bench = await StartAsync();
        var size = (megabytes * Megabyte) + more;
        await File.WriteAllBytesAsync(bench.PathOf("large.bin"), new byte[size], Workbench.Token);

        var run = await bench.RunAsync("versions create", ["large.bin", "--asset", "/large.bin", .. options]);

        if (options is ["--service-limits", ..])
        {
            // The emulator has the same limit; an account may have another one.
            Assert.Equal(["SAB2012", "SAB3007"], run.Codes);
            Assert.Equal(1, await bench.Emulator.CountUploadsAsync());
            return;
        }

        Assert.Equal(exitCode, run.ExitCode);
        Assert.Equal(exitCode == 0 ? [] : ["SAB2012"], run.Codes);
        Assert.Equal(exitCode == 0 ? 1 : 0, await bench.Emulator.CountUploadsAsync());
        Assert.Equal(exitCode == 0, (await bench.Emulator.CountRequestsAsync()).Count > 0);
    }

    [Theory]
    [InlineData("--allow", "server.pem")]
    [InlineData("--visibility", "private")]
    public async Task A_secret_passes_if_it_is_allowed_or_private(params string[] options)
    {
        await using var bench = await StartAsync();

        var run = await bench.RunAsync("versions create", ["server.pem", "--asset", "/server.pem", .. options]);

        Assert.Equal(0, run.ExitCode);
        Assert.Equal(1, await bench.Emulator.CountVersionsAsync());
    }

    [Fact]
    public async Task The_config_file_cannot_allow_a_secret()
    {
        await using var bench = await StartAsync();
        bench.Write("serverless-assets.json", """{ "allow": ["*.pem"] }""");

        var run = await bench.RunAsync("versions create", "server.pem", "--asset", "/server.pem");

        Assert.Equal((1, "SAB1034"), (run.ExitCode, Assert.Single(run.Codes)));
        Assert.Empty(await bench.Emulator.CountRequestsAsync());
    }

    [Theory]
    [InlineData("pipe")]
    [InlineData("/dev/zero")]
    public async Task A_pipe_or_device_is_named_and_not_opened(string file)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no such files in folders.");
        await using var bench = await StartAsync();
        bench.Pipe("pipe");

        var run = await bench.RunAsync("versions create", file, "--asset", "/a.txt");

        Assert.Equal((1, "SAB2040"), (run.ExitCode, Assert.Single(run.Codes)));
        Assert.Contains(file == "pipe" ? "a named pipe" : "a device", run.Error, StringComparison.Ordinal);
        Assert.Empty(await bench.Emulator.CountRequestsAsync());
    }

    [Fact]
    public async Task A_file_that_changes_after_it_was_checked_is_not_uploaded()
    {
        await using var bench = await StartAsync();
        await bench.CreateServiceAsync();
        bench.HttpHandler = () =>
            InterceptingHandler.RunBefore(
                HttpMethod.Get,
                "/Assets",
                () =>
                {
                    bench.Write("a.txt", "y");
                    return Task.CompletedTask;
                }
            );

        var run = await bench.RunAsync("versions create", "a.txt", "--asset", "/a.txt");

        Assert.Equal((1, "SAB2020"), (run.ExitCode, Assert.Single(run.Codes)));
        Assert.Equal(0, await bench.Emulator.CountVersionsAsync());
    }

    private static async Task<Workbench> StartAsync()
    {
        var bench = await Workbench.StartAsync();
        bench.Write("a.txt");
        bench.Write("empty.txt", "");
        bench.Write("server.pem", "-----BEGIN CERTIFICATE-----");
        bench.Write("harmless.txt", "-----BEGIN PRIVATE KEY-----\nMIIE");
        bench.Write("serverless-assets.json", "{}");
        return bench;
    }
}
