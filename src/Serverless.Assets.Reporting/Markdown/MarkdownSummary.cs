using System.Globalization;
using System.Text;
using Serverless.Assets.Client;
using Serverless.Assets.Diagnostics;
using Serverless.Assets.Results;

namespace Serverless.Assets.Reporting.Markdown;

/// <summary>Formats a run as a section of a CI job's summary, in the Markdown of GitHub and Azure Pipelines.</summary>
internal static class MarkdownSummary
{
    /// <summary>
    /// The limit for the table of changes and each list of problems. It keeps the summary below the 1 MiB that GitHub
    /// accepts for a step, even with paths of the maximum length.
    /// </summary>
    private const int MaxRows = 100;

    /// <returns>The section, with an empty line at the end so that another one can follow.</returns>
    public static string Format(RunReport report)
    {
        var summary = new StringBuilder();
        AppendLine(summary, $"### Serverless assets: {MarkdownText.Sentence(LogSanitizer.Escape(report.Name))}");
        AppendLine(summary, "");
        AppendLine(summary, Headline(report));
        AppendLine(summary, "");
        AppendProblems(summary, report.Result.Errors, "error");
        AppendProblems(summary, report.Result.Warnings, "warning");
        AppendServices(summary, report.Result);
        AppendTotals(summary, report.Result.Assets);
        AppendChanges(summary, report.Result);
        AppendDetails(summary, report);
        return summary.ToString();
    }

    /// <summary>Formats the outcome, and the totals of an upload that preceded a Build or a deployment.</summary>
    private static string Headline(RunReport report)
    {
        var outcome = report.Outcome;
        var icon = outcome.Kind switch
        {
            RunOutcomeKind.Failed => "❌",
            RunOutcomeKind.Canceled => "🛑",
            RunOutcomeKind.Planned => "🔍",
            RunOutcomeKind.NothingDone => "⚪",
            _ => "✅",
        };
        var url = outcome.Url is null ? "" : $": {MarkdownText.Link(outcome.Url)}";
        var uploaded = report.Result switch
        {
            { Errors.Count: > 0 } or { IsCanceled: true } => "",
            { UploadTotals: { } upload, Operations: [.., var last] }
                when last.GetOperations() is [not UploadResult, ..] => string.Create(
                CultureInfo.InvariantCulture,
                $" {upload.Uploaded} uploaded, {upload.Unchanged} unchanged."
            ),
            _ => "",
        };
        return $"{icon} **{MarkdownText.Sentence(outcome.Summary.ToString())}**{url}{uploaded}";
    }

    private static void AppendProblems(StringBuilder summary, IReadOnlyList<Diagnostic> problems, string noun)
    {
        if (problems.Count == 0)
        {
            return;
        }

        AppendLine(summary, $"**{Quantity.Format(problems.Count, noun)}**");
        AppendLine(summary, "");
        foreach (var problem in problems.Take(MaxRows))
        {
            AppendLine(summary, $"- [{problem.Code}]({problem.HelpLink}) {MarkdownText.Sentence(problem.Message)}");
        }

        if (problems.Count > MaxRows)
        {
            AppendInvariant(summary, $"- and {problems.Count - MaxRows} more");
        }

        AppendLine(summary, "");
    }

    /// <summary>Appends a table with the outcome for each Service and the address of its site.</summary>
    private static void AppendServices(StringBuilder summary, RunResult result)
    {
        if (result.Services.Count == 0)
        {
            return;
        }

        AppendLine(summary, "| Service | outcome | site |");
        AppendLine(summary, "|---|---|---|");
        foreach (var (name, run) in result.Services)
        {
            var outcome = RunOutcome.From(run);
            var site = outcome.Url is null ? "" : MarkdownText.Link(outcome.Url);
            AppendLine(
                summary,
                $"| {MarkdownText.Cell(name)} | {MarkdownText.Sentence(outcome.Summary.ToString())} | {site} |"
            );
        }

        AppendLine(summary, "");
    }

    private static void AppendTotals(StringBuilder summary, IReadOnlyList<ComparedAsset> all)
    {
        if (all.Count == 0)
        {
            return;
        }

        AppendLine(summary, "| | assets | size |");
        AppendLine(summary, "|---|---:|---:|");
        foreach (var change in Enum.GetValues<AssetChange>())
        {
            var assets = all.Where(asset => asset.Change == change).ToList();
            if (assets.Count > 0)
            {
                // Kept and removed assets are not among the files, so their sizes are unknown.
                long? total = assets[0].Size is null ? null : assets.Sum(asset => asset.Size);
                AppendInvariant(summary, $"| {change.ToName()} | {assets.Count} | {Size(total)} |");
            }
        }

        AppendLine(summary, "");
    }

    private static void AppendChanges(StringBuilder summary, RunResult result)
    {
        var changed = GetRuns(result)
            .SelectMany(run => run.Assets.Select(asset => (Asset: asset, Run: run)))
            .Where(change => change.Asset.Change is AssetChange.New or AssetChange.Changed or AssetChange.Removed)
            .ToList();
        if (changed.Count == 0)
        {
            return;
        }

        AppendLine(summary, "| change | asset | visibility | size | file |");
        AppendLine(summary, "|---|---|---|---:|---|");
        foreach (var (asset, run) in changed.Take(MaxRows))
        {
            AppendLine(
                summary,
                $"| {asset.Change.ToName()} | {Path(asset, run)} | {asset.Visibility.ToWireValue()} "
                    + $"| {Size(asset.Size)} | {MarkdownText.Cell(asset.File ?? "")} |"
            );
        }

        AppendLine(summary, "");
        if (changed.Count > MaxRows)
        {
            AppendInvariant(summary, $"and {changed.Count - MaxRows} more");
            AppendLine(summary, "");
        }
    }

    /// <summary>Gets the run of each Service: each has its own site and manifest.</summary>
    private static IReadOnlyList<RunResult> GetRuns(RunResult result) =>
        result.Services is { Count: > 0 } services ? [.. services.Select(service => service.Run)] : [result];

    private static void AppendDetails(StringBuilder summary, RunReport report)
    {
        AppendLine(summary, "<details><summary>Details</summary>");
        AppendLine(summary, "");
        foreach (var (name, value) in GetRuns(report.Result).SelectMany(GetDetails))
        {
            AppendLine(summary, $"- {name}: {MarkdownText.Code(value)}");
        }

        var started = report.StartedAt.UtcDateTime;
        AppendInvariant(
            summary,
            $"- Started at {started:yyyy-MM-dd HH:mm:ss} UTC, took {report.Duration.TotalSeconds:0.0} s"
        );
        AppendLine(summary, "");
        AppendLine(summary, "</details>");
        AppendLine(summary, "");
    }

    private static IEnumerable<(string Name, string Value)> GetDetails(RunResult result)
    {
        var deployment = result.Deployment;
        (string Name, string? Value)[] details =
        [
            ("Service", result.ServiceSid),
            ("Build", result.BuildSid),
            ("Previous Build", deployment?.PreviousBuildSid ?? result.Plan?.LiveBuildSid),
            ("Environment", deployment?.EnvironmentSid),
            ("Deployment", deployment?.DeploymentSid),
            ("Manifest", result.ManifestPath),
        ];
        return details
            .Where(detail => !string.IsNullOrEmpty(detail.Value))
            .Select(detail => (detail.Name, detail.Value!));
    }

    /// <summary>Formats the path as a link if the asset is public and deployed.</summary>
    private static string Path(ComparedAsset asset, RunResult result)
    {
        var path = MarkdownText.Cell(asset.Path);
        if (
            result is not { Deployment: { } deployment, Errors: [] }
            || asset is not { Visibility: Visibility.Public, Change: not AssetChange.Removed }
        )
        {
            return path;
        }

        var urlPath = string.Join('/', asset.Path.Split('/').Select(Uri.EscapeDataString));
        return $"[{path}]({deployment.Url.AbsoluteUri.TrimEnd('/')}{urlPath})";
    }

    private static string Size(long? bytes) => bytes is { } known ? ByteSize.Format(known) : "";

    /// <summary>
    /// Appends a line with numbers or times, which must not depend on the culture. This is not an overload of
    /// <see cref="AppendLine"/>, because interpolated strings would then select the one that takes a string.
    /// </summary>
    private static void AppendInvariant(StringBuilder summary, FormattableString line) =>
        AppendLine(summary, FormattableString.Invariant(line));

    private static void AppendLine(StringBuilder summary, string line) => summary.Append(line).Append('\n');
}
