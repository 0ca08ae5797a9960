using Microsoft.Build.Framework;
using Serverless.Assets.Emulation;
using Serverless.Assets.Reporting;
using Serverless.Assets.Settings;

namespace Serverless.Assets.Build.Tasks;

/// <summary>Starts the emulator for the rest of the build, or finds one that already runs on the same data.</summary>
[MSBuildMultiThreadableTask]
public sealed class StartServerlessEmulator : SettingsTask
{
    /// <summary>Full path of the program: <c>…/Serverless.Assets.Emulator.dll</c>.</summary>
    [Required]
    public string EmulatorAssembly { get; set; } = "";

    /// <summary>The <c>dotnet</c> that runs it; if empty, the one on the path.</summary>
    public string DotNetHost { get; set; } = "";

    /// <summary>Address of the emulator: <c>http://127.0.0.1:5005</c>.</summary>
    [Output]
    public string BaseUrl { get; private set; } = "";

    /// <summary>The command that serves the same data after the build.</summary>
    [Output]
    public string ServeCommand { get; private set; } = "";

    private protected override RunReporter? Reporter => null;

    private protected override async Task<bool> ExecuteAsync(CancellationToken cancellationToken)
    {
        var data = EmulatorDefaults.GetDataDirectory(Values);
        var program = new EmulatorProgram(
            DotNetHost.Length > 0 ? DotNetHost : "dotnet",
            [EmulatorAssembly],
            $"dotnet \"{EmulatorAssembly}\"",
            Path.GetDirectoryName(EmulatorAssembly)!
        );
        ServeCommand = program.GetServeCommand(data);
        var emulator = await LocalEmulator
            .OpenAsync(program, data, Context.Clock, cancellationToken)
            .ConfigureAwait(false);
        BaseUrl = emulator.BaseUrl;
        if (emulator.IsOwned)
        {
            // MSBuild disposes it at the end of the build. If MSBuild is killed, the pipe closes and the emulator
            // stops.
            TaskObjects.Register(BuildEngine4, data, emulator);
        }

        return true;
    }
}
