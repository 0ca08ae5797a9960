using System.CommandLine;
using System.CommandLine.Parsing;
using Serverless.Assets.Discovery;

namespace Serverless.Assets.Cli.Options;

/// <summary>Which files, and how they become URL paths: the items and properties of the MSBuild package as options.</summary>
internal sealed class CollectOptions
{
    private readonly Argument<string[]> _folders = new("folders")
    {
        Description = "Folders with assets; none: assets, then static, below the project",
        Arity = ArgumentArity.ZeroOrMore,
    };
    private readonly Option<string[]> _patterns = Texts.Many("--patterns", "Globs of what is taken (default **/*)");
    private readonly Option<string[]> _excludePatterns = Texts.Many("--exclude-patterns", "Globs of what is left out");
    private readonly Option<string> _pathPrefix = new("--path-prefix")
    {
        Description = "What the URL paths begin with (default /)",
        DefaultValueFactory = _ => "",
    };
    private readonly Option<string> _visibility = Texts.OneOf(
        "--visibility",
        "public, protected or private (default: by file name, else public)",
        "public",
        "protected",
        "private"
    );
    private readonly Option<bool> _visibilityFromFileName = Choice.Switch(
        "--visibility-from-file-name",
        "Whether .private. and .protected. in a file name set its visibility (default true)",
        defaultValue: true
    );
    private readonly Option<string> _pathCharacters = Texts.OneOf(
        "--path-characters",
        "Strict, or Dash: white space becomes a dash",
        "Strict",
        "Dash"
    );
    private readonly Option<string[]> _allow = Texts.Many("--allow", "Globs that the secret guard lets through");

    public void AddTo(Command command)
    {
        _folders.Validators.Add(RefuseEmpty);
        command.Arguments.Add(_folders);
        foreach (
            Option option in (Option[])
                [
                    _patterns,
                    _excludePatterns,
                    _pathPrefix,
                    _visibility,
                    _visibilityFromFileName,
                    _pathCharacters,
                    _allow,
                ]
        )
        {
            command.Options.Add(option);
        }
    }

    /// <param name="project">Full path of its folder.</param>
    public CollectRequest Read(OptionValues values, string project)
    {
        var folders = values.GetValue(_folders)!;
        return new CollectRequest
        {
            ProjectDirectory = project,
            SettingsFile = values.Config.File,
            Sources =
                folders.Length > 0 || values.Config is { Folders: [], Files: [] }
                    ? OfCommandLine(values, folders, project)
                    :
                    [
                        .. values.Config.Folders.Select(folder => Folder(values, folder)),
                        .. values.Config.Files.Select(file => File(values, file)),
                    ],
            VisibilityFromFileName = values.GetValue(_visibilityFromFileName),
            PathCharacters = values.GetValue(_pathCharacters) ?? "",
            Allow = Texts.Values(values, _allow),
        };
    }

    /// <summary>The options apply to all folders.</summary>
    private List<AssetSource> OfCommandLine(OptionValues values, string[] folders, string project)
    {
        var empty = new Dictionary<string, object>();
        var shared = Folder(values, empty);
        var named = folders
            .Select(folder => Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder, project)))
            .ToList();
        var shapesFolders =
            shared.Patterns.Count + shared.ExcludePatterns.Count + shared.PathPrefix.Length + shared.Visibility.Length
            > 0;
        if (named.Count == 0 && shapesFolders)
        {
            named = DefaultFolders.Find(project).OfType<FolderSource>().Select(source => source.Folder).ToList();
        }

        return [.. named.Select(folder => shared with { Folder = folder })];
    }

    /// <param name="own">What the config file says of this folder: it goes before what it says of all, and the command line before both.</param>
    private FolderSource Folder(OptionValues values, IReadOnlyDictionary<string, object> own) =>
        new(
            Path.TrimEndingDirectorySeparator((string)own.GetValueOrDefault("folder", "")),
            Many(values, own, _patterns),
            Many(values, own, _excludePatterns),
            One(values, own, _pathPrefix),
            One(values, own, _visibility)
        );

    private FileSource File(OptionValues values, IReadOnlyDictionary<string, object> own) =>
        new(
            (string)own["file"],
            Path.GetFileName((string)own["file"]),
            (string)own.GetValueOrDefault("assetPath", ""),
            (string)own.GetValueOrDefault("contentType", ""),
            FoundByPattern: false,
            One(values, own, _pathPrefix),
            One(values, own, _visibility)
        );

    private static string One(OptionValues values, IReadOnlyDictionary<string, object> own, Option<string> option) =>
        !values.IsGiven(option) && own.TryGetValue(OptionValues.KeyOf(option), out var value)
            ? (string)value
            : values.GetValue(option) ?? "";

    private static string[] Many(
        OptionValues values,
        IReadOnlyDictionary<string, object> own,
        Option<string[]> option
    ) =>
        !values.IsGiven(option) && own.TryGetValue(OptionValues.KeyOf(option), out var value)
            ? (string[])value
            : Texts.Values(values, option);

    /// <summary>What an unset variable of a script leaves would be the project folder, sources and all.</summary>
    private static void RefuseEmpty(ArgumentResult result)
    {
        if (result.Tokens.Any(token => token.Value.Length == 0))
        {
            result.AddError("A folder is empty (''). Name one, or none for assets, then static, below the project.");
        }
    }
}
