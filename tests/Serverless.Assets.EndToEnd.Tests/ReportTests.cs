using System.Text.RegularExpressions;
using Serverless.Assets.EndToEnd.Tests.Support;

namespace Serverless.Assets.EndToEnd.Tests;

/// <summary>What a build leaves for the later steps of a CI job.</summary>
public sealed partial class ReportTests(PackageFeed feed) : EndToEndTest(feed)
{
    [Fact]
    public async Task A_publish_adds_its_outputs_to_the_file_that_it_is_given()
    {
        var emulator = await StartEmulatorAsync();
        var project = NewProject(emulator)
            .Property("ServerlessAssetsDeployOn", "Publish")
            .File("assets/a.txt", "one")
            .File("assets/b.txt", "two")
            .File("out/outputs.env", "first=1\n");
        var published = (await project.PublishAsync("-p:ServerlessAssetsOutputsPath=out/outputs.env")).Succeeded();
        var live = await emulator.GetLiveAsync();
        Assert.Equal(1, published.Tasks["StartServerlessReport"]);
        Assert.Equal(
            $"""
            first=1
            service-sid=ZS
            manifest={project.ManifestPath}
            uploaded=2
            unchanged=0
            build-sid={live.Build}
            deployment-sid=ZD
            environment=dev
            domain={live.Domain}

            """,
            Sids()
                .Replace(
                    string.Concat(
                        (await File.ReadAllLinesAsync(project.PathOf("out/outputs.env"), Token))
                            .Where(line => !line.StartsWith("url=", StringComparison.Ordinal))
                            .Select(line => line + "\n")
                    ),
                    "$1"
                )
        );
    }

    [Fact]
    public async Task A_warning_that_is_an_error_fails_the_run_in_the_summary_too()
    {
        var emulator = await StartEmulatorAsync();
        var project = NewProject(emulator).Property("ServerlessAssetsDeployOn", "Publish").File("assets/app.map", "{}");
        (await project.PublishAsync("-warnaserror:SAB2016", "-p:ServerlessAssetsSummaryPath=summary.md")).Failed();
        Assert.Equal(0, await emulator.CountVersionsAsync());
        Assert.Contains(
            "❌ **Failed with 1 error**\n",
            await File.ReadAllTextAsync(project.PathOf("summary.md"), Token),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task Without_a_path_nothing_is_recorded()
    {
        var emulator = await StartEmulatorAsync();
        var published = (await NewProject(emulator).File("assets/a.txt", "one").PublishAsync()).Succeeded();
        Assert.DoesNotContain("StartServerlessReport", published.Tasks.Keys);
    }

    [GeneratedRegex("(ZS|ZD)[0-9a-f]{32}")]
    private static partial Regex Sids();
}
