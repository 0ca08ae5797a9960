using System.CommandLine;
using System.CommandLine.Parsing;

namespace Serverless.Assets.Cli.Options;

/// <summary>Options that take text.</summary>
internal static class Texts
{
    public static Option<string> One(string name, string description) => new(name) { Description = description };

    /// <param name="words">Offered when the value is completed; what else is given is for the core to refuse.</param>
    public static Option<string> OneOf(string name, string description, params string[] words)
    {
        var option = One(name, description);
        option.CompletionSources.Add(words);
        return option;
    }

    /// <summary>One value each time it is given, so that the word after it may be a folder; a semicolon parts several, as in MSBuild.</summary>
    public static Option<string[]> Many(string name, string description) =>
        new(name)
        {
            Description = $"{description}; repeatable, or with ; between several",
            Arity = ArgumentArity.OneOrMore,
            DefaultValueFactory = _ => [],
        };

    /// <returns>The single values of an option made by <see cref="Many"/>.</returns>
    public static string[] Values(OptionValues values, Option<string[]> option) =>
        [
            .. values
                .GetValue(option)!
                .SelectMany(value =>
                    value.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
                ),
        ];

    /// <summary>What an unset variable of a script leaves is refused where it would be taken for something else.</summary>
    public static Action<SymbolResult> RefuseEmpty(string expected) =>
        result =>
        {
            if (result.Tokens.Any(token => token.Value.Length == 0))
            {
                result.AddError($"'' is not valid: expected {expected}.");
            }
        };
}
