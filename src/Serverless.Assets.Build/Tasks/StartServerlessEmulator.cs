using Microsoft.Build.Framework;
using Serverless.Assets.Build.Emulator;
using Serverless.Assets.Diagnostics;

namespace Serverless.Assets.Build.Tasks;

/// <summary>Starts the emulator for the rest of the build, or finds the one that runs on the same data.</summary>
[MSBuildMultiThreadableTask]
public sealed class StartServerlessEmulator : AssetTask
{
    /// <summary>The program: <c>…/Serverless.Assets.Emulator.dll</c>, full path.</summary>
    [Required]
    public string EmulatorAssembly { get; set; } = "";

    /// <summary>Folder of its data, full path.</summary>
    [Required]
    public string DataDirectory { get; set; } = "";

    /// <summary>The <c>dotnet</c> that runs it; empty: the one on the path.</summary>
    public string DotNetHost { get; set; } = "";

    /// <summary>Where it listens: <c>http://127.0.0.1:5005</c>.</summary>
    [Output]
    public string BaseUrl { get; private set; } = "";

    /// <summary>The command that serves the same data after the build.</summary>
    [Output]
    public string ServeCommand { get; private set; } = "";

    private protected override async Task<bool> ExecuteAsync(CancellationToken cancellationToken)
    {
        var emulator = new EmulatorLaunch(DotNetHost, EmulatorAssembly, DataDirectory);
        ServeCommand = emulator.ServeCommand;
        if (await FindRunningAsync(emulator, cancellationToken).ConfigureAwait(false))
        {
            return true;
        }

        EmulatorProcess process;
        try
        {
            process = await emulator.StartAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (AssetException)
        {
            // Another build may have been faster on the same data.
            if (await FindRunningAsync(emulator, cancellationToken).ConfigureAwait(false))
            {
                return true;
            }

            throw;
        }

        BaseUrl = process.BaseUrl;

        // Disposed by MSBuild at the end of the build. When MSBuild is killed, the pipe breaks and the emulator ends.
        BuildEngine4.RegisterTaskObject(
            $"Serverless.Assets.Emulator {DataDirectory}",
            process,
            RegisteredTaskObjectLifetime.Build,
            allowEarlyCollection: false
        );
        return true;
    }

    private async Task<bool> FindRunningAsync(EmulatorLaunch emulator, CancellationToken cancellationToken)
    {
        var running = await emulator.FindRunningAsync(cancellationToken).ConfigureAwait(false);
        BaseUrl = running ?? "";
        return running is not null;
    }
}
