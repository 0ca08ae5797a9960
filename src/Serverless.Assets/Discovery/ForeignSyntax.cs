namespace Serverless.Assets.Discovery;

/// <summary>
/// Finds what other tools accept in patterns: extended globs of shells, alternatives of regular expressions, lists with
/// commas, and quotation marks. Here they would be characters of a name, and the pattern would match nothing without a
/// message. A name without wildcards can contain commas and parentheses, and a pattern a comma that nothing like a
/// pattern or a file name follows.
/// </summary>
internal static class ForeignSyntax
{
    private const string Wildcards = "*?{";
    private const string Quotes = "\"'";

    /// <summary>A class of one character, such as <c>[{]</c>, is that character.</summary>
    private const int EscapeLength = 3;

    /// <summary>The operators of extended globs, such as <c>@(a|b)</c>.</summary>
    private const string ExtendedGlobs = "@?+*!";

    /// <param name="pattern">Not empty.</param>
    /// <exception cref="FormatException">The pattern contains one. The message says how to write it.</exception>
    public static void Check(string pattern)
    {
        if (Quotes.Contains(pattern[0]) || Quotes.Contains(pattern[^1]))
        {
            throw new FormatException(
                "it begins or ends with a quotation mark, which is a character here. Remove it, or write [\"] or ['] for "
                    + "the character"
            );
        }

        var hasWildcard = false;
        var hasParenthesis = false;
        char? separator = null;
        var depth = 0;
        for (var i = 0; i < pattern.Length; i++)
        {
            switch (pattern[i])
            {
                case '[' when Glob.GetClassLength(pattern.AsSpan(i)) is > 0 and var length:
                    hasWildcard |= length > EscapeLength;
                    i += length - 1;
                    break;
                case '(' when i > 0 && ExtendedGlobs.Contains(pattern[i - 1]):
                    throw new FormatException(
                        $"'{pattern[i - 1]}(' is not supported. Write {{a,b}} for alternatives, or [(] for the character"
                    );
                case '(':
                    hasParenthesis = true;
                    break;
                case '|':
                    separator ??= '|';
                    break;
                case ',' when depth == 0 && IsListItem(pattern.AsSpan(i + 1)):
                    separator ??= ',';
                    break;
                case '}':
                    depth--;
                    break;
                case var character when Wildcards.Contains(character):
                    hasWildcard = true;
                    depth += character == '{' ? 1 : 0;
                    break;
            }
        }

        if (separator is { } found && (hasWildcard || (hasParenthesis && found == '|')))
        {
            throw new FormatException(
                $"a '{found}' separates nothing here. Write {{a,b}} for alternatives, several patterns for a list, or "
                    + $"[{found}] for the character"
            );
        }
    }

    /// <summary>Whether the text up to the next comma has a wildcard or an extension: <c>*.tmp</c> or <c>a.txt</c>.</summary>
    private static bool IsListItem(ReadOnlySpan<char> rest)
    {
        var end = rest.IndexOf(',');
        return (end < 0 ? rest : rest[..end]).IndexOfAny("*?.") >= 0;
    }
}
