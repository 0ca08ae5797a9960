using Serverless.Assets.Reporting.Timeline;

namespace Serverless.Assets.Reporting.Html;

/// <summary>The slowest files, and the largest ones.</summary>
internal static class RankingSection
{
    private const int MaxRows = 10;

    public static Markup Render(RunReport report)
    {
        var (slowest, largest) = (Slowest(report.Requests), Largest(report));
        if (slowest.Count + largest.Count == 0)
        {
            return Markup.None;
        }

        return $"""<section class="pair">{Table("Slowest files", "Time", slowest)}"""
            + $"""{Table("Largest files", "Size", largest)}</section>""";
    }

    /// <summary>
    /// Ranks files by the time from the start of the first request to the end of the last, including waits between
    /// attempts.
    /// </summary>
    private static List<Row> Slowest(RequestTimeline requests)
    {
        var files = requests
            .Attempts.Where(attempt => attempt.Path is not null)
            .GroupBy(attempt => attempt.Path!, StringComparer.Ordinal)
            .Select(file =>
                (
                    Path: file.Key,
                    Time: file.Max(attempt => attempt.Ended) - file.Min(attempt => attempt.Started),
                    Attempts: file.Count()
                )
            )
            .OrderByDescending(file => file.Time)
            .ThenBy(file => file.Path, StringComparer.Ordinal)
            .Take(MaxRows)
            .ToList();
        return
        [
            .. files.Select(file => new Row(
                file.Path,
                Format.Count(file.Attempts, "request"),
                Format.Time(file.Time),
                file.Time / files[0].Time
            )),
        ];
    }

    private static List<Row> Largest(RunReport report)
    {
        var total = report.Result.Assets.Sum(asset => asset.Size ?? 0);
        var files = report
            .Result.Assets.Where(asset => asset.Size > 0)
            .OrderByDescending(asset => asset.Size)
            .ThenBy(asset => asset.Path, StringComparer.Ordinal)
            .Take(MaxRows)
            .ToList();
        return
        [
            .. files.Select(file => new Row(
                file.Path,
                $"{Format.Share((double)file.Size!.Value / total)} of all",
                Format.Size(file.Size),
                (double)file.Size!.Value / files[0].Size!.Value
            )),
        ];
    }

    private static Markup Table(string title, string unit, List<Row> rows) =>
        rows.Count == 0
            ? Markup.None
            : (Markup)
                $"""
                    <div>
                    <h2>{title}</h2>
                    <table>
                    <thead><tr><th>Path</th><th class="number">{unit}</th></tr></thead>
                    <tbody>{Markup.Join(rows.Select(Render))}</tbody>
                    </table>
                    </div>
                    """;

    private static Markup Render(Row row) =>
        $"""<tr><td><bdi class="path">{row.Path}</bdi><span class="source">{row.Note}</span>"""
        + $"""<svg class="bar" width="100%" height="3" aria-hidden="true">"""
        + $"""<rect width="{row.Share * 100:0.#}%" height="3" rx="1.5"/></svg></td>"""
        + $"""<td class="number">{row.Value}</td></tr>""";

    /// <param name="Share">The share of the first row's value, from 0 to 1.</param>
    private sealed record Row(string Path, string Note, string Value, double Share);
}
