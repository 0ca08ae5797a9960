using System.Globalization;
using System.Text;
using Serverless.Assets.Diagnostics;

namespace Serverless.Assets.Reporting;

/// <summary>Text from outside as Markdown that shows exactly this text: no markup, no HTML, no link, nobody notified.</summary>
internal static class MarkdownText
{
    /// <summary>A code span, in which a reader can tell blanks and punctuation: for names, paths and SIDs. Fits in a table.</summary>
    public static string Code(string text)
    {
        var shown = LogSanitizer.Escape(text);
        if (shown.Length == 0)
        {
            return "";
        }

        // Delimited by more backticks than there are in a row; a blank keeps them apart from a backtick of the text's own.
        var fence = new string('`', LongestRun(shown) + 1);
        var pad = shown[0] is '`' or ' ' || shown[^1] is '`' or ' ' ? " " : "";
        return $"{fence}{pad}{shown.Replace("|", "\\|", StringComparison.Ordinal)}{pad}{fence}";
    }

    /// <summary>Within a line, and not at its start: for sentences. Fits in a table.</summary>
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
                case '@': // the invisible blank behind it: else the name would be a mention, or an address a link
                    shown.Append("&#64;&#8203;");
                    break;
                case ':' when At(text, i + 1) == '/':
                case '.' when i >= 3 && text.AsSpan(i - 3, 3).Equals("www", StringComparison.OrdinalIgnoreCase):
                    AppendEntity(shown, character); // GitHub makes links of addresses in a text
                    break;
                default:
                    shown.Append(char.IsControl(character) ? ' ' : character);
                    break;
            }
        }

        return shown.ToString();
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
