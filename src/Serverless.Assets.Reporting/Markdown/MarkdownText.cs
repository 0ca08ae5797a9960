using System.Globalization;
using System.Text;
using Serverless.Assets.Diagnostics;

namespace Serverless.Assets.Reporting.Markdown;

/// <summary>
/// Escapes untrusted text so that Markdown shows it literally, without markup, HTML, links or mentions.
/// </summary>
internal static class MarkdownText
{
    /// <summary>
    /// Formats a complete name, path or SID as a code span outside of tables. Empty text remains empty.
    /// </summary>
    public static string Code(string text) => Span(LogSanitizer.EscapeWhole(text));

    /// <summary>
    /// Formats a name, path or SID as a code span in a table, where a pipe would end the cell. Truncates long text,
    /// because a summary with a large table has a maximum size.
    /// </summary>
    public static string Cell(string text) =>
        Span(LogSanitizer.Escape(text)).Replace("|", "\\|", StringComparison.Ordinal);

    /// <summary>Escapes a sentence. Safe in tables, but not at the start of a line.</summary>
    public static string Sentence(string text)
    {
        var shown = new StringBuilder(text.Length + 16);
        for (var i = 0; i < text.Length; i++)
        {
            var character = text[i];
            switch (character)
            {
                case '\\' or '`' or '*' or '_' or '[' or ']' or '|' or '~' or '#':
                    shown.Append('\\').Append(character);
                    break;
                case '<' or '>' or '&' or '$':
                    AppendEntity(shown, character);
                    break;
                case '@': // An invisible space prevents a mention or an email link.
                    shown.Append("&#64;&#8203;");
                    break;
                case ':' when At(text, i + 1) == '/':
                case '.' when i >= 3 && text.AsSpan(i - 3, 3).Equals("www", StringComparison.OrdinalIgnoreCase):
                    AppendEntity(shown, character); // GitHub turns addresses into links.
                    break;
                default:
                    shown.Append(char.IsControl(character) ? ' ' : character);
                    break;
            }
        }

        return shown.ToString();
    }

    public static string Link(Uri url) => $"<{url.AbsoluteUri}>"; // AbsoluteUri has no character that ends the link.

    /// <summary>
    /// The delimiter has more backticks than the text has in a row, and a space separates it from a backtick in the
    /// text.
    /// </summary>
    private static string Span(string shown)
    {
        if (shown.Length == 0)
        {
            return "";
        }

        var fence = new string('`', LongestRun(shown) + 1);
        var pad = shown[0] is '`' or ' ' || shown[^1] is '`' or ' ' ? " " : "";
        return $"{fence}{pad}{shown}{pad}{fence}";
    }

    private static int LongestRun(string text)
    {
        var (longest, run) = (0, 0);
        foreach (var character in text)
        {
            run = character == '`' ? run + 1 : 0;
            longest = Math.Max(longest, run);
        }

        return longest;
    }

    private static char At(string text, int index) => index < text.Length ? text[index] : '\0';

    private static void AppendEntity(StringBuilder shown, char character) =>
        shown.Append(CultureInfo.InvariantCulture, $"&#{(int)character};");
}
