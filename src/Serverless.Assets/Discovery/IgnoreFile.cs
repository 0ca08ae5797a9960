using System.Text;
using System.Text.RegularExpressions;
using Serverless.Assets.Client;

namespace Serverless.Assets.Discovery;

/// <summary>
/// The file <c>.serverlessignore</c> of an asset folder. It has the syntax and the rules of a gitignore file, but only
/// the one in the asset folder itself applies, not those in its subfolders.
/// </summary>
internal static class IgnoreFile
{
    private const string FileName = ".serverlessignore";

    /// <summary>Full path of the file in a folder.</summary>
    public static string GetPath(string folder) => Path.Combine(folder, FileName);

    /// <returns>The rules in the order of their lines, or an empty list if the folder has no such file.</returns>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static IReadOnlyList<IgnoreRule> Read(string folder)
    {
        var file = GetPath(folder);
        return Path.Exists(file) ? [.. ReadLines(file).Select(IgnoreRule.TryParse).OfType<IgnoreRule>()] : [];
    }

    private static IEnumerable<string> ReadLines(string file)
    {
        using var reader = new StreamReader(new MemoryStream(RegularFile.ReadAllBytes(file)));
        while (reader.ReadLine() is { } line)
        {
            yield return line;
        }
    }

    /// <summary>
    /// Whether the last rule that matches the path ignores it. Folders that contain it are not checked.
    /// </summary>
    /// <param name="rules">In the order of their lines.</param>
    /// <param name="relativePath">Path below the folder of the ignore file, separated by <c>/</c>.</param>
    /// <param name="isFolder">Whether the path is that of a folder.</param>
    public static bool IsIgnored(IReadOnlyList<IgnoreRule> rules, string relativePath, bool isFolder) =>
        rules.LastOrDefault(rule => rule.Matches(relativePath, isFolder)) is { IsNegated: false };
}

/// <summary>
/// A line of an ignore file, as <see href="https://git-scm.com/docs/gitignore">gitignore</see> defines it.
/// </summary>
/// <param name="Pattern">Matches complete paths below the folder of the ignore file.</param>
/// <param name="IsNegated">Whether the line begins with <c>!</c>: it includes what an earlier line ignored.</param>
/// <param name="FoldersOnly">Whether the line ends with a slash.</param>
internal sealed record IgnoreRule(Regex Pattern, bool IsNegated, bool FoldersOnly)
{
    /// <returns>Null for an empty line, a comment, and a pattern that cannot match.</returns>
    public static IgnoreRule? TryParse(string line)
    {
        var text = TrimTrailingSpaces(line);
        if (text.Length == 0 || text[0] == '#')
        {
            return null;
        }

        var isNegated = text[0] == '!';
        var pattern = isNegated ? text[1..] : text;
        var foldersOnly = pattern.EndsWith('/');
        pattern = foldersOnly ? pattern[..^1] : pattern;

        // A slash at the beginning or in the middle anchors the pattern to the folder. Without one it matches at any
        // depth.
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

    /// <summary>Trailing spaces are ignored, except for one that a backslash escapes.</summary>
    private static string TrimTrailingSpaces(string line)
    {
        var text = line.TrimEnd('\r');
        var end = text.TrimEnd(' ').Length;
        var backslashes = end - text.AsSpan(0, end).TrimEnd('\\').Length;
        return text[..Math.Min(text.Length, end + (backslashes % 2))];
    }

    /// <returns>A regular expression, or null if the pattern is incomplete.</returns>
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
                var length = GetClassLength(rest);
                if (length < 0)
                {
                    return null; // A character class without an end matches nothing in git either.
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

    /// <summary>
    /// Measures a character class with both brackets. A <c>]</c> in first position belongs to the characters.
    /// </summary>
    /// <returns>-1 if the closing bracket is missing.</returns>
    private static int GetClassLength(ReadOnlySpan<char> text)
    {
        var first = text.Length > 1 && text[1] is '!' or '^' ? 2 : 1;
        var end = text.Length > first ? text[(first + 1)..].IndexOf(']') : -1;
        return end < 0 ? -1 : first + 1 + end + 1;
    }

    /// <param name="expression">Receives the class. It never matches a slash.</param>
    /// <param name="characters">The class without its brackets.</param>
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
