using System.CommandLine;
using Serverless.Assets.Settings;

namespace Serverless.Assets.Cli.Options;

/// <summary>The options of a command: one for each setting that it accepts.</summary>
internal sealed class SettingOptions(SettingCommands command)
{
    private readonly Dictionary<Setting, Option> _options = SettingTable
        .All.Where(setting => setting.Commands.HasFlag(command))
        .ToDictionary(setting => setting, OptionFactory.Create);

    public IEnumerable<Setting> Settings => _options.Keys;

    public Option? Find(Setting setting) => _options.GetValueOrDefault(setting);

    public void AddTo(Command target)
    {
        foreach (var option in _options.Values)
        {
            target.Options.Add(option);
        }
    }

    /// <inheritdoc cref="OptionFactory.RejectEmpty"/>
    public void RejectEmpty(Setting setting, string expected) =>
        _options[setting].Validators.Add(OptionFactory.RejectEmpty(setting.Option, expected));

    /// <summary>Requires the option on the command line, for commands where a default would be dangerous.</summary>
    /// <param name="expected">The expected value, for error messages: <c>the name of an Environment</c>.</param>
    public void Require(Setting setting, string expected)
    {
        _options[setting].Required = true;
        RejectEmpty(setting, expected);
    }
}

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
