using Microsoft.Build.Framework;
using Serverless.Assets.Diagnostics;
using Serverless.Assets.Settings;

namespace Serverless.Assets.Build.Tasks;

/// <summary>The base of tasks that read the project's settings.</summary>
public abstract class SettingsTask : AssetTask
{
    /// <summary>
    /// The item <c>_ServerlessAssetsSetting</c>: the name of each setting, with its <c>Value</c>. Paths are full paths.
    /// </summary>
    [Required]
    public ITaskItem[] Settings { get; set; } = [];

    /// <summary>Full path of the project file: <c>/src/site/Site.csproj</c>.</summary>
    [Required]
    public string ProjectFile { get; set; } = "";

    /// <summary>The settings, not validated yet.</summary>
    private protected SettingValues Values => field ??= ReadSettings();

    /// <summary>
    /// Logs the last lines of the project. The terminal logger shows only the last message of this form, at the end of
    /// the project's line.
    /// </summary>
    /// <param name="result">The address of the site, or the full path of the manifest.</param>
    /// <param name="emulatorHint">The page of the emulator and how to open it; empty without one.</param>
    private protected void LogProjectLine(string result, string emulatorHint)
    {
        foreach (var text in emulatorHint.Length == 0 ? [result] : (string[])[result, emulatorHint])
        {
            Log.LogMessage(
                MessageImportance.High,
                "{0} -> {1}",
                LogSanitizer.EscapeWhole(Values.Project.Name),
                LogSanitizer.EscapeWhole(text)
            );
        }
    }

    private SettingValues ReadSettings()
    {
        var project = new ProjectContext(Path.GetDirectoryName(ProjectFile)!)
        {
            Name = Path.GetFileNameWithoutExtension(ProjectFile),
            File = Path.GetFileName(ProjectFile),
        };
        var values = new SettingValues(project);
        foreach (var item in Settings)
        {
            var setting =
                SettingTable.All.FirstOrDefault(setting => setting.Name == item.ItemSpec)
                ?? throw new ArgumentException($"There is no setting '{item.ItemSpec}'.");
            values = values.With(setting, ReadValue(setting, item));
        }

        return values;
    }

    /// <summary>Normalizes <c>NoWarn</c>, in which the compiler accepts more separators than MSBuild.</summary>
    private static string ReadValue(Setting setting, ITaskItem item)
    {
        var text = item.GetMetadata(MetadataNames.Value);
        return setting == SettingTable.NoWarn ? text.Replace(',', ';').Replace(' ', ';') : text;
    }
}
