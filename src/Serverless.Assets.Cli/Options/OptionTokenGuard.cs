using System.CommandLine;
using System.CommandLine.Parsing;

namespace Serverless.Assets.Cli.Options;

/// <summary>
/// Rejects values that look like options. Otherwise the parser would take a mistyped option for a folder or for the
/// value of the preceding option: a Service could get the permanent name <c>--create-service</c>.
/// </summary>
internal static class OptionTokenGuard
{
    /// <summary>The arguments that are paths, and what the paths lead to.</summary>
    private static readonly Dictionary<string, string> Paths = new(StringComparer.Ordinal)
    {
        ["folders"] = "folder",
        ["manifests"] = "manifest",
        ["file"] = "file",
    };

    public static void AddTo(Command command)
    {
        foreach (var argument in command.Arguments)
        {
            argument.Validators.Add(result =>
                Check(result, token => $"Unrecognized option '{WithoutValue(token)}'.{GetHint(argument, token)}")
            );
        }

        foreach (var option in command.Options.Where(IsGuarded))
        {
            option.Validators.Add(result =>
                Check(
                    result,
                    token => $"Unrecognized option '{WithoutValue(token)}' where {option.Name} takes a value."
                )
            );
        }
    }

    private static string GetHint(Argument argument, string value) =>
        Paths.TryGetValue(argument.Name, out var target) && !value.Contains('=', StringComparison.Ordinal)
            ? $" For a {target} of that name, use ./{value}."
            : "";

    /// <summary>Whether a value of the option looks like another option, which is reported.</summary>
    public static bool Rejects(Option option, string value) => IsGuarded(option) && LooksLikeOption(value);

    private static bool IsGuarded(Option option) =>
        option.ValueType == typeof(string) || option.ValueType == typeof(string[]);

    public static bool LooksLikeOption(string value) => value is ['-', _, ..];

    private static void Check(SymbolResult result, Func<string, string> problem)
    {
        foreach (var token in result.Tokens.Where(token => LooksLikeOption(token.Value)))
        {
            result.AddError(problem(token.Value));
        }
    }

    /// <summary>Removes the value of a token such as <c>--api-secret=…</c>, which nobody should see.</summary>
    public static string WithoutValue(string token) => token.Split('=', 2)[0];
}
