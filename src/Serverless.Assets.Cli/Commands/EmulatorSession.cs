using Serverless.Assets.Diagnostics;
using Serverless.Assets.Emulation;
using Serverless.Assets.Settings;

namespace Serverless.Assets.Cli.Commands;

/// <summary><c>--emulator</c>: runs a command against an emulator on this machine.</summary>
internal static class EmulatorSession
{
    private static readonly string DefaultData = Path.Combine("obj", "serverless-assets", "emulator");

    /// <summary>
    /// Runs work that connects to the service. If the settings ask for an emulator, it runs at least as long as the
    /// work.
    /// </summary>
    /// <param name="work">Receives the settings with the addresses of the service.</param>
    /// <exception cref="AssetException">The emulator can't be started.</exception>
    public static async Task<T> RunAsync<T>(CommandContext context, Func<SettingValues, Task<T>> work)
    {
        var settings = context.Settings;
        if (!settings.Get(SettingTable.Emulator))
        {
            return await work(settings).ConfigureAwait(false);
        }

        var program = FindProgram();
        var data = EmulatorDefaults.GetDataDirectory(settings);
        using var emulator = await LocalEmulator
            .OpenAsync(program, data, context.Engine.Clock, context.Logger, context.CancellationToken)
            .ConfigureAwait(false);
        context.Logger.Log(
            LogLevel.Detail,
            $"Using the emulator at {emulator.BaseUrl}, which serves {SanitizedText.Whole(data)}"
        );
        var result = await work(
                settings
                    .With(SettingTable.ApiBaseUrl, emulator.BaseUrl)
                    .With(SettingTable.UploadBaseUrl, emulator.BaseUrl)
            )
            .ConfigureAwait(false);
        if (emulator.IsOwned)
        {
            var serve = SanitizedText.Whole(GetServeCommand(program, data));
            context.Logger.Log(LogLevel.Summary, $"To browse the emulator at {emulator.BaseUrl}/, run: {serve}");
        }
        else
        {
            context.Logger.Log(LogLevel.Summary, $"Browse the emulator at {emulator.BaseUrl}/");
        }

        return result;
    }

    /// <summary>
    /// The folder that <c>--emulator</c> uses in the current folder by default, if it exists: the command
    /// <c>emulator</c> without options then serves what the other commands have uploaded.
    /// </summary>
    public static string? FindData() => Directory.Exists(DefaultData) ? DefaultData : null;

    private static string GetServeCommand(EmulatorProgram program, string data) =>
        data == Path.GetFullPath(DefaultData) ? program.DisplayName : program.GetServeCommand(data);

    /// <summary>This program: its command <c>emulator</c> is the emulator.</summary>
    private static EmulatorProgram FindProgram()
    {
        const string tool = "serverless-assets";
        const string command = "emulator";
        var running = Environment.ProcessPath ?? "";
        var assembly = typeof(EmulatorSession).Assembly.Location;
        var (fileName, arguments) = Path.GetFileNameWithoutExtension(running) switch
        {
            tool => (running, (string[])[command]), // the executable beside the assembly, or that of an installed tool
            "dotnet" => (running, [assembly, command]),
            _ => ("dotnet", [assembly, command]), // a program that hosts this one, such as a test runner
        };
        return new EmulatorProgram(fileName, arguments, $"{tool} {command}", AppContext.BaseDirectory);
    }
}
