namespace Serverless.Assets.Cli.Tests;

/// <summary>The files that a run is reported in.</summary>
public sealed class ReportTests
{
    [Fact]
    public async Task The_summary_names_the_service_and_settings_as_options()
    {
        await using var bench = await Workbench.StartAsync();
        bench.Write("assets/a.txt", "one");
        bench.Write("assets/app.map", "{}");
        var summary = bench.PathOf("summary.md");
        Assert.Equal(0, (await bench.RunAsync("upload", "--summary", summary)).ExitCode);
        var text = await File.ReadAllTextAsync(summary, Workbench.Token);
        Assert.Matches(
            @"^### Serverless assets: site\n\n✅ \*\*Uploaded 2 files \(5 B\) to ZS\w{32} in [\d.]+ s, 0 unchanged\*\*\n\n\*\*1 warning\*\*\n\n- \[SAB2016\]\(",
            text
        );
        Assert.Contains(" or add it to --allow ", text, StringComparison.Ordinal);
        Assert.DoesNotContain(
            "ServerlessAssets",
            text.Replace("Serverless.Assets.Build", "", StringComparison.Ordinal),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task A_run_that_fails_or_plans_is_summed_up_too()
    {
        await using var bench = await Workbench.StartAsync();
        bench.Write("assets/a.txt", "one");
        var summary = bench.PathOf("summary.md");
        Assert.Equal(0, (await bench.RunAsync("plan", "--summary", summary)).ExitCode);
        Assert.StartsWith(
            "### Serverless assets: site\n\n🔍 **1 of 1 file would be uploaded to a new Service (3 B); nothing is live in dev**\n",
            await File.ReadAllTextAsync(summary, Workbench.Token),
            StringComparison.Ordinal
        );
        bench.Write("assets/empty.txt", "");
        Assert.Equal(1, (await bench.RunAsync("plan", "--summary", summary, "--no-warn", "SAB2016")).ExitCode);
        Assert.Contains(
            "\n### Serverless assets: site\n\n❌ **Failed with 1 error**\n",
            await File.ReadAllTextAsync(summary, Workbench.Token),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task A_merge_is_summarized_too()
    {
        await using var bench = await Workbench.StartAsync();
        await bench.UploadAsync(("a.txt", "one"));
        var run = await bench.RunExactlyAsync(
            "merge",
            bench.ManifestPath,
            "--project",
            bench.Project,
            "--manifest",
            "all.json",
            "--summary",
            "summary.md",
            "--report",
            "report.html"
        );
        Assert.Equal(
            [$"Merged 1 manifest (1 asset) into {bench.PathOf("all.json")}"],
            CliRun.Lines(run.SucceededSilently().Out)
        );
        var summary = await File.ReadAllTextAsync(bench.PathOf("summary.md"), Workbench.Token);
        Assert.Contains("\n✅ **Merged 1 manifest (1 asset) into ", summary, StringComparison.Ordinal);
        Assert.Contains($"\n- Manifest: `{bench.PathOf("all.json")}`\n", summary, StringComparison.Ordinal);
        Assert.Contains(
            $"<title>{Path.GetFileName(bench.Project)}: Merged</title>",
            await File.ReadAllTextAsync(bench.PathOf("report.html"), Workbench.Token),
            StringComparison.Ordinal
        );
    }
}
