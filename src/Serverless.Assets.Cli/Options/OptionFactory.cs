using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using Serverless.Assets.Settings;

namespace Serverless.Assets.Cli.Options;

/// <summary>Creates options whose error messages do not mention .NET types.</summary>
internal static class OptionFactory
{
    /// <summary>
    /// Creates the option of a setting. The parser does not apply the default, so a config file can replace it.
    /// </summary>
    public static Option Create(Setting setting)
    {
        Option option = setting switch
        {
            SwitchSetting { Default: true } => CreateSwitch(setting.Option),
            SwitchSetting => new Option<bool>(setting.Option),
            NumberSetting => CreateNumber(setting.Option),
            // Each occurrence takes one value, so that the next argument can be a folder.
            ListSetting => new Option<string[]>(setting.Option) { Arity = ArgumentArity.OneOrMore },
            _ => new Option<string>(setting.Option),
        };
        option.Description = Describe(setting);
        foreach (var alias in setting.Aliases)
        {
            option.Aliases.Add(alias);
        }

        if (setting.Words is not [])
        {
            option.CompletionSources.Add([.. setting.Words]);
        }

        return option;
    }

    /// <summary>Creates an option whose value is the case-insensitive name of an enum member.</summary>
    public static Option<T> CreateChoice<T>(string name, string alias, string description, T defaultValue)
        where T : struct, Enum =>
        new(name, alias)
        {
            Description = description,
            DefaultValueFactory = _ => defaultValue,
            CustomParser = result =>
                // Enum.TryParse would also accept numbers.
                Enum.GetNames<T>()
                    .FirstOrDefault(known => known.Equals(GetText(result), StringComparison.OrdinalIgnoreCase))
                    is { } known
                    ? Enum.Parse<T>(known)
                    : Reject<T>(result, name, $"one of {string.Join(", ", Enum.GetNames<T>())}"),
        };

    /// <summary>
    /// Rejects an empty value where it would not mean the default. A script passes one if a variable is unset.
    /// </summary>
    /// <param name="name">The name of the option or argument.</param>
    /// <param name="expected">The expected value, for error messages: <c>the name of an Environment</c>.</param>
    public static Action<SymbolResult> RejectEmpty(string name, string expected) =>
        result =>
        {
            if (result.Tokens.Any(token => token.Value.Length == 0))
            {
                result.AddError($"{name} '' is not valid: expected {expected}.");
            }
        };

    /// <summary>Creates a switch that needs a value, so that one that is on by default can be turned off.</summary>
    private static Option<bool> CreateSwitch(string name) =>
        new(name)
        {
            Arity = ArgumentArity.ExactlyOne,
            HelpName = "true|false",
            CustomParser = result =>
                bool.TryParse(GetText(result), out var value) ? value : Reject<bool>(result, name, "true or false"),
        };

    private static Option<int> CreateNumber(string name) =>
        new(name)
        {
            CustomParser = result =>
                int.TryParse(
                    GetText(result),
                    NumberStyles.AllowLeadingSign,
                    CultureInfo.InvariantCulture,
                    out var number
                )
                    ? number
                    : Reject<int>(result, name, "a whole number"),
        };

    private static string Describe(Setting setting)
    {
        var repeatable = setting is ListSetting ? "; repeatable, or separated by ;" : "";
        var defaultValue = setting is SwitchSetting { Default: false } ? "" : setting.DefaultText;
        return char.ToUpperInvariant(setting.Help[0])
            + setting.Help[1..]
            + repeatable
            + (defaultValue.Length > 0 ? $" (default: {defaultValue})" : "");
    }

    private static string GetText(ArgumentResult result) => result.Tokens is [var only] ? only.Value : "";

    private static T Reject<T>(ArgumentResult result, string name, string expected)
    {
        result.AddError($"{name} '{GetText(result)}' is not valid: expected {expected}.");
        return default!;
    }
}
