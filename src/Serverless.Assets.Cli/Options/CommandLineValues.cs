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

    /// <summary>Makes the command line name the value: for this command, a default would be a dangerous guess.</summary>
    /// <param name="expected">What is needed: <c>the name of an Environment</c>.</param>
    public void Require(Setting setting, string expected)
    {
        _options[setting].Required = true;
        _options[setting].Validators.Add(OptionFactory.RejectEmpty(expected));
    }
}

/// <summary>The values of a call, as text. The command line has priority over the config file.</summary>
internal sealed class CommandLineValues(ParseResult parsed, SettingOptions options, ConfigFile config)
{
    public ConfigFile Config => config;

    public T? GetValue<T>(Argument<T> argument) => parsed.GetValue(argument);

    public T? GetValue<T>(Option<T> option) => parsed.GetValue(option);

    public bool IsOnCommandLine(Setting setting) => ReadCommandLine(setting) is not null;

    /// <param name="entry">Values that the config file gives a single folder or file, which have priority over its general ones.</param>
    /// <returns>Null: there is no value.</returns>
    public string? GetText(Setting setting, IReadOnlyDictionary<Setting, string>? entry = null) =>
        ReadCommandLine(setting) ?? entry?.GetValueOrDefault(setting) ?? config.Values.GetValueOrDefault(setting);

    /// <summary>The values of the settings that the command accepts; the others in the config file are for other commands.</summary>
    public SettingValues ToSettings(ProjectContext project) =>
        options.Settings.Aggregate(
            new SettingValues(project),
            (values, setting) => values.With(setting, GetText(setting))
        );

    /// <summary>An empty value, which a script passes when a variable is unset, is no value.</summary>
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
