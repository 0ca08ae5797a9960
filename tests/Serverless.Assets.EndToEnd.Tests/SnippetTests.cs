using System.Diagnostics;
using System.Text.RegularExpressions;

namespace Serverless.Assets.EndToEnd.Tests;

/// <summary>The snippet in docs/deploying.md, as a reader would paste it.</summary>
public sealed class SnippetTests(PackageFeed feed) : EndToEndTest(feed)
{
    [Fact]
    public async Task Curl_and_jq_deploy_from_the_manifest_over_what_is_live()
    {
        SkipWithoutPrograms();
        var emulator = await StartEmulatorAsync();
        var service = await FunctionsService.CreateAsync(emulator);
        var project = await UploadAsync(emulator);

        var (exitCode, output, errors) = await RunSnippetAsync(emulator, project, "dev");

        Assert.True(exitCode == 0, output + errors);
        var (domain, build) = await emulator.GetLiveAsync();
        Assert.Equal($"{build} is live at {domain}\n", output);
        Assert.Equal("", errors);
        Assert.NotEqual(service.Build, build);
        string[] expected =
        [
            $"/call {service.FunctionVersion}",
            "/a.txt",
            "/b.txt",
            "/other.css",
            "@twilio/runtime-handler@2.0.1",
            "lodash@4.17.21",
            "twilio@5.3.0",
            "node20",
        ];
        Assert.Equal(expected, await service.DescribeAsync(build!));
        Assert.Equal("200 a", await emulator.VisitAsync(domain, "/a.txt"));
        Assert.Contains(
            $"Function Version {service.FunctionVersion}",
            await emulator.VisitAsync(domain, "/call"),
            StringComparison.Ordinal
        );

        // Again, over a Build that has these paths already.
        (exitCode, output, errors) = await RunSnippetAsync(emulator, project, "dev");
        Assert.True(exitCode == 0, output + errors);
        Assert.Equal(expected, await service.DescribeAsync((await emulator.GetLiveAsync()).Build!));
    }

    [Fact]
    public async Task Curl_and_jq_create_the_environment_and_end_when_the_build_fails()
    {
        SkipWithoutPrograms();
        var emulator = await StartEmulatorAsync();
        var project = await UploadAsync(emulator);

        var (exitCode, output, errors) = await RunSnippetAsync(emulator, project, "pr-1");
        Assert.True(exitCode == 0, output + errors);
        var (domain, build) = await emulator.GetLiveAsync("pr-1");
        Assert.Equal($"{build} is live at {domain}\n", output);
        Assert.Equal("200 b", await emulator.VisitAsync(domain, "/b.txt"));

        emulator.Faults = new Emulator.EmulatorFaults { FailBuilds = true };
        (exitCode, output, errors) = await RunSnippetAsync(emulator, project, "pr-1");
        Assert.Equal(1, exitCode);
        Assert.Equal("", output);
        Assert.Matches("^Build ZB[0-9a-f]{32} has the status failed. The live site is unchanged.\n$", errors);
        Assert.Equal((domain, build), await emulator.GetLiveAsync("pr-1"));
    }

    private static void SkipWithoutPrograms() => ProgramPath.SkipUnlessInstalled("bash", "curl", "jq");

    private async Task<ConsumerProject> UploadAsync(TestEmulator emulator)
    {
        var project = NewProject(emulator)
            .File("assets/a.txt", "a")
            .File("assets/b.txt", "b")
            .Property("ServerlessAssetsManifestPath", "serverless-assets.manifest.json");
        (await project.MSBuildAsync("UploadServerlessAssets")).Succeeded();
        return project;
    }

    private static async Task<(int ExitCode, string Output, string Errors)> RunSnippetAsync(
        TestEmulator emulator,
        ConsumerProject project,
        string environment
    )
    {
        var document = (await File.ReadAllTextAsync(Repository.PathOf("docs/deploying.md"), Token)).ReplaceLineEndings(
            "\n"
        );
        var snippet = Assert
            .Single(
                Regex.Matches(document, "^```bash\n(?<text>.*?)^```$", RegexOptions.Multiline | RegexOptions.Singleline)
            )
            .Groups["text"]
            .Value;
        var start = new ProcessStartInfo("bash", ["-c", snippet])
        {
            WorkingDirectory = project.Folder, // which has the manifest
        };
        start.Environment["API"] = emulator.Url;
        start.Environment["ENVIRONMENT"] = environment;
        start.Environment["TWILIO_API_KEY"] = User;
        start.Environment["TWILIO_API_SECRET"] = Secret;
        start.Environment["NO_PROXY"] = start.Environment["no_proxy"] = "127.0.0.1";
        start.Environment.Remove("MANIFEST");
        var result = await ChildProcess.RunAsync(start);
        return (result.ExitCode, result.Out, result.Error);
    }
}
