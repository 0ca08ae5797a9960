using System.Globalization;
using System.Text;

namespace Serverless.Assets.Diagnostics;

/// <summary>Makes text from outside harmless to show on a terminal or in a CI log.</summary>
internal static class LogSanitizer
{
    /// <summary>Longest text shown; a proxy's error page is not worth more.</summary>
    private const int MaxLength = 500;

    /// <summary>
    /// Escapes control characters (line breaks and terminal sequences with them) and direction overrides as
    /// <c>\uXXXX</c>, and breaks up the marks that Azure Pipelines (<c>##vso[</c>, <c>##[</c>) finds anywhere in a line
    /// and GitHub Actions (<c>::</c>) finds at its start, white space before it or not.
    /// </summary>
    public static string Escape(string text) => EscapeWhole(text.Length > MaxLength ? Cut(text) : text);

    /// <summary>The same without a cut: for paths and commands, of which a part is of no use.</summary>
    public static string EscapeWhole(string shown)
    {
        var start = shown.Length - shown.AsSpan().TrimStart().Length;
        var startsCommand = shown.AsSpan(start).StartsWith("::");
        if (!shown.Any(NeedsEscape) && !shown.Contains("##", StringComparison.Ordinal) && !startsCommand)
        {
            return shown;
        }

        var escaped = new StringBuilder(shown.Length + 16);
        for (var i = 0; i < shown.Length; i++)
        {
            var character = shown[i];
            var continuesCommand =
                (character == '#' && i > 0 && shown[i - 1] == '#') || (startsCommand && i == start + 1);
            if (NeedsEscape(character) || continuesCommand)
            {
                escaped.Append(CultureInfo.InvariantCulture, $"\\u{(int)character:x4}");
            }
            else
            {
                escaped.Append(character);
            }
        }

        return escaped.ToString();
    }

    /// <summary>Never between the two halves of a character outside the basic plane.</summary>
    private static string Cut(string text) =>
        string.Concat(text.AsSpan(0, char.IsHighSurrogate(text[MaxLength - 1]) ? MaxLength - 1 : MaxLength), "…");

    private static bool NeedsEscape(char character) =>
        char.IsControl(character)
        || character is '\u2028' or '\u2029' or (>= '\u202a' and <= '\u202e') or (>= '\u2066' and <= '\u2069');
}
