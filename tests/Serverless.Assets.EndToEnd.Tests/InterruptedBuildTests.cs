using Serverless.Assets.Emulator;

namespace Serverless.Assets.EndToEnd.Tests;

/// <summary>A build that is ended from outside in the middle of an upload.</summary>
public sealed class InterruptedBuildTests(PackageFeed feed) : EndToEndTest(feed)
{
    private const int TerminatedExitCode = 143;

    [Fact]
    public async Task A_killed_build_leaves_no_manifest_and_the_next_sends_the_rest()
    {
        var (emulator, project) = await PublishThenHangAsync();
        using var build = await UploadUntilItHangsAsync(project);

        Assert.NotEqual(0, (await build.KillAsync()).ExitCode);

        await AssertTheRestIsSentAsync(emulator, project);
    }

    /// <summary>MSBuild itself would end with 0, and a pipeline would go on as if all were well.</summary>
    [Fact]
    public async Task A_terminated_build_fails()
    {
        var (emulator, project) = await PublishThenHangAsync();
        using var build = await UploadUntilItHangsAsync(project);

        // Windows has no such signal: there, every end from outside is a kill.
        Assert.Equal(
            OperatingSystem.IsWindows() ? -1 : TerminatedExitCode,
            (await (OperatingSystem.IsWindows() ? build.KillAsync() : build.EndAsync("TERM"))).ExitCode
        );

        await AssertTheRestIsSentAsync(emulator, project);
    }

    /// <summary>
    /// The request that hangs is given up: it need not end. In the task host MSBuild calls Cancel over and over.
    /// </summary>
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_canceled_build_reports_its_progress_and_the_next_one_uploads_the_rest(bool isInTaskHost)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "A process there can't send Ctrl+C to one other.");
        var (emulator, project) = await PublishThenHangAsync();
        if (isInTaskHost)
        {
            TaskHostTests.InTaskHost(project);
        }

        using var build = await UploadUntilItHangsAsync(project);
        Assert.Equal(
            isInTaskHost,
            build.Output.Contains("Launching task \"UploadServerlessAssets\"", StringComparison.Ordinal)
        );

        Assert.Equal(1, (await build.EndAsync("INT")).ExitCode);

        Assert.Matches(
            "warning SAB3010: Canceled with 1 of 2 files done\\. Run again to upload the rest\\. .*\\n(.*\\n)*.*1 Warning\\(s\\)\\s+0 Error\\(s\\)",
            build.Output
        );
        await AssertTheRestIsSentAsync(emulator, project);
    }

    /// <summary>
    /// The signal ends a process other than the task's, so only the missing manifest shows the interruption.
    /// </summary>
    [Fact]
    public async Task A_terminated_build_leaves_no_manifest_when_the_task_was_in_the_task_host()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "There is no such signal there.");
        var (emulator, project) = await PublishThenHangAsync();
        TaskHostTests.InTaskHost(project);
        using var build = await UploadUntilItHangsAsync(project);

        await build.EndAsync("TERM");

        await AssertTheRestIsSentAsync(emulator, project);
    }

    private static string ManifestOf(ConsumerProject project) =>
        project.PathOf("bin/Debug/net10.0/serverless-assets.manifest.json");

    private async Task<(TestEmulator Emulator, ConsumerProject Project)> PublishThenHangAsync()
    {
        var emulator = await StartEmulatorAsync();
        var project = NewProject(emulator)
            .Property("ServerlessAssetsMaxConcurrency", "1")
            .File("assets/a.txt", "a")
            .File("assets/b.txt", "b");
        (await project.MSBuildAsync("UploadServerlessAssets")).Succeeded();

        // The question for the Service, one upload, and the one that hangs.
        project.File("assets/a.txt", "a changed").File("assets/b.txt", "b changed");
        emulator.Faults = new EmulatorFaults { HangNthRequest = 3 };
        return (emulator, project);
    }

    private static async Task<ChildProcess> UploadUntilItHangsAsync(ConsumerProject project)
    {
        var build = project.StartMSBuild("UploadServerlessAssets", "-v:detailed");
        await build.WaitForLineAsync("Uploaded assets/");
        return build;
    }

    private static async Task AssertTheRestIsSentAsync(TestEmulator emulator, ConsumerProject project)
    {
        Assert.False(File.Exists(ManifestOf(project)));
        Assert.True(File.Exists(ManifestOf(project) + ".previous"));
        emulator.Faults = new EmulatorFaults();
        await emulator.TakeRequestsAsync();

        (await project.MSBuildAsync("UploadServerlessAssets")).Succeeded();

        Assert.Equal(["AssetVersion.Create 1", "Service.Fetch 1"], await emulator.TakeRequestsAsync());
        var manifest = ConsumerManifest.Read(ManifestOf(project));
        Assert.Equal("a changed", await emulator.GetTextAsync(manifest.AssetVersions[0]));
        Assert.Equal("b changed", await emulator.GetTextAsync(manifest.AssetVersions[1]));
    }
}
