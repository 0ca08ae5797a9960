using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;

namespace Serverless.Assets.Cli.Options;

/// <summary>Options that take a number or one of some words, with refusals in the user's words instead of .NET's types.</summary>
internal static class Choice
{
    public static Option<int> Number(string name, string description, int defaultValue) =>
        new(name)
        {
            Description = description,
            DefaultValueFactory = _ => defaultValue,
            CustomParser = result =>
                int.TryParse(
                    TextOf(result),
                    NumberStyles.AllowLeadingSign,
                    CultureInfo.InvariantCulture,
                    out var number
                )
                    ? number
                    : Refuse<int>(result, name, "a whole number"),
        };

    /// <summary>Its value must be given: a word after a mere flag would be taken for a folder.</summary>
    public static Option<bool> Switch(string name, string description, bool defaultValue) =>
        new(name)
        {
            Description = description,
            Arity = ArgumentArity.ExactlyOne,
            HelpName = "true|false",
            DefaultValueFactory = _ => defaultValue,
            CustomParser = result =>
                bool.TryParse(TextOf(result), out var value) ? value : Refuse<bool>(result, name, "true or false"),
        };

    /// <summary>By name in any case, never by number.</summary>
    public static Option<T> OneOf<T>(string name, string alias, string description, T defaultValue)
        where T : struct, Enum =>
        new(name, alias)
        {
            Description = description,
            DefaultValueFactory = _ => defaultValue,
            CustomParser = result =>
            {
                var text = TextOf(result);
                var known = Enum.GetNames<T>()
                    .FirstOrDefault(known => known.Equals(text, StringComparison.OrdinalIgnoreCase));
                return known is null
                    ? Refuse<T>(result, name, $"one of {string.Join(", ", Enum.GetNames<T>())}")
                    : Enum.Parse<T>(known);
            },
        };

    private static string TextOf(ArgumentResult result) => result.Tokens is [var only] ? only.Value : "";

    private static T Refuse<T>(ArgumentResult result, string name, string expected)
    {
        result.AddError($"{name} '{TextOf(result)}' is not valid: expected {expected}.");
        return default!;
    }
}
