using System.Collections.Concurrent;
using Microsoft.Build.Framework;
using Serverless.Assets.Emulation;
using Serverless.Assets.Settings;

namespace Serverless.Assets.Build.Tasks;

/// <summary>Starts the emulator for the rest of the build, or finds one that already runs on the same data.</summary>
[MSBuildMultiThreadableTask]
public sealed class StartServerlessEmulator : ReportedTask
{
    private static readonly ConcurrentDictionary<string, SemaphoreSlim> Opening = new(StringComparer.Ordinal);

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
        BaseUrl = await OpenAsync(program, data, cancellationToken).ConfigureAwait(false);
        return true;
    }

    /// <summary>Opens the emulator once for all projects of a build that share its data.</summary>
    /// <returns>Its address.</returns>
    private async Task<string> OpenAsync(EmulatorProgram program, string data, CancellationToken cancellationToken)
    {
        var opening = Opening.GetOrAdd(data, _ => new SemaphoreSlim(1, 1));
        await opening.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            if (TaskObjects.Find<LocalEmulator>(BuildEngine4, data) is { } opened)
            {
                return opened.BaseUrl;
            }

            // MSBuild disposes it at the end of the build, and the emulator stops unless others use it. If MSBuild is
            // killed, the emulator notices.
            var emulator = await LocalEmulator
                .OpenAsync(program, data, Context.Clock, Context.Logger, cancellationToken)
                .ConfigureAwait(false);
            TaskObjects.Register(BuildEngine4, data, emulator);
            return emulator.BaseUrl;
        }
        finally
        {
            opening.Release();
        }
    }
}
