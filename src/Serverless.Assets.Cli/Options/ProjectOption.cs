using System.CommandLine;

namespace Serverless.Assets.Cli.Options;

/// <summary><c>--project</c>: what other paths are relative to.</summary>
internal sealed class ProjectOption
{
    private readonly Option<string> _project = new("--project") { Description = "Folder of the project (default: the current one)", DefaultValueFactory = _ => "." };

    public void AddTo(Command command) => command.Options.Add(_project);

    /// <returns>Full path.</returns>
    public string Directory(ParseResult parsed, string currentDirectory) =>
        parsed.GetValue(_project) is { Length: > 0 } project ? Path.GetFullPath(project, currentDirectory) : currentDirectory;
}
