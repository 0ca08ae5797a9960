using System.Globalization;
using System.Net;
using System.Text;

namespace Serverless.Assets.Benchmarks.Comparison;

/// <summary>Draws the seconds of each contender in a case as an SVG bar chart, readable on light and dark pages.</summary>
internal static class BarChart
{
    private const int Width = 760;
    private const int LabelWidth = 200;
    private const int RowHeight = 30;
    private const int Top = 44;

    /// <param name="result">A contender without a complete run gets the text <c>failed</c> instead of a bar.</param>
    public static string Draw(CaseResult result)
    {
        var contenders = result.Contenders.Where(contender => contender.Runs.Count > 0).ToList();
        var longest = contenders.Max(contender => contender.Seconds) ?? 1;
        var height = Top + (contenders.Count * RowHeight) + 12;
        var text = new StringBuilder();
        text.Append(
            CultureInfo.InvariantCulture,
            $"""
            <svg xmlns="http://www.w3.org/2000/svg" width="{Width}" height="{height}" viewBox="0 0 {Width} {height}" role="img" font-family="system-ui, sans-serif" font-size="14">
            <title>{Encode(result.Case.Title)}: seconds, shorter is better</title>
            <rect width="{Width}" height="{height}" fill="#ffffff"/>
            <text x="12" y="26" font-weight="600" fill="#1f2328">{Encode(
                result.Case.Title
            )} (seconds, shorter is better)</text>

            """
        );
        for (var row = 0; row < contenders.Count; row++)
        {
            DrawRow(text, contenders[row], Top + (row * RowHeight), longest);
        }

        return text.Append("</svg>\n").ToString();
    }

    private static void DrawRow(StringBuilder text, ContenderResult contender, int y, double longest)
    {
        var isOurs = !contender.Contender.Name.Contains("toolkit", StringComparison.Ordinal);
        var width = contender.Seconds is { } seconds ? seconds / longest * (Width - LabelWidth - 90) : 0;
        var label = contender.Seconds is { } value ? value.ToString("0.0", CultureInfo.InvariantCulture) : "failed";
        text.Append(
            CultureInfo.InvariantCulture,
            $"""
            <text x="12" y="{y + 19}" fill="#1f2328">{Encode(contender.Contender.Name)}</text>
            <rect x="{LabelWidth}" y="{y + 4}" width="{width:0.#}" height="{RowHeight - 10}" rx="3" fill="{(
                isOurs ? "#0550ae" : "#8c959f"
            )}"/>
            <text x="{LabelWidth + 8 + width:0.#}" y="{y + 19}" fill="#1f2328">{label}</text>

            """
        );
    }

    private static string Encode(string text) => WebUtility.HtmlEncode(text);
}
