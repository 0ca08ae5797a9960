using System.CommandLine;
using System.CommandLine.Parsing;
using System.Text.RegularExpressions;
using Serverless.Assets.Cli.Output;
using Serverless.Assets.Reporting;

namespace Serverless.Assets.Cli.Options;

/// <summary>What is printed, and how much of it.</summary>
internal sealed partial class OutputOptions
{
    private readonly Option<bool> _json = new("--json") { Description = "Print the result as JSON on standard output" };
    private readonly Option<Verbosity> _verbosity = Choice.OneOf(
        "--verbosity",
        "-v",
        "How much is said on standard error",
        Output.Verbosity.Normal
    );
    private readonly Option<bool> _quiet = new("--quiet", "-q") { Description = "Warnings and errors only" };
    private readonly ReportOptions _report = new();
    private readonly Option<string[]> _noWarn = Texts.Many(
        "--no-warn",
        "Code of a warning that is not shown, such as SAB2016"
    );

    public void AddTo(Command command)
    {
        _noWarn.Validators.Add(RefuseOtherThanCodes);
        command.Options.Add(_json);
        command.Options.Add(_verbosity);
        command.Options.Add(_quiet);
        command.Options.Add(_noWarn);
        _report.AddTo(command);
    }

    public bool Json(ParseResult parsed) => parsed.GetValue(_json);

    public Verbosity Verbosity(ParseResult parsed) =>
        parsed.GetValue(_quiet) ? Output.Verbosity.Quiet : parsed.GetValue(_verbosity);

    public ConsoleLogger Logger(ParseResult parsed, OptionValues values, CliConsole console) =>
        new(console.Error, Verbosity(parsed), Silenced(values));

    /// <returns>Null: no report is wanted.</returns>
    public RunReporter? Reporter(OptionValues values, string project) =>
        _report.Read(values, project, Silenced(values));

    private HashSet<string> Silenced(OptionValues values) =>
        Texts.Values(values, _noWarn).ToHashSet(StringComparer.OrdinalIgnoreCase);

    /// <summary>A misspelt code would silence nothing, and nobody would know why.</summary>
    private static void RefuseOtherThanCodes(OptionResult result)
    {
        foreach (
            var value in result
                .Tokens.SelectMany(token =>
                    token.Value.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
                )
                .Where(value => !Code().IsMatch(value))
        )
        {
            result.AddError($"--no-warn '{value}' is not valid: expected the code of a warning, such as SAB2016.");
        }
    }

    [GeneratedRegex(@"^SAB[0-9]{4}\z", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex Code();
}
