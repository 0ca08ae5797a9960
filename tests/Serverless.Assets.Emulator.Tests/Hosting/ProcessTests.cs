namespace Serverless.Assets.Emulator.Tests.Hosting;

/// <summary>The emulator's own program.</summary>
public sealed class ProcessTests
{
    [Fact]
    public async Task It_dies_with_the_process_that_holds_its_input()
    {
        using var folder = new TempFolder();
        using var process = Start(folder, "--until-input-closes");
        Assert.StartsWith("listening on http://127.0.0.1:", await process.ReadLineAsync(), StringComparison.Ordinal);

        process.CloseInput();

        Assert.Equal(0, await process.WaitForExitAsync());
        Assert.False(File.Exists(folder["emulator.json"]));
    }

    [Fact]
    public async Task The_emulator_shuts_down_cleanly_on_request()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no SIGTERM.");
        using var folder = new TempFolder();
        using var process = Start(folder);
        await process.ReadLineAsync();

        var result = await process.EndAsync("TERM");

        Assert.Equal((0, ""), (result.ExitCode, result.Error));
        Assert.False(File.Exists(folder["emulator.json"]));
    }

    [Fact]
    public async Task The_data_folder_of_a_killed_emulator_is_unlocked_and_keeps_completed_changes()
    {
        using var folder = new TempFolder();
        using var process = Start(folder);
        var line = await process.ReadLineAsync();
        using (var api = new ApiClient(new Uri(line!["listening on ".Length..])))
        {
            await api.CreateServiceAsync();
            await api.AddAsync("shop", "/a", "kept");
        }

        await process.KillAsync();
        Assert.True(File.Exists(folder["emulator.json"]));

        await using var second = await TestEmulator.StartAsync(folder: folder.Path);
        var version = (await second.Api.GetAsync("/__emulator/services"))
            .Ok()
            .GetProperty("services")[0]
            .All("asset_versions", "sid")[0];
        Assert.Equal("kept", (await second.Api.GetAsync($"/__emulator/versions/{version}/content")).Text);
    }

    private static ChildProcess Start(TempFolder folder, params string[] flags) =>
        ChildProcess.Start(
            DotNet.Host,
            [typeof(ServerlessEmulator).Assembly.Location, "--data", folder.Path, .. flags],
            folder.Path
        );
}
