using System.Globalization;
using System.Text;

namespace Serverless.Assets.Benchmarks.Comparison;

/// <summary>Writes the results as Markdown: a table for each case.</summary>
internal static class ResultTable
{
    private const string Baseline = "Node toolkit, default";

    public static string Write(IReadOnlyList<CaseResult> results)
    {
        var text = new StringBuilder();
        foreach (var result in results)
        {
            text.Append(CultureInfo.InvariantCulture, $"### {result.Case.Title}\n\n");
            text.Append("| | seconds | spread | to the limit | to the toolkit | requests | MB | failed |\n");
            text.Append("|---|---:|---:|---:|---:|---:|---:|---|\n");
            var baseline = result.Find(Baseline)?.Seconds;
            foreach (var contender in result.Contenders.Where(contender => contender.Runs.Count > 0))
            {
                text.Append(WriteRow(contender, result.Case.Ideal, baseline)).Append('\n');
            }

            text.Append('\n');
        }

        return text.ToString().TrimEnd('\n') + "\n";
    }

    private static string WriteRow(ContenderResult result, double? ideal, double? baseline)
    {
        var failed = result
            .Runs.Where(run => run.Failure is not null)
            .GroupBy(run => run.Failure)
            .Select(group => $"{group.Count()} of {result.Runs.Count}: {Escape(group.Key!)}");
        return string.Join(
                " | ",
                [
                    $"| {result.Contender.Name}",
                    Number(result.Seconds, "0.0"),
                    result.Complete.Count < 2
                        ? ""
                        : $"{Number(result.Complete.Min(run => run.Seconds), "0.0")}–{Number(result.Complete.Max(run => run.Seconds), "0.0")}",
                    Number(result.Seconds / ideal, "0.00"),
                    Number(result.Seconds / baseline, "0.00"),
                    Number(result.Requests, "0"),
                    Number(result.PeakMemory, "0"),
                    string.Join("; ", failed),
                ]
            ) + " |";
    }

    private static string Number(double? value, string format) =>
        value?.ToString(format, CultureInfo.InvariantCulture) ?? "";

    /// <summary>A failure is the text of another program.</summary>
    private static string Escape(string text) =>
        $"`{text.Replace('`', '\'').Replace("|", "\\|", StringComparison.Ordinal)}`";
}
