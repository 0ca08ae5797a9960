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

    /// <summary>The current folder of the user, to which the command's path is relative.</summary>
    public string StartupDirectory { get; set; } = "";

    /// <summary>
    /// The command that serves the same data after the build:
    /// <c>dotnet build src/site -t:ServeServerlessAssets -tl:off</c>.
    /// </summary>
    [Output]
    public string ServeCommand { get; private set; } = "";

    private protected override async Task<bool> ExecuteAsync(CancellationToken cancellationToken)
    {
        var data = EmulatorDefaults.GetDataDirectory(Values);
        var program = CreateProgram(EmulatorAssembly, DotNetHost);
        ServeCommand = CreateServeCommand(data);
        BaseUrl = await OpenAsync(program, data, cancellationToken).ConfigureAwait(false);
        return true;
    }

    internal static EmulatorProgram CreateProgram(string assembly, string dotNetHost) =>
        new(
            dotNetHost.Length > 0 ? dotNetHost : "dotnet",
            [assembly],
            $"dotnet \"{assembly}\"",
            Path.GetDirectoryName(assembly)!
        );

    /// <summary>
    /// The command names the project unless it is in the user's current folder, and the data unless they are in their
    /// default place, because a property of the command line may have moved them.
    /// </summary>
    private string CreateServeCommand(string data)
    {
        var folder = Values.Project.Directory;
        data = Path.TrimEndingDirectorySeparator(data);
        var project = StartupDirectory.Length == 0 ? ProjectFile : Path.GetRelativePath(StartupDirectory, ProjectFile);
        if (!Directory.EnumerateFiles(folder, "*.*proj").Skip(1).Any())
        {
            project = Path.GetDirectoryName(project)!; // dotnet finds the only project of a folder
        }

        string[] parts =
        [
            "dotnet build",
            .. project.Length > 0 ? [Quote(project)] : Array.Empty<string>(),
            "-t:ServeServerlessAssets",
            "-tl:off", // the terminal logger would not show the address
            .. data == Path.Combine(folder, "obj", "serverless-assets", "emulator")
                ? Array.Empty<string>()
                : [$"-p:ServerlessAssetsEmulatorData={Quote(data)}"],
        ];
        return string.Join(' ', parts);
    }

    private static string Quote(string path) => path.Contains(' ', StringComparison.Ordinal) ? $"\"{path}\"" : path;

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
