using System.CommandLine;
using System.CommandLine.Parsing;
using Serverless.Assets.Discovery;

namespace Serverless.Assets.Cli.Options;

/// <summary>Which files, and how they become URL paths: the items and properties of the MSBuild package as options.</summary>
internal sealed class CollectOptions
{
    private readonly Argument<string[]> _folders = new("folders") { Description = "Folders with assets; none: assets, then static, below the project", Arity = ArgumentArity.ZeroOrMore };
    private readonly Option<string[]> _patterns = Texts.Many("--patterns", "Globs of what is taken (default **/*)");
    private readonly Option<string[]> _excludePatterns = Texts.Many("--exclude-patterns", "Globs of what is left out");
    private readonly Option<string> _pathPrefix = new("--path-prefix") { Description = "What the URL paths begin with (default /)", DefaultValueFactory = _ => "" };
    private readonly Option<string> _visibility = Texts.OneOf("--visibility", "public, protected or private (default: by file name, else public)", "public", "protected", "private");
    private readonly Option<bool> _visibilityFromFileName = Choice.Switch("--visibility-from-file-name", "Whether .private. and .protected. in a file name set its visibility (default true)", defaultValue: true);
    private readonly Option<string> _pathCharacters = Texts.OneOf("--path-characters", "Strict, or Dash: white space becomes a dash", "Strict", "Dash");
    private readonly Option<string[]> _allow = Texts.Many("--allow", "Globs that the secret guard lets through");

    public void AddTo(Command command)
    {
        _folders.Validators.Add(RefuseEmpty);
        command.Arguments.Add(_folders);
        foreach (Option option in (Option[])[_patterns, _excludePatterns, _pathPrefix, _visibility, _visibilityFromFileName, _pathCharacters, _allow])
        {
            command.Options.Add(option);
        }
    }

    /// <param name="project">Full path of its folder.</param>
    public CollectRequest Read(ParseResult parsed, string project)
    {
        var prefix = parsed.GetValue(_pathPrefix)!;
        var visibility = parsed.GetValue(_visibility) ?? "";
        var patterns = Texts.Values(parsed, _patterns);
        var excludePatterns = Texts.Values(parsed, _excludePatterns);
        var folders = parsed.GetValue(_folders)!.Select(folder => Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder, project))).ToList();
        var shapesFolders = patterns.Length + excludePatterns.Length + prefix.Length + visibility.Length > 0;
        if (folders.Count == 0 && shapesFolders)
        {
            folders = DefaultFolders.In(project).OfType<FolderSource>().Select(source => source.Folder).ToList();
        }

        return new CollectRequest
        {
            ProjectDirectory = project,
            Sources = folders.Select(folder => new FolderSource(folder, patterns, excludePatterns, prefix, visibility)).ToList(),
            VisibilityFromFileName = parsed.GetValue(_visibilityFromFileName),
            PathCharacters = parsed.GetValue(_pathCharacters) ?? "",
            Allow = Texts.Values(parsed, _allow),
        };
    }

    /// <summary>What an unset variable of a script leaves would be the project folder, sources and all.</summary>
    private static void RefuseEmpty(ArgumentResult result)
    {
        if (result.Tokens.Any(token => token.Value.Length == 0))
        {
            result.AddError("A folder is empty (''). Name one, or none for assets, then static, below the project.");
        }
    }
}
