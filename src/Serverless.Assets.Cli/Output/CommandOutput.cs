using Serverless.Assets.Results;

namespace Serverless.Assets.Cli.Output;

/// <summary>What a command prints to standard output.</summary>
/// <param name="Operation">What the command did; null if there was nothing to do.</param>
/// <param name="Json">Printed with <c>--json</c>.</param>
/// <param name="Details">Text to print below the outcome, without a trailing line break.</param>
/// <param name="AlwaysShown">The details are what the user asked for, so <c>--quiet</c> does not suppress them.</param>
internal sealed record CommandOutput(
    OperationResult? Operation,
    JsonOutput Json,
    string Details = "",
    bool AlwaysShown = false
)
{
    public string ToText(RunOutcome outcome) =>
        Details.Length == 0 ? $"{outcome.Line}" : $"{outcome.Line}{Environment.NewLine}{Details}";
}
