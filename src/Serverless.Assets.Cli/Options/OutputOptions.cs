using System.CommandLine;
using System.CommandLine.Parsing;
using Serverless.Assets.Cli.Output;
using Serverless.Assets.Settings;

namespace Serverless.Assets.Cli.Options;

/// <summary>The options that control the output.</summary>
internal sealed class OutputOptions
{
    private readonly Option<bool> _json = new("--json") { Description = "Print the result as JSON to standard output" };
    private readonly Option<Verbosity> _verbosity = OptionFactory.CreateChoice(
        "--verbosity",
        "-v",
        "Level of detail on standard error",
        Verbosity.Normal
    );
    private readonly Option<bool> _quiet = new("--quiet", "-q") { Description = "Print warnings and errors only" };

    public void AddTo(Command command, SettingOptions settings)
    {
        command.Options.Add(_json);
        command.Options.Add(_verbosity);
        command.Options.Add(_quiet);
        settings.Find(SettingTable.NoWarn)?.Validators.Add(RejectOtherThanCodes);
    }

    public bool IsJson(ParseResult parsed) => parsed.GetValue(_json);

    public Verbosity GetVerbosity(ParseResult parsed) =>
        parsed.GetValue(_quiet) ? Verbosity.Quiet : parsed.GetValue(_verbosity);

    private static void RejectOtherThanCodes(OptionResult result)
    {
        foreach (
            var value in result
                .Tokens.SelectMany(token => ListSetting.Split(token.Value))
                .Where(value => !WarningCode.IsValid(value))
        )
        {
            result.AddError($"--no-warn '{value}' is not valid: expected {WarningCode.Expected}.");
        }
    }
}
