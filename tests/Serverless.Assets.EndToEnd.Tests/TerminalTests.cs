using System.Text.RegularExpressions;
using Serverless.Assets.Emulator;

namespace Serverless.Assets.EndToEnd.Tests;

/// <summary>What a person at a terminal sees, with MSBuild's terminal logger.</summary>
public sealed class TerminalTests(PackageFeed feed) : EndToEndTest(feed)
{
    private const double AnHour = 3600;

    /// <summary>Each stage is held up until it was seen.</summary>
    [Fact]
    public async Task The_stages_of_a_deployment_are_seen_by_name_and_it_ends_with_the_address_of_the_site()
    {
        Terminal.SkipUnlessAvailable();
        var emulator = await StartEmulatorAsync();
        emulator.Faults = new EmulatorFaults
        {
            RejectPathContains = "/a",
            RejectStatus = 429,
            BuildSeconds = AnHour,
        };
        var project = NewProject(emulator).Property("ServerlessAssetsVerify", "true").File("assets/a.txt", "a");
        using var build = project.StartInTerminal("msbuild", "-restore", "-t:DeployServerlessAssets");

        await build.WaitForTextAsync("UploadServerlessAssets (");
        emulator.Faults = new EmulatorFaults { BuildSeconds = AnHour };
        await build.WaitForTextAsync("BuildServerlessAssets (");
        emulator.Faults = new EmulatorFaults { ClockShiftSeconds = AnHour, PropagationSeconds = AnHour };
        await build.WaitForTextAsync("DeployServerlessAssets (");
        emulator.Faults = new EmulatorFaults { ClockShiftSeconds = 2 * AnHour };

        Assert.True(await build.EndAsync() == 0, build.Text);
        var (domain, _) = await emulator.GetLiveAsync();
        Assert.Matches($@"\n  Site net10\.0 succeeded \([0-9.]+s\) → http://{Regex.Escape(domain)}/\n", build.Text);
        Assert.DoesNotContain("Serverless assets", build.Text, StringComparison.Ordinal);
    }

    /// <summary>The emulator has stopped; the command serves the page at the same address until it is interrupted.</summary>
    [Fact]
    public async Task A_publish_to_the_emulator_ends_with_its_page_and_the_command_that_serves_it()
    {
        Terminal.SkipUnlessAvailable();
        var project = NewProject()
            .Property("ServerlessAssetsEmulator", "true")
            .Property("ServerlessAssetsDeployOn", "Publish")
            .File("assets/index.html", "<h1>Hi</h1>");
        using var publish = project.StartInTerminal("publish");
        Assert.True(await publish.EndAsync() == 0, publish.Text);
        var end = Regex.Match(
            publish.Text,
            @"→ (http://127\.0\.0\.1:\d+/) \(to browse it, run: dotnet (build -t:ServeServerlessAssets -tl:off)\)\n"
        );
        Assert.True(end.Success, publish.Text);

        using var serve = project.Start(end.Groups[2].Value.Split(' '));
        await serve.WaitForLineAsync($"Browse the emulator at {end.Groups[1].Value}. Press Ctrl+C to stop it.");
        using (var api = new ApiClient(new Uri(end.Groups[1].Value)))
        {
            Assert.Contains(">site</a></h2>", (await api.GetAsync("/")).Text, StringComparison.Ordinal);
        }

        await serve.EndAsync("INT");
        await using var next = await TestEmulator.OpenAsync(project.PathOf("obj/serverless-assets/emulator"));
        Assert.Equal(end.Groups[1].Value, $"{next.Url}/"); // the interrupted one has ended, so its port and data are free
    }

    [Fact]
    public async Task Errors_and_warnings_name_file_and_code_and_link_to_its_section()
    {
        Terminal.SkipUnlessAvailable();
        var project = NewProject();
        var faulty = new FaultyProject(project, Feed);
        using var build = project.StartInTerminal("msbuild", "-restore", "-t:UploadServerlessAssets");

        Assert.Equal(1, await build.EndAsync());

        faulty.AssertShown(build.Text, "");
        Assert.All(
            FaultyProject.Codes,
            code =>
                Assert.Contains(
                    $"\e]8;;{ExpectedMessages.GetHelpLink(code)}\e\\{code}\e]8;;\e\\",
                    build.Written,
                    StringComparison.Ordinal
                )
        );
    }
}
