using System.CommandLine;
using System.CommandLine.Parsing;

namespace Serverless.Assets.Cli.Options;

/// <summary>
/// Rejects values that look like options. Otherwise the parser would take a mistyped option for a folder or for the
/// value of the preceding option: a Service could get the permanent name <c>--create-service</c>.
/// </summary>
internal static class OptionTokenGuard
{
    public static void AddTo(Command command)
    {
        foreach (var argument in command.Arguments)
        {
            argument.Validators.Add(result =>
                Check(result, token => $"Unrecognized option '{WithoutValue(token)}'.{GetHint(argument, token)}")
            );
        }

        foreach (
            var option in command.Options.Where(option =>
                option.ValueType == typeof(string) || option.ValueType == typeof(string[])
            )
        )
        {
            option.Validators.Add(result =>
                Check(
                    result,
                    token => $"Unrecognized option '{WithoutValue(token)}' where {option.Name} takes a value."
                )
            );
        }
    }

    /// <summary>Lists are paths. Their names are the plural of what the paths lead to.</summary>
    private static string GetHint(Argument argument, string value) =>
        argument.ValueType == typeof(string[]) && !value.Contains('=', StringComparison.Ordinal)
            ? $" For a {argument.Name.TrimEnd('s')} of that name, use ./{value}."
            : "";

    private static void Check(SymbolResult result, Func<string, string> problem)
    {
        foreach (var token in result.Tokens.Where(token => token.Value is ['-', _, ..]))
        {
            result.AddError(problem(token.Value));
        }
    }

    /// <summary>Removes the value of a token such as <c>--api-secret=…</c>, which nobody should see.</summary>
    public static string WithoutValue(string token) => token.Split('=', 2)[0];
}
