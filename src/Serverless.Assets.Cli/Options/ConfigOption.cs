using System.CommandLine;
using Serverless.Assets.Diagnostics;

namespace Serverless.Assets.Cli.Options;

/// <summary><c>--config</c>: the file with settings.</summary>
internal sealed class ConfigOption
{
    private readonly Option<string> _config = Texts.One(
        "--config",
        $"File with settings (default: {ConfigFile.DefaultName} in the project, if it is there)"
    );

    public void AddTo(Command command) => command.Options.Add(_config);

    /// <exception cref="AssetException">It can't be read, or is wrong.</exception>
    public ConfigFile Read(ParseResult parsed, string projectDirectory, string currentDirectory)
    {
        if (parsed.GetValue(_config) is { Length: > 0 } named)
        {
            return ConfigFileReader.Read(Path.GetFullPath(named, currentDirectory));
        }

        var file = Path.Combine(projectDirectory, ConfigFile.DefaultName);
        return File.Exists(file) ? ConfigFileReader.Read(file) : ConfigFile.None;
    }
}
