namespace Serverless.Assets.Cli.Tests;

public sealed class VerbosityTests
{
    private const StringComparison Order = StringComparison.Ordinal;

    [Fact]
    public async Task Quiet_writes_no_output_on_success()
    {
        await using var bench = await Workbench.StartAsync();
        bench.Write("assets/a.txt", "first");

        Assert.Equal("", (await bench.RunAsync("upload", "-q")).SucceededSilently().Out);
    }

    [Fact]
    public async Task Quiet_leaves_warnings_and_errors_and_the_JSON()
    {
        await using var bench = await Workbench.StartAsync();
        bench.Write("assets/appsettings.json", "{}");

        var run = await bench.RunAsync("upload", "--quiet", "--json");

        Assert.Equal((0, 1), (run.ExitCode, run.Json.GetProperty("uploaded").GetInt32()));
        var warning = Assert.Single(run.ErrorLines);
        Assert.StartsWith(
            $"{bench.PathOf("assets/appsettings.json")}(1): warning SAB2016: ",
            warning,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task Detailed_has_a_line_for_each_file_and_none_for_requests()
    {
        await using var bench = await Workbench.StartAsync();
        bench.Write("assets/a.txt", "first");
        bench.Write("assets/b.txt", "second");

        var run = await bench.RunAsync("upload", "-v", "Detailed", "--json");

        Assert.Equal(0, run.ExitCode);
        Assert.Equal(
            run.Json.GetProperty("assets")
                .EnumerateArray()
                .Select(asset =>
                    $"Uploaded assets{asset.GetProperty("path")} -> {asset.GetProperty("path")} (public, {asset.GetProperty("size")} bytes, {asset.GetProperty("assetVersionSid")})"
                ),
            run.ErrorLines.Where(line => line.StartsWith("Uploaded", StringComparison.Ordinal))
                .Order(StringComparer.Ordinal)
        );
        Assert.DoesNotContain("http", run.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Diagnostic")]
    [InlineData("diagnostic")]
    public async Task Diagnostic_shows_requests_but_never_the_secret(string verbosity)
    {
        await using var bench = await Workbench.StartAsync();
        bench.Write("assets/a.txt", "first");

        var run = await bench.RunAsync("upload", "--verbosity", verbosity);

        Assert.Equal(0, run.ExitCode);
        Assert.Contains(
            $"GET {bench.Emulator.Url}/v1/Services/{Workbench.ServiceName} ",
            run.Error,
            StringComparison.Ordinal
        );
        Assert.Matches(
            $@"POST {bench.Emulator.Url}/v1/Services/ZS\w+/Assets/ZH\w+/Versions \(Asset Version /a\.txt\): 201 RQ\w+",
            run.Error
        );
        Assert.DoesNotContain("http://", run.Out, StringComparison.Ordinal);
        var header = Convert.ToBase64String(System.Text.Encoding.UTF8.GetBytes($"{Workbench.User}:{Workbench.Secret}"));
        Assert.All(
            [Workbench.Secret, header, header[^12..], "Authorization"],
            secret => Assert.DoesNotContain(secret, run.Out + run.Error, StringComparison.OrdinalIgnoreCase)
        );
    }

    /// <summary>SAB9001 asks users to attach the log.</summary>
    [Fact]
    public async Task Diagnostic_shows_all_lines_of_an_unexpected_exception_but_no_secret()
    {
        await using var bench = await Workbench.StartAsync();
        bench.Write("assets/a.txt", "first");
        bench.HttpHandler = () => throw new NotSupportedException($"no\n##vso[task.complete] {Workbench.Secret}");

        var run = await bench.RunAsync("upload", "--verbosity", "Diagnostic");

        Assert.Equal((1, "SAB9001"), (run.ExitCode, Assert.Single(run.Codes)));
        var trace = run
            .ErrorLines.SkipWhile(line => !line.StartsWith("System.NotSupportedException: no", Order))
            .ToList();
        Assert.Equal(["System.NotSupportedException: no", "#\\u0023vso[task.complete] ***"], trace[..2]);
        Assert.All(trace[2..], line => Assert.Matches("^(at |---)", line));
        Assert.Contains(trace, line => line.Contains(nameof(UploadPipeline), Order));
        Assert.DoesNotContain(" at System.", (await bench.RunAsync("upload", "-v", "Detailed")).Error, Order);
    }

    [Fact]
    public async Task A_long_line_is_not_broken_to_a_width()
    {
        await using var bench = await Workbench.StartAsync();
        var name = new string('n', 200);
        bench.Write($"assets/{name}.pem", "secret");

        var run = await bench.RunAsync("upload");

        Assert.Equal(1, run.ExitCode);
        Assert.Contains(
            $"'assets/{name}.pem' looks like a secret and would be public.",
            Assert.Single(run.ErrorLines),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task A_long_path_is_complete()
    {
        await using var bench = await Workbench.StartAsync();
        var folder = string.Join('/', Enumerable.Repeat(new string('n', 200), 3));
        var file = bench.Write($"{folder}/appsettings.json", "{}");
        bench.Write(
            "serverless-assets.json",
            $$"""{ "files": [{ "file": "{{folder}}/appsettings.json", "assetPath": "/a.json" }] }"""
        );
        var manifest = bench.PathOf($"{folder}/m.json");

        var plan = await bench.RunAsync("plan");
        var upload = await bench.RunAsync("upload", "--manifest", manifest);
        var merge = await bench.RunExactlyAsync("merge", "--project", bench.Project, "--manifest", manifest, manifest);

        Assert.StartsWith($"{file}(1): warning SAB2016: ", Assert.Single(plan.ErrorLines), Order);
        Assert.Contains($"  /a.json  ({folder}/appsettings.json)", plan.Out, Order);
        Assert.Contains($"  manifest written: {manifest}", upload.Out, Order);
        Assert.Contains($"into {manifest}", merge.Out, Order);
    }

    [Fact]
    public async Task Square_brackets_in_a_name_are_text()
    {
        await using var bench = await Workbench.StartAsync();
        bench.Write("assets/[red]x[/].pem", "secret");

        var run = await bench.RunAsync("upload", "--allow", "none");

        Assert.Contains("'assets/[red]x[/].pem'", run.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--no-warn", "SAB2016")]
    [InlineData("--no-warn", "SAB2023;sab2016")]
    [InlineData("--no-warn", "SAB2023", "--no-warn", "SAB2016")]
    public async Task A_warning_can_be_silenced_by_its_code(params string[] options)
    {
        await using var bench = await Workbench.StartAsync();
        bench.Write("assets/appsettings.json", "{}");
        Assert.Equal(["SAB2016"], (await bench.RunAsync("plan", "--no-warn", "SAB2023")).Codes);

        (await bench.RunAsync("plan", options)).SucceededSilently();
    }

    [Fact]
    public async Task An_error_cannot_be_suppressed()
    {
        await using var bench = await Workbench.StartAsync();
        bench.Write("assets/root.pem", "secret");

        Assert.Equal(
            (1, "SAB2015"),
            (
                (await bench.RunAsync("plan", "--no-warn", "SAB2015")) is var run ? run.ExitCode : 0,
                Assert.Single(run.Codes)
            )
        );
    }
}
