using System.CommandLine;
using Serverless.Assets.Settings;

namespace Serverless.Assets.Cli.Options;

/// <summary><c>--emulator</c>: the verb works on a local emulator, which needs no account.</summary>
internal sealed class EmulatorModeOptions
{
    /// <summary>The limit on a Service's unique name.</summary>
    private const int MaxNameLength = 50;

    private readonly Option<bool> _emulator = new("--emulator")
    {
        Description = "Work on a local emulator that runs as long as the command: no account is needed",
    };
    private readonly Option<string> _data = Texts.One(
        "--emulator-data",
        "Folder of its data (default: emulator in the state path)"
    );

    public void AddTo(Command command)
    {
        command.Options.Add(_emulator);
        command.Options.Add(_data);
    }

    public bool IsWanted(OptionValues values) => values.GetValue(_emulator);

    /// <returns>Full path.</returns>
    public string DataDirectory(OptionValues values, ServiceSettings settings) =>
        values.GetValue(_data) is { Length: > 0 } data
            ? Path.GetFullPath(data, settings.ProjectDirectory)
            : Path.Combine(settings.StatePath, "emulator");

    /// <summary>An emulator is empty at first: it gets a Service of the project's name.</summary>
    /// <param name="takesManifest">The verb works on a manifest; if there is one, it names the Service.</param>
    public ServiceSettings Apply(OptionValues values, ServiceSettings settings, bool takesManifest)
    {
        if (!IsWanted(values))
        {
            return settings;
        }

        var isNamed =
            !string.IsNullOrEmpty(settings.ServiceSid)
            || !string.IsNullOrEmpty(settings.ServiceName)
            || (takesManifest && File.Exists(settings.ManifestPath));
        return settings with
        {
            UseEmulator = true,
            CreateService = true,
            ServiceName = isNamed ? settings.ServiceName : NameOf(settings.ProjectDirectory),
        };
    }

    /// <summary>The folder's name, as far as it can name a Service.</summary>
    private static string NameOf(string directory)
    {
        var folder = Path.GetFileName(Path.TrimEndingDirectorySeparator(directory));
        var name = new string([.. folder.Select(letter => char.IsAsciiLetterOrDigit(letter) ? letter : '-')]).Trim('-');
        return name.Length == 0 ? "site" : name[..Math.Min(name.Length, MaxNameLength)];
    }
}
