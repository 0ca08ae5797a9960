using Serverless.Assets.Settings;

namespace Serverless.Assets.Cli.Options;

/// <summary>The settings in a <c>serverless-assets.json</c>.</summary>
/// <param name="Path">The full path; null if there is no such file.</param>
/// <param name="Values">The values as text; paths are full paths.</param>
internal sealed record ConfigFile(
    string? Path,
    IReadOnlyDictionary<Setting, string> Values,
    IReadOnlyList<ConfigEntry> Folders,
    IReadOnlyList<ConfigEntry> Files
)
{
    /// <summary>The name of the file in the project folder.</summary>
    public const string DefaultName = "serverless-assets.json";

    public static ConfigFile None { get; } = new(null, new Dictionary<Setting, string>(), [], []);
}

/// <summary>A folder or file in the config file.</summary>
/// <param name="Path">Full path.</param>
/// <param name="Values">The settings of this folder or file, as text.</param>
internal sealed record ConfigEntry(string Path, IReadOnlyDictionary<Setting, string> Values);

/// <summary>The keys of the config file. Each has the name, kind and allowed values of a setting.</summary>
internal static class ConfigKeys
{
    /// <summary>The address of the JSON Schema, for editors.</summary>
    public const string Schema = "$schema";

    /// <summary>A list. An entry is a path, or an object with the keys in <see cref="FolderKeys"/>.</summary>
    public const string Folders = "folders";

    /// <summary>A list. An entry is a path, or an object with the keys in <see cref="FileKeys"/>.</summary>
    public const string Files = "files";

    public static readonly PathSetting Folder = new("Folder", SettingCommands.None, "path of the folder");
    public static readonly PathSetting File = new("File", SettingCommands.None, "path of the file");
    public static readonly TextSetting AssetPath = new("AssetPath", SettingCommands.None, "whole URL path");
    public static readonly TextSetting ContentType = new(
        "ContentType",
        SettingCommands.None,
        "content type; default: by extension"
    );

    public static IReadOnlyList<Setting> General { get; } = [.. SettingTable.All.Where(setting => setting.IsConfigKey)];

    public static IReadOnlyList<Setting> FolderKeys { get; } =
    [Folder, .. SettingTable.All.Where(setting => setting.IsMetadata)];

    public static IReadOnlyList<Setting> FileKeys { get; } =
    [File, AssetPath, SettingTable.PathPrefix, SettingTable.Visibility, ContentType];
}
