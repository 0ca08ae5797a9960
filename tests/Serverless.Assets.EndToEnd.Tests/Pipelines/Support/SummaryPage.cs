using System.Text.RegularExpressions;

namespace Serverless.Assets.EndToEnd.Tests.Pipelines.Support;

/// <summary>
/// docs/pull-request-summary.md: its parts between comments <c>begin</c> and <c>end</c> come from real runs.
/// </summary>
internal static partial class SummaryPage
{
    private const string Path = "docs/pull-request-summary.md";

    /// <param name="parts">By name.</param>
    public static async Task AssertIsAsync(IReadOnlyDictionary<string, string> parts)
    {
        var page = await GeneratedFile.ReadAsync(Path, TestContext.Current.CancellationToken);
        Assert.Equal(
            parts.Keys.Order(StringComparer.Ordinal),
            Part().Matches(page).Select(part => part.Groups["name"].Value).Order(StringComparer.Ordinal)
        );
        var expected = Part()
            .Replace(
                page,
                part =>
                    $"<!-- begin {part.Groups["name"].Value} -->\n{parts[part.Groups["name"].Value].TrimEnd('\n')}\n<!-- end {part.Groups["name"].Value} -->"
            );
        await GeneratedFile.AssertIsAsync(Path, expected, TestContext.Current.CancellationToken);
    }

    /// <summary>Replaces what differs from run to run.</summary>
    /// <param name="folder">Where that CI system checks out.</param>
    public static string Normalize(string text, string workspace, string folder)
    {
        text = Sid().Replace(text.Replace(workspace, folder, StringComparison.Ordinal), "$1…");
        text = Site().Replace(text, "https://my-voice-app-1234-pr-7.twil.io");
        text = Domain().Replace(text, "my-voice-app-1234-pr-7.twil.io");
        text = UploadTime().Replace(text, " in 1.2 s, ");
        return Times().Replace(text, "Started at 2026-03-01 12:30:00 UTC, took 1.2 s");
    }

    public static string Code(IEnumerable<string> lines) =>
        $"<!-- run by: PullRequestSummaryTests -->\n```text\n{string.Join('\n', lines)}\n```";

    [GeneratedRegex("<!-- begin (?<name>[a-z-]+) -->\n(?<text>.*?)<!-- end \\k<name> -->", RegexOptions.Singleline)]
    private static partial Regex Part();

    [GeneratedRegex(@"\b([A-Z]{2})[0-9a-f]{32}\b")]
    private static partial Regex Sid();

    [GeneratedRegex(@"http://my-voice-app-[0-9]+-pr-7\.localhost(:[0-9]+)?")]
    private static partial Regex Site();

    [GeneratedRegex(@"my-voice-app-[0-9]+-pr-7\.localhost(:[0-9]+)?")]
    private static partial Regex Domain();

    [GeneratedRegex(" in [0-9.]+ s, ")]
    private static partial Regex UploadTime();

    [GeneratedRegex("Started at [0-9: -]+ UTC, took [0-9.]+ s")]
    private static partial Regex Times();
}
