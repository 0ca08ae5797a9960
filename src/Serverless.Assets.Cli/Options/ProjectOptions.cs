using System.CommandLine;
using Serverless.Assets.Diagnostics;
using Serverless.Assets.Settings;

namespace Serverless.Assets.Cli.Options;

/// <summary>
/// <c>--project</c>, the folder that paths are relative to, and <c>--config</c>, the file with settings in it.
/// </summary>
internal sealed class ProjectOptions(CliConsole console)
{
    private readonly Option<string> _project = new("--project")
    {
        Description = "Folder of the project (default: the current folder)",
    };
    private readonly Option<string> _config = new("--config")
    {
        Description = $"File with settings (default: {ConfigFile.DefaultName} of the project, if it exists)",
    };

    public void AddTo(Command command)
    {
        command.Options.Add(_project);
        command.Options.Add(_config);
    }

    /// <exception cref="AssetException">The config file can't be read or is invalid.</exception>
    public ConfigFile ReadConfig(ParseResult parsed)
    {
        var project = GetDirectory(parsed);
        if (parsed.GetValue(_config) is { Length: > 0 } named)
        {
            return ConfigFileReader.Read(Path.GetFullPath(named, console.CurrentDirectory), project);
        }

        var file = Path.Combine(project, ConfigFile.DefaultName);
        return Path.Exists(file) ? ConfigFileReader.Read(file, project) : ConfigFile.None;
    }

    public ProjectContext CreateContext(ParseResult parsed, ConfigFile config) =>
        new(GetDirectory(parsed)) { ConfigFile = config.Path, UsesTwilioCliProfiles = true };

    private string GetDirectory(ParseResult parsed) =>
        parsed.GetValue(_project) is { Length: > 0 } project
            ? Path.GetFullPath(project, console.CurrentDirectory)
            : console.CurrentDirectory;
}
