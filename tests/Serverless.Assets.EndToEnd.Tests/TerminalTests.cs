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
