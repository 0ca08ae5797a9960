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
    /// <summary>Creates the output of an operation on one or several Services.</summary>
    /// <param name="toJson">Formats the result for one Service; null: it has none.</param>
    /// <param name="toDetails">Formats its details.</param>
    public static CommandOutput From<T>(
        OperationResult? result,
        Func<T?, JsonOutput> toJson,
        Func<T, string>? toDetails = null,
        bool alwaysShown = false
    )
        where T : OperationResult
    {
        if (result is not ServicesResult services)
        {
            return new CommandOutput(result, toJson(result as T), GetDetails(result), alwaysShown);
        }

        var outputs = services.Services.Select(ToOutput).ToList();
        var lines = ServicesOutcome
            .GetLines(services)
            .Zip(services.Services)
            .SelectMany(part => (string[])[$"{part.First}", GetDetails(part.Second.Operation)])
            .Where(text => text.Length > 0);
        return new CommandOutput(
            result,
            toJson(services.GetOperations().OfType<T>().FirstOrDefault()).With(outputs),
            string.Join(Environment.NewLine, lines),
            alwaysShown
        );

        JsonOutput ToOutput(ServiceResult service)
        {
            var outcome = RunOutcome.From(service.ToRun());
            return toJson(service.Operation as T) with
            {
                Service = service.Name,
                Outcome = outcome.Name,
                Summary = outcome.Summary.ToString(),
            };
        }

        string GetDetails(OperationResult? operation) => operation is T known ? toDetails?.Invoke(known) ?? "" : "";
    }

    public string ToText(RunOutcome outcome) =>
        Details.Length == 0 ? $"{outcome.Line}" : $"{outcome.Line}{Environment.NewLine}{Details}";
}
