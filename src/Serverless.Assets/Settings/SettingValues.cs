using System.Collections.Immutable;
using System.Globalization;
using Serverless.Assets.Diagnostics;

namespace Serverless.Assets.Settings;

/// <summary>
/// The values of the settings of one project, as a user wrote them, with typed access. Immutable. A front fills it; the
/// validators of the engine turn it into types that are valid by construction.
/// </summary>
internal sealed class SettingValues
{
    private readonly ImmutableDictionary<Setting, string> _texts;
    private readonly ImmutableHashSet<Setting> _fromConfigFile;

    public SettingValues(ProjectContext project)
        : this(project, ImmutableDictionary<Setting, string>.Empty, []) { }

    private SettingValues(
        ProjectContext project,
        ImmutableDictionary<Setting, string> texts,
        ImmutableHashSet<Setting> fromConfigFile
    )
    {
        Project = project;
        _texts = texts;
        _fromConfigFile = fromConfigFile;
    }

    public ProjectContext Project { get; }

    /// <summary>Full path of the manifest.</summary>
    public string ManifestPath => GetFullPath(SettingTable.ManifestPath)!;

    /// <summary>Full path of the folder with the upload state.</summary>
    public string StatePath => GetFullPath(SettingTable.StatePath)!;

    /// <summary>Whether a setting names the Service.</summary>
    public bool NamesService => IsGiven(SettingTable.ServiceSid) || IsGiven(SettingTable.ServiceName);

    /// <summary>Whether a value is given, which may be the same as the default.</summary>
    public bool IsGiven(Setting setting) => _texts.ContainsKey(setting);

    /// <summary>
    /// Whether the value comes from the config file, which may arrive with a pull request: it must not decide where
    /// credentials go, nor reach beyond the project.
    /// </summary>
    public bool IsFromConfigFile(Setting setting) => _fromConfigFile.Contains(setting);

    /// <summary>
    /// The value; the default if none is given, or an invalid one, which <see cref="FindProblems"/> reports.
    /// </summary>
    public T Get<T>(Setting<T> setting) =>
        _texts.TryGetValue(setting, out var text) && setting.TryParse(text, out var value) ? value : setting.Default;

    /// <returns>Null: no path is given, and there is no default.</returns>
    public string? GetFullPath(PathSetting setting) =>
        Get(setting) is { Length: > 0 } path ? Path.GetFullPath(path, Project.Directory) : null;

    /// <summary>
    /// Replaces a value. Spaces around it are removed, except from paths, where they may belong to a name.
    /// </summary>
    /// <param name="text">Null or blank: the setting is unset.</param>
    public SettingValues With(Setting setting, string? text) =>
        new(
            Project,
            string.IsNullOrWhiteSpace(text)
                ? _texts.Remove(setting)
                : _texts.SetItem(setting, setting is PathSetting ? text : text.Trim(' ', '\t')),
            _fromConfigFile.Remove(setting)
        );

    /// <summary>Replaces a value by that of the config file.</summary>
    /// <inheritdoc cref="With(Setting, string?)"/>
    public SettingValues WithConfigFile(Setting setting, string text) =>
        With(setting, text) is var values && values.IsGiven(setting)
            ? new SettingValues(Project, values._texts, values._fromConfigFile.Add(setting))
            : values;

    public SettingValues With(SwitchSetting setting, bool value) => With(setting, value ? "true" : "false");

    public SettingValues With(NumberSetting setting, int value) =>
        With(setting, value.ToString(CultureInfo.InvariantCulture));

    /// <summary>Compares the values with the table.</summary>
    /// <param name="settings">The settings to check; none: all.</param>
    /// <returns>An error for each invalid value, in the order of the table.</returns>
    public IReadOnlyList<Diagnostic> FindProblems(params IReadOnlyList<Setting> settings) =>
        [
            .. (settings is [] ? SettingTable.All : settings)
                .Where(setting => _texts.TryGetValue(setting, out var text) && !setting.IsValid(text))
                .Select(setting => ConfigurationDiagnostics.InvalidSetting(setting, _texts[setting])),
        ];
}

/// <summary>What a run knows about its project that is not a setting.</summary>
/// <param name="Directory">
/// Full path. Relative paths of settings start here, and so do the file paths in messages and manifests.
/// </param>
internal sealed record ProjectContext(string Directory)
{
    /// <summary>By default the name of the folder.</summary>
    public string Name { get; init; } = Path.GetFileName(Path.TrimEndingDirectorySeparator(Directory));

    /// <summary>The name of the project file; null: MSBuild does not build it.</summary>
    public string? File { get; init; }

    /// <summary>Full path of the config file, which is never an asset; null: there is none.</summary>
    public string? ConfigFile { get; init; }

    /// <summary>
    /// Whether credentials may come from the profiles of the Twilio CLI. Not in a build: its target must not depend on
    /// who logged in last.
    /// </summary>
    public bool UsesTwilioCliProfiles { get; init; }
}
