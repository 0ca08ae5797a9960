using Serverless.Assets.Cli.Tests.Support;

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
        Assert.StartsWith(
            "### Serverless assets: site\n\n✅ **Uploaded**, not live yet. 2 files uploaded, 0 unchanged.\n\n**1 warning**\n\n- [SAB2016](",
            text,
            StringComparison.Ordinal
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
            "### Serverless assets: site\n\n🔍 **Plan**, nothing was changed. An upload would send 1 file (3 B).",
            await File.ReadAllTextAsync(summary, Workbench.Token),
            StringComparison.Ordinal
        );
        bench.Write("assets/empty.txt", "");
        Assert.Equal(1, (await bench.RunAsync("plan", "--summary", summary, "--no-warn", "SAB2016")).ExitCode);
        Assert.Contains(
            "\n### Serverless assets: site\n\n❌ **Failed**, 1 error.\n",
            await File.ReadAllTextAsync(summary, Workbench.Token),
            StringComparison.Ordinal
        );
    }
}
