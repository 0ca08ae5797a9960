using System.Text;
using System.Text.RegularExpressions;

namespace Serverless.Assets.Discovery;

/// <summary>One line of an ignore file, as <c>man gitignore</c> describes them.</summary>
/// <param name="Pattern">Matches whole paths below the folder of the ignore file.</param>
/// <param name="IsNegated">It brings back what an earlier line left out.</param>
/// <param name="FoldersOnly">The line ended with a slash.</param>
internal sealed record IgnoreRule(Regex Pattern, bool IsNegated, bool FoldersOnly)
{
    /// <returns>Null for a blank line, a comment, and a pattern that can match nothing.</returns>
    public static IgnoreRule? Parse(string line)
    {
        var text = TrimBlanks(line);
        if (text.Length == 0 || text[0] == '#')
        {
            return null;
        }

        var isNegated = text[0] == '!';
        var pattern = isNegated ? text[1..] : text;
        var foldersOnly = pattern.EndsWith('/');
        pattern = foldersOnly ? pattern[..^1] : pattern;

        // A slash at the beginning or in the middle ties the pattern to the folder; else it matches at every depth.
        var isRooted = pattern.Contains('/');
        pattern = pattern.TrimStart('/');
        return pattern.Length > 0 && Translate(isRooted ? pattern : "**/" + pattern) is { } expression
            ? new IgnoreRule(
                new Regex(
                    expression,
                    RegexOptions.CultureInvariant | RegexOptions.Singleline | RegexOptions.NonBacktracking
                ),
                isNegated,
                foldersOnly
            )
            : null;
    }

    public bool Matches(string relativePath, bool isFolder) =>
        (isFolder || !FoldersOnly) && Pattern.IsMatch(relativePath);

    /// <summary>Blanks at the end do not count, unless a backslash is before them.</summary>
    private static string TrimBlanks(string line)
    {
        var text = line.TrimEnd('\r');
        var end = text.TrimEnd(' ').Length;
        var backslashes = end - text.AsSpan(0, end).TrimEnd('\\').Length;
        return text[..Math.Min(text.Length, end + (backslashes % 2))];
    }

    private static string? Translate(string pattern)
    {
        var expression = new StringBuilder(@"\A");
        for (var i = 0; i < pattern.Length; i++)
        {
            var startsSegment = i == 0 || pattern[i - 1] == '/';
            var rest = pattern.AsSpan(i);
            if (startsSegment && rest.StartsWith("**/"))
            {
                expression.Append("(.*/)?");
                i += 2;
            }
            else if (startsSegment && rest is "**")
            {
                expression.Append(".+");
                i++;
            }
            else if (rest[0] == '[')
            {
                var length = ClassLength(rest);
                if (length < 0)
                {
                    return null; // not closed: git matches nothing with it either
                }

                AppendClass(expression, rest[1..(length - 1)]);
                i += length - 1;
            }
            else if (rest[0] == '\\')
            {
                if (++i == pattern.Length)
                {
                    return null;
                }

                expression.Append(Regex.Escape(pattern[i].ToString()));
            }
            else
            {
                expression.Append(
                    rest[0] switch
                    {
                        '*' => "[^/]*",
                        '?' => "[^/]",
                        var other => Regex.Escape(other.ToString()),
                    }
                );
            }
        }

        return expression.Append(@"\z").ToString();
    }

    /// <summary>With both brackets; -1 when it is not closed. A closing bracket right at the beginning is one of the characters.</summary>
    private static int ClassLength(ReadOnlySpan<char> text)
    {
        var first = text.Length > 1 && text[1] is '!' or '^' ? 2 : 1;
        var end = text.Length > first ? text[(first + 1)..].IndexOf(']') : -1;
        return end < 0 ? -1 : first + 1 + end + 1;
    }

    /// <summary>A class never matches a slash.</summary>
    private static void AppendClass(StringBuilder expression, ReadOnlySpan<char> characters)
    {
        var isNegated = characters[0] is '!' or '^';
        expression.Append(isNegated ? "[^/" : "[");
        for (var i = isNegated ? 1 : 0; i < characters.Length; i++)
        {
            var isRange = characters[i] == '-' && i > (isNegated ? 1 : 0) && i < characters.Length - 1;
            expression.Append(isRange ? "-" : $"\\u{(int)characters[i]:x4}");
        }

        expression.Append(']');
    }
}
