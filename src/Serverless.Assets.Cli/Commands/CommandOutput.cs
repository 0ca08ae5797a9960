using Serverless.Assets.Cli.Output;
using Serverless.Assets.Results;

namespace Serverless.Assets.Cli.Commands;

/// <summary>What a command prints on standard output.</summary>
/// <param name="Operation">What the command did; null: there was nothing to do.</param>
/// <param name="Json">For programs.</param>
/// <param name="Details">Lines for people below the outcome, without a line break after the last.</param>
/// <param name="IsAnswer">The details are what the user asked for, so <c>--quiet</c> does not suppress them.</param>
internal sealed record CommandOutput(
    OperationResult? Operation,
    JsonOutput Json,
    string Details = "",
    bool IsAnswer = false
)
{
    public string ToText(RunOutcome outcome) =>
        Details.Length == 0 ? $"{outcome.Line}" : $"{outcome.Line}{Environment.NewLine}{Details}";
}
