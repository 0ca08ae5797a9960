using System.Diagnostics;

namespace Serverless.Assets.Cli.Tests;

/// <summary>What the tool itself writes does not become an asset, wherever the options put it.</summary>
public sealed class OwnFileTests
{
    private static readonly string[] Options =
    [
        ".",
        "--json",
        "--manifest",
        "m.json",
        "--state-path",
        "state",
        "--report",
        "web/report.html",
        "--summary",
        "summary.md",
        "--outputs",
        "outputs.txt",
    ];

    [Fact]
    public async Task Files_of_earlier_runs_are_left_out_and_do_not_change_the_result()
    {
        await using var bench = await Workbench.StartAsync();
        bench.Write("web/index.html", "first");
        Assert.Equal(["/web/index.html"], Paths(await bench.RunAsync("upload", Options)));

        bench.Write("web/index.html", "second");
        Assert.Equal(["/web/index.html"], Paths(await bench.RunAsync("upload", Options)));
        Assert.True(File.Exists(bench.PathOf("m.json.previous")));
        Assert.True(File.Exists(bench.PathOf("web/report.html")));

        var again = await bench.RunAsync("upload", Options);
        Assert.Equal("nothingChanged", again.Json.GetProperty("outcome").GetString());
    }

    [Fact]
    public async Task Absolute_paths_and_the_records_of_a_deployment_are_left_out()
    {
        await using var bench = await Workbench.StartAsync();
        bench.Write("index.html", "first");
        var manifest = bench.PathOf("out/site.json");
        Assert.Equal(0, (await bench.RunAsync("upload", ".", "--manifest", manifest)).ExitCode);
        Assert.Equal(0, (await bench.RunAsync("deploy", "--manifest", manifest)).ExitCode);
        Assert.True(File.Exists(bench.PathOf("out/serverless-assets.deployment.json")));
        Assert.Equal(
            ["/assets/index.html", "/index.html"],
            Paths(await bench.RunAsync("plan", "--json", "--manifest", manifest, "."))
        );
    }

    [Fact]
    public async Task Paths_in_the_config_file_count_and_so_does_the_file()
    {
        await using var bench = await Workbench.StartAsync();
        bench.Write("index.html", "first");
        bench.Write("m.json", "{}");
        bench.Write("data/emulator.db", "x");
        bench.Write(
            "config/site.json",
            """{ "manifest": "../m.json", "emulatorData": "../data", "folders": [{ "folder": "..", "excludePatterns": ["*.{bak,md}"] }] }"""
        );
        bench.Write("readme.md", "x");
        Assert.Equal(
            ["/assets/index.html", "/index.html"],
            Paths(await bench.RunAsync("plan", "--json", "--config", bench.PathOf("config/site.json")))
        );
    }

    [Fact]
    public async Task The_build_outputs_of_a_project_folder_are_left_out()
    {
        await using var bench = await Workbench.StartAsync();
        bench.Write("index.html", "first");
        bench.Write("web/Web.csproj", "<Project />");
        bench.Write("web/bin/Debug/Web.dll", "x");
        bench.Write("web/obj/project.assets.json", "x");
        bench.Write("artifacts/bin/x", "x");
        bench.Write("Directory.Build.props", "<Project />");
        Assert.Equal(
            ["/assets/index.html", "/index.html"],
            Paths(await bench.RunAsync("plan", "--json", ".", "--exclude-patterns", "**/*.{csproj,props}"))
        );
    }

    [Fact]
    public async Task The_file_that_the_output_is_redirected_to_is_left_out()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Other systems do not show the file behind a stream.");
        await using var bench = await Workbench.StartAsync();
        bench.Write("index.html", "first");
        var start = new ProcessStartInfo(
            "sh",
            [
                "-c",
                "\"$@\" > result.json 2> log.txt",
                "sh",
                DotNet.Host,
                Repository.ToolAssembly,
                .. bench.Arguments("plan", "--json", "."),
            ]
        )
        {
            WorkingDirectory = bench.Project,
        };
        foreach (var (name, value) in bench.Environment)
        {
            start.Environment[name] = value;
        }

        var ended = await ChildProcess.RunAsync(start);

        Assert.True(ended.ExitCode == 0, await File.ReadAllTextAsync(bench.PathOf("log.txt"), Token));
        Assert.Equal(
            ["/assets/index.html", "/index.html"],
            Paths(new CliRun(0, await File.ReadAllTextAsync(bench.PathOf("result.json"), Token), ""))
        );
    }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private static IEnumerable<string> Paths(CliRun run)
    {
        Assert.True(run.ExitCode == 0, run.Error);
        Assert.Empty(run.Codes);
        return run.Json.GetProperty("assets").EnumerateArray().Select(asset => $"{asset.GetProperty("path")}");
    }
}
