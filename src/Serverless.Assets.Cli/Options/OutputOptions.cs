using System.CommandLine;

namespace Serverless.Assets.Cli.Options;

/// <summary>What is printed, and how much of it.</summary>
internal sealed class OutputOptions
{
    private readonly Option<bool> _json = new("--json") { Description = "Print the result as JSON on standard output" };
    private readonly Option<Output.Verbosity> _verbosity = Choice.OneOf("--verbosity", "-v", "How much is said on standard error", Output.Verbosity.Normal);
    private readonly Option<bool> _quiet = new("--quiet", "-q") { Description = "Warnings and errors only" };

    public void AddTo(Command command)
    {
        command.Options.Add(_json);
        command.Options.Add(_verbosity);
        command.Options.Add(_quiet);
    }

    public bool Json(ParseResult parsed) => parsed.GetValue(_json);

    public Output.Verbosity Verbosity(ParseResult parsed) => parsed.GetValue(_quiet) ? Output.Verbosity.Quiet : parsed.GetValue(_verbosity);
}
