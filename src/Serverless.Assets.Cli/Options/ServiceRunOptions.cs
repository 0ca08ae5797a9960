using System.CommandLine;
using Serverless.Assets.Cli.Commands;
using Serverless.Assets.Configuration;

namespace Serverless.Assets.Cli.Options;

/// <summary>What every verb that talks to the service takes: the project, the service, and the emulator in its place.</summary>
internal sealed class ServiceRunOptions
{
    private readonly ProjectOption _project = new();
    private readonly ServiceSettingsOptions _service = new();
    private readonly LocalEmulatorOptions _emulator = new();

    public void AddTo(Command command)
    {
        _project.AddTo(command);
        _service.AddTo(command);
        _emulator.AddTo(command);
    }

    /// <returns>Full path.</returns>
    public string Project(ParseResult parsed, CliConsole console) => _project.Directory(parsed, console.CurrentDirectory);

    public bool NamesEnvironment(ParseResult parsed) => _service.NamesEnvironment(parsed);

    /// <param name="takesManifest">The verb works on a manifest, and does not write it.</param>
    public ServiceSettings Read(ParseResult parsed, CliConsole console, bool takesManifest) =>
        _emulator.Apply(parsed, _service.Read(parsed, Project(parsed, console)), takesManifest);

    /// <summary>Runs what talks to the service; the emulator lives as long, when one is wanted.</summary>
    public async Task<T> WithServiceAsync<T>(ParseResult parsed, ServiceSettings settings, AssetHost host, Func<ServiceSettings, Task<T>> work, CancellationToken cancellation)
    {
        if (!_emulator.IsWanted(parsed))
        {
            return await work(settings).ConfigureAwait(false);
        }

        var emulator = await LocalEmulator.OpenAsync(_emulator.DataDirectory(parsed, settings), host, cancellation).ConfigureAwait(false);
        await using (emulator.ConfigureAwait(false))
        {
            return await work(emulator.Apply(settings)).ConfigureAwait(false);
        }
    }
}
