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
