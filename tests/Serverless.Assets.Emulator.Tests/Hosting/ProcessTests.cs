using System.Diagnostics;
using System.Runtime.InteropServices;

namespace Serverless.Assets.Emulator.Tests.Hosting;

/// <summary>The emulator's own program.</summary>
public class ProcessTests
{
    [Fact]
    public async Task It_dies_with_the_process_that_holds_its_input()
    {
        using var folder = new TestFolder();
        using var process = Start(folder, "--until-input-closes");
        Assert.StartsWith(
            "listening on http://127.0.0.1:",
            await process.StandardOutput.ReadLineAsync(TestEmulator.Token),
            StringComparison.Ordinal
        );

        process.StandardInput.Close();

        await process.WaitForExitAsync(TestEmulator.Token);
        Assert.Equal(0, process.ExitCode);
        Assert.False(File.Exists(folder.File("emulator.json")));
    }

    [Fact]
    public async Task It_ends_in_order_when_asked_to()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no SIGTERM.");
        using var folder = new TestFolder();
        using var process = Start(folder);
        await process.StandardOutput.ReadLineAsync(TestEmulator.Token);

        using (var kill = Process.Start("kill", ["-TERM", $"{process.Id}"]))
        {
            await kill.WaitForExitAsync(TestEmulator.Token);
        }

        await process.WaitForExitAsync(TestEmulator.Token);
        Assert.Equal(0, process.ExitCode);
        Assert.Empty(await process.StandardError.ReadToEndAsync(TestEmulator.Token));
        Assert.False(File.Exists(folder.File("emulator.json")));
    }

    [Fact]
    public async Task A_folder_of_one_that_was_killed_is_free_and_keeps_what_was_answered()
    {
        using var folder = new TestFolder();
        using var process = Start(folder);
        var line = await process.StandardOutput.ReadLineAsync(TestEmulator.Token);
        using (var api = new ApiClient(new Uri(line!["listening on ".Length..])))
        {
            await api.CreateServiceAsync();
            await api.AddAsync("shop", "/a", "kept");
        }

        process.Kill();
        await process.WaitForExitAsync(TestEmulator.Token);
        Assert.True(File.Exists(folder.File("emulator.json")));

        await using var second = await TestEmulator.StartAsync(folder: folder.Path);
        var version = (await second.Api.GetAsync("/__emulator/services"))
            .Ok()
            .GetProperty("services")[0]
            .All("asset_versions", "sid")[0];
        Assert.Equal("kept", (await second.Api.GetAsync($"/__emulator/versions/{version}/content")).Text);
    }

    private static Process Start(TestFolder folder, params string[] flags)
    {
        var assembly = typeof(EmulatorServer).Assembly.Location;
        var host = Path.GetFullPath(Path.Combine(RuntimeEnvironment.GetRuntimeDirectory(), "..", "..", "..", "dotnet"));
        return Process.Start(
            new ProcessStartInfo(host, [assembly, "--data", folder.Path, .. flags])
            {
                RedirectStandardInput = true,
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            }
        )!;
    }
}
