using System.CommandLine;
using Serverless.Assets.Diagnostics;

namespace Serverless.Assets.Cli.Options;

/// <summary><c>--project</c>: what other paths are relative to, and <c>--config</c>, whose file is looked for there.</summary>
internal sealed class ProjectOption
{
    private readonly Option<string> _project = new("--project")
    {
        Description = "Folder of the project (default: the current one)",
        DefaultValueFactory = _ => ".",
    };
    private readonly ConfigOption _config = new();

    public void AddTo(Command command)
    {
        command.Options.Add(_project);
        _config.AddTo(command);
    }

    /// <returns>Full path.</returns>
    public string Directory(ParseResult parsed, CliConsole console) =>
        parsed.GetValue(_project) is { Length: > 0 } project
            ? Path.GetFullPath(project, console.CurrentDirectory)
            : console.CurrentDirectory;

    /// <exception cref="AssetException">The config file can't be read, or is wrong.</exception>
    public OptionValues Values(ParseResult parsed, CliConsole console) =>
        new(parsed, _config.Read(parsed, Directory(parsed, console), console.CurrentDirectory));
}
