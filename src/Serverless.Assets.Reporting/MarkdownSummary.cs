using System.Globalization;
using System.Text;
using Serverless.Assets.Client;
using Serverless.Assets.Diagnostics;
using Serverless.Assets.Results;

namespace Serverless.Assets.Reporting;

/// <summary>What a run did, as the section of a CI job's summary: Markdown as GitHub and Azure Pipelines show it.</summary>
internal static class MarkdownSummary
{
    /// <summary>Rows of the table of changes, and lines of problems each. GitHub takes 1 MiB of a step; paths have 255 characters at most.</summary>
    private const int MaxRows = 100;

    private static readonly AssetChange[] Counted =
    [
        AssetChange.New,
        AssetChange.Changed,
        AssetChange.Unchanged,
        AssetChange.Kept,
        AssetChange.Removed,
    ];

    /// <returns>Ends with an empty line, so that the section of another run may follow.</returns>
    public static string Format(RunReport report)
    {
        var summary = new StringBuilder();
        AppendLine(summary, $"### Serverless assets: {MarkdownText.Sentence(LogSanitizer.Escape(report.Name))}");
        AppendLine(summary, "");
        AppendLine(summary, Headline(report));
        AppendLine(summary, "");
        AppendProblems(summary, report.Result.Errors, "error", "errors");
        AppendProblems(summary, report.Result.Warnings, "warning", "warnings");
        AppendTotals(summary, report.Result.Assets);
        AppendChanges(summary, report.Result);
        AppendSids(summary, report);
        return summary.ToString();
    }

    /// <summary>The outcome, and what the upload before a Build or a deployment sent.</summary>
    private static string Headline(RunReport report)
    {
        var outcome = report.Outcome;
        var icon = outcome.Kind switch
        {
            RunOutcomeKind.Failed => "❌",
            RunOutcomeKind.Cancelled => "🛑",
            RunOutcomeKind.Planned => "🔍",
            RunOutcomeKind.NothingDone => "⚪",
            _ => "✅",
        };
        var url = outcome.Url is null ? "" : $": <{outcome.Url.AbsoluteUri}>"; // no character of AbsoluteUri ends a link
        var uploaded = report.Result switch
        {
            { Errors.Count: > 0 } or { IsCancelled: true } => "",
            { Upload: { } upload, Operations: [.., not UploadResult] } =>
                $" {upload.UploadedCount} uploaded, {upload.UnchangedCount} unchanged.",
            _ => "",
        };
        return $"{icon} **{MarkdownText.Sentence(outcome.Summary.ToString())}**{url}{uploaded}";
    }

    private static void AppendProblems(
        StringBuilder summary,
        IReadOnlyList<Diagnostic> problems,
        string one,
        string many
    )
    {
        if (problems.Count == 0)
        {
            return;
        }

        AppendLine(summary, $"**{problems.Count} {(problems.Count == 1 ? one : many)}**");
        AppendLine(summary, "");
        foreach (var problem in problems.Take(MaxRows))
        {
            AppendLine(summary, $"- [{problem.Code}]({problem.HelpLink}) {MarkdownText.Sentence(problem.Message)}");
        }

        if (problems.Count > MaxRows)
        {
            AppendLine(summary, $"- and {problems.Count - MaxRows} more");
        }

        AppendLine(summary, "");
    }

    /// <summary>Sizes of what this run does not have are not known.</summary>
    private static void AppendTotals(StringBuilder summary, IReadOnlyList<ComparedAsset> all)
    {
        if (all.Count == 0)
        {
            return;
        }

        AppendLine(summary, "| | assets | size |");
        AppendLine(summary, "|---|---:|---:|");
        foreach (var change in Counted)
        {
            var assets = all.Where(asset => asset.Change == change).ToList();
            if (assets.Count > 0)
            {
                AppendLine(
                    summary,
                    $"| {Name(change)} | {assets.Count} | {(assets[0].Size is null ? "" : ByteSize.Format(assets.Sum(asset => asset.Size ?? 0)))} |"
                );
            }
        }

        AppendLine(summary, "");
    }

    private static void AppendChanges(StringBuilder summary, RunResult result)
    {
        var changed = result
            .Assets.Where(asset => asset.Change is AssetChange.New or AssetChange.Changed or AssetChange.Removed)
            .ToList();
        if (changed.Count == 0)
        {
            return;
        }

        AppendLine(summary, "| change | asset | visibility | size | file |");
        AppendLine(summary, "|---|---|---|---:|---|");
        foreach (var asset in changed.Take(MaxRows))
        {
            var file = asset.File is null ? "" : MarkdownText.Code(asset.File);
            AppendLine(
                summary,
                $"| {Name(asset.Change)} | {Linked(asset, result)} | {asset.Visibility.ToWireValue()} | {(asset.Size is { } size ? ByteSize.Format(size) : "")} | {file} |"
            );
        }

        AppendLine(summary, "");
        if (changed.Count > MaxRows)
        {
            AppendLine(summary, $"and {changed.Count - MaxRows} more");
            AppendLine(summary, "");
        }
    }

    private static void AppendSids(StringBuilder summary, RunReport report)
    {
        var (result, deployment) = (report.Result, report.Result.Deployment);
        (string Name, string? Sid)[] sids =
        [
            ("Service", result.ServiceSid),
            ("Build", result.BuildSid),
            ("Build before", deployment?.PreviousBuildSid ?? result.Plan?.LiveBuildSid),
            ("Environment", deployment?.EnvironmentSid),
            ("Deployment", deployment?.DeploymentSid),
        ];
        AppendLine(summary, "<details><summary>Details</summary>");
        AppendLine(summary, "");
        foreach (var (name, sid) in sids.Where(entry => !string.IsNullOrEmpty(entry.Sid)))
        {
            AppendLine(summary, $"- {name}: {MarkdownText.Code(sid!)}");
        }

        if (result.ManifestPath is { } manifest)
        {
            AppendLine(summary, $"- Manifest: {MarkdownText.Code(manifest)}");
        }

        AppendLine(
            summary,
            $"- Started at {report.StartedAt.UtcDateTime:yyyy-MM-dd HH:mm:ss} UTC, took {report.Duration.TotalSeconds:0.0} s"
        );
        AppendLine(summary, "");
        AppendLine(summary, "</details>");
        AppendLine(summary, "");
    }

    /// <summary>Only what anybody can open is a link.</summary>
    private static string Linked(ComparedAsset asset, RunResult result) =>
        result is { Deployment: { } deployment, Errors: [] }
        && asset is { Visibility: Visibility.Public, Change: not AssetChange.Removed }
            ? $"[{MarkdownText.Code(asset.Path)}]({deployment.Url.AbsoluteUri.TrimEnd('/')}{string.Join('/', asset.Path.Split('/').Select(Uri.EscapeDataString))})"
            : MarkdownText.Code(asset.Path);

    private static string Name(AssetChange change) =>
        change switch
        {
            AssetChange.New => "new",
            AssetChange.Changed => "changed",
            AssetChange.Removed => "removed",
            AssetChange.Kept => "kept",
            _ => "unchanged",
        };

    private static void AppendLine(StringBuilder summary, FormattableString line) =>
        summary.Append(line.ToString(CultureInfo.InvariantCulture)).Append('\n');

    private static void AppendLine(StringBuilder summary, string line) => summary.Append(line).Append('\n');
}
