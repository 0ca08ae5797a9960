using System.CommandLine;
using Serverless.Assets.Cli.Commands;
using Serverless.Assets.Settings;

namespace Serverless.Assets.Cli.Options;

/// <summary>What every verb that talks to the service takes: the project, the service, and the emulator in its place.</summary>
internal sealed class ServiceRunOptions
{
    private readonly ServiceSettingsOptions _service = new();
    private readonly EmulatorModeOptions _emulator = new();

    public void AddTo(Command command)
    {
        Project.AddTo(command);
        _service.AddTo(command);
        _emulator.AddTo(command);
    }

    public ProjectOption Project { get; } = new();

    public bool NamesEnvironment(OptionValues values) => _service.NamesEnvironment(values);

    /// <param name="project">Full path of its folder.</param>
    /// <param name="takesManifest">The verb works on a manifest, and does not write it.</param>
    public ServiceSettings Read(OptionValues values, string project, bool takesManifest) =>
        _emulator.Apply(values, _service.Read(values, project), takesManifest);

    /// <summary>Runs what talks to the service; the emulator lives as long, when one is wanted.</summary>
    public async Task<T> WithServiceAsync<T>(
        OptionValues values,
        ServiceSettings settings,
        EngineContext context,
        Func<ServiceSettings, Task<T>> work,
        CancellationToken cancellationToken
    )
    {
        if (!_emulator.IsWanted(values))
        {
            return await work(settings).ConfigureAwait(false);
        }

        var emulator = await LocalEmulator
            .OpenAsync(_emulator.DataDirectory(values, settings), context, cancellationToken)
            .ConfigureAwait(false);
        await using (emulator.ConfigureAwait(false))
        {
            return await work(emulator.Apply(settings)).ConfigureAwait(false);
        }
    }
}
