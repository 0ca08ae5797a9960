using System.CommandLine;
using Serverless.Assets.Diagnostics;
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

    /// <summary>
    /// Rejects an invalid value as a usage error, for options of a single call, which no config file and no variable of
    /// a pipeline sets.
    /// </summary>
    public void RejectInvalid(Setting setting)
    {
        var option = _options[setting];
        option.Validators.Add(result =>
        {
            foreach (
                var value in result
                    .Tokens.Select(token => token.Value)
                    .Where(value => !setting.IsValid(value) && !OptionTokenGuard.Rejects(option, value))
            )
            {
                result.AddError(
                    $"{setting.Option} '{LogSanitizer.HideSecret(value)}' is not valid: expected {setting.Expected}."
                );
            }
        });
    }

    /// <summary>Requires an option if the value of another one needs it.</summary>
    /// <param name="condition">Receives a valid value of <paramref name="setting"/>.</param>
    /// <param name="reason">For error messages: <c>--asset is a SID</c>.</param>
    public void RequireIf<T>(Setting<T> setting, Func<T, bool> condition, Setting required, string reason) =>
        _options[setting]
            .Validators.Add(result =>
            {
                if (
                    result.Tokens is [{ Value.Length: > 0 } token]
                    && setting.TryParse(token.Value, out var value)
                    && condition(value)
                    && result.GetResult(_options[required]) is not { Tokens: [{ Value.Length: > 0 }, ..] }
                )
                {
                    result.AddError($"{required.Option} is required, because {reason}.");
                }
            });
}
