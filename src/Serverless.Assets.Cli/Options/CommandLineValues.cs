using System.CommandLine;
using Serverless.Assets.Settings;

namespace Serverless.Assets.Cli.Options;

/// <summary>The values of one invocation, as text. The command line takes precedence over the config file.</summary>
internal sealed class CommandLineValues(ParseResult parsed, SettingOptions options, ConfigFile config)
{
    public ConfigFile Config => config;

    public T? GetValue<T>(Argument<T> argument) => parsed.GetValue(argument);

    public T? GetValue<T>(Option<T> option) => parsed.GetValue(option);

    public bool IsOnCommandLine(Setting setting) => ReadCommandLine(setting) is not null;

    /// <param name="entry">
    /// The config file's values for a single folder or file. They take precedence over its general values.
    /// </param>
    /// <returns>Null if there is no value.</returns>
    public string? GetText(Setting setting, IReadOnlyDictionary<Setting, string>? entry = null) =>
        ReadCommandLine(setting) ?? entry?.GetValueOrDefault(setting) ?? config.Values.GetValueOrDefault(setting);

    /// <summary>
    /// Gets the values of the settings that the command accepts, and ignores the config file's other settings.
    /// </summary>
    public SettingValues ToSettings(ProjectContext project) =>
        options.Settings.Aggregate(
            new SettingValues(project),
            (values, setting) =>
                ReadCommandLine(setting) is { } text ? values.With(setting, text)
                : config.Values.TryGetValue(setting, out var configured) ? values.WithConfigFile(setting, configured)
                : values
        );

    /// <summary>Treats an empty value, which a script passes if a variable is unset, as absent.</summary>
    private string? ReadCommandLine(Setting setting)
    {
        if (
            options.Find(setting) is not { } option
            || parsed.GetResult(option) is not { Implicit: false } result
            || result.Tokens is [{ Value: "" }]
        )
        {
            return null;
        }

        return result.Tokens is [] ? "true" : string.Join(';', result.Tokens.Select(token => token.Value));
    }
}
