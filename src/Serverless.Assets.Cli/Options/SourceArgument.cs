using System.CommandLine;
using Serverless.Assets.Cli.Output;
using Serverless.Assets.Discovery;
using Serverless.Assets.Settings;

namespace Serverless.Assets.Cli.Options;

/// <summary>The folders on the command line, or else the folders and files in the config file.</summary>
internal sealed class SourceArgument
{
    private readonly Argument<string[]> _folders = new("folders")
    {
        Description = "Folders with assets (default: assets of the project, else static)",
        Arity = ArgumentArity.ZeroOrMore,
    };

    public void AddTo(Command command)
    {
        // An empty folder would mean the whole project.
        _folders.Validators.Add(
            OptionFactory.RejectEmpty(
                _folders.Name,
                "paths of folders, or none to use the project's assets or static folder"
            )
        );
        command.Arguments.Add(_folders);
    }

    public CollectRequest Read(CommandLineValues values, SettingValues settings)
    {
        var folders = values.GetValue(_folders)!;
        return new CollectRequest
        {
            Settings = settings,
            OutputFiles = RedirectedFiles.Find(),
            Sources =
                folders.Length > 0 || values.Config is { Folders: [], Files: [] }
                    ? CreateSources(values, folders, settings.Project.Directory)
                    :
                    [
                        .. values.Config.Folders.Select(folder => CreateFolder(values, folder.Path, folder.Values)),
                        .. values.Config.Files.Select(file => CreateFile(values, file)),
                    ],
        };
    }

    private static IReadOnlyList<AssetSource> CreateSources(
        CommandLineValues values,
        IEnumerable<string> folders,
        string project
    )
    {
        var named = folders.Select(folder => Path.GetFullPath(folder, project)).ToList();
        if (
            named is []
            && SettingTable.All.Any(setting => setting.IsMetadata && values.GetText(setting) is { Length: > 0 })
        )
        {
            named = [.. DefaultFolders.Find(project).OfType<FolderSource>().Select(source => source.Folder)];
        }

        return [.. named.Select(folder => CreateFolder(values, folder, entry: null))];
    }

    private static FolderSource CreateFolder(
        CommandLineValues values,
        string folder,
        IReadOnlyDictionary<Setting, string>? entry
    ) =>
        new(
            Path.TrimEndingDirectorySeparator(folder),
            ListSetting.Split(values.GetText(SettingTable.Patterns, entry) ?? ""),
            ListSetting.Split(values.GetText(SettingTable.ExcludePatterns, entry) ?? ""),
            values.GetText(SettingTable.PathPrefix, entry) ?? "",
            values.GetText(SettingTable.Visibility, entry) ?? ""
        );

    private static FileSource CreateFile(CommandLineValues values, ConfigEntry file) =>
        new(
            file.Path,
            Path.GetFileName(file.Path),
            file.Values.GetValueOrDefault(ConfigKeys.AssetPath, ""),
            file.Values.GetValueOrDefault(ConfigKeys.ContentType, ""),
            FoundByPattern: false,
            values.GetText(SettingTable.PathPrefix, file.Values) ?? "",
            values.GetText(SettingTable.Visibility, file.Values) ?? ""
        );
}
