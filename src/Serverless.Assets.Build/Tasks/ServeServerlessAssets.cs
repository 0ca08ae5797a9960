using Microsoft.Build.Framework;
using Serverless.Assets.Emulation;
using Serverless.Assets.Settings;

namespace Serverless.Assets.Build.Tasks;

/// <summary>
/// Runs the emulator on the project's data until the build is canceled, for instance with Ctrl+C, to browse what was
/// uploaded.
/// </summary>
[MSBuildMultiThreadableTask]
public sealed class ServeServerlessAssets : SettingsTask
{
    /// <summary>Full path of the program: <c>…/Serverless.Assets.Emulator.dll</c>.</summary>
    [Required]
    public string EmulatorAssembly { get; set; } = "";

    /// <summary>The <c>dotnet</c> that runs it; if empty, the one on the path.</summary>
    public string DotNetHost { get; set; } = "";

    private protected override async Task<bool> ExecuteAsync(CancellationToken cancellationToken)
    {
        var data = EmulatorDefaults.GetDataDirectory(Values);
        var program = StartServerlessEmulator.CreateProgram(EmulatorAssembly, DotNetHost);
        await EmulatorProcess
            .ServeAsync(
                program,
                data,
                url =>
                    Log.LogMessage(
                        MessageImportance.High,
                        "Browse the emulator at {0}/. Press Ctrl+C to stop it.",
                        url
                    ),
                cancellationToken
            )
            .ConfigureAwait(false);
        return true;
    }
}
