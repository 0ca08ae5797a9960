using System.Text;
using Serverless.Assets.Client;

namespace Serverless.Assets.Discovery;

/// <summary>
/// The file <c>.serverlessignore</c> of an asset folder. It has the syntax and the rules of a
/// <see href="https://git-scm.com/docs/gitignore">gitignore</see> file, but only the one in the asset folder itself
/// applies, not those in its subfolders. Like git, it is compared byte by byte: <c>?</c> is one byte.
/// </summary>
internal sealed class IgnoreFile
{
    private const string FileName = ".serverlessignore";

    private readonly IReadOnlyList<IgnorePattern> _rules;

    private IgnoreFile(IReadOnlyList<IgnorePattern> rules) => _rules = rules;

    /// <summary>Full path of the file in a folder.</summary>
    public static string GetPath(string folder) => Path.Combine(folder, FileName);

    /// <returns>The file, which has no rules if the folder has no such file.</returns>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static IgnoreFile Read(string folder)
    {
        var file = GetPath(folder);
        var content = Path.Exists(file) ? RegularFile.ReadAllBytes(file) : [];
        if (content is [0xff, 0xfe, ..] or [0xfe, 0xff, ..])
        {
            throw new IOException("it is UTF-16, so none of its lines would have an effect: save it as UTF-8");
        }

        return content.Contains((byte)0)
            ? throw new IOException(
                "it contains null characters, as UTF-16 does, so not all of its lines would have an effect: save it as "
                    + "UTF-8 text"
            )
            : Parse(content);
    }

    public static IgnoreFile Parse(ReadOnlySpan<byte> content)
    {
        var rules = new List<IgnorePattern>();
        var rest = content.StartsWith(Encoding.UTF8.Preamble) ? content[Encoding.UTF8.Preamble.Length..] : content;
        while (rest.Length > 0)
        {
            var end = rest.IndexOf((byte)'\n');
            var line = end < 0 ? rest : rest[..end];
            if (IgnorePattern.TryParse(line is [.., (byte)'\r'] ? line[..^1] : line) is { } rule)
            {
                rules.Add(rule);
            }

            rest = end < 0 ? [] : rest[(end + 1)..];
        }

        return new IgnoreFile(rules);
    }

    /// <summary>
    /// Whether the last rule that matches the path ignores it. Folders that contain it are not checked.
    /// </summary>
    /// <param name="relativePath">Path below the folder of the ignore file, separated by <c>/</c>.</param>
    /// <param name="isFolder">Whether the path is that of a folder.</param>
    public bool Ignores(string relativePath, bool isFolder)
    {
        if (_rules.Count == 0)
        {
            return false;
        }

        int[] path = [.. Encoding.UTF8.GetBytes(relativePath)];
        return _rules.LastOrDefault(rule => rule.Matches(path, isFolder)) is { IsNegated: false };
    }
}

/// <summary>A line of an ignore file.</summary>
/// <param name="Pattern">Matches a path below the folder of the ignore file, or the name at its end.</param>
/// <param name="MatchesName">Whether the line has no slash: it matches a name at any depth.</param>
/// <param name="IsNegated">Whether the line begins with <c>!</c>: it includes what an earlier line ignored.</param>
/// <param name="FoldersOnly">Whether the line ends with a slash.</param>
internal sealed record IgnorePattern(PathPattern Pattern, bool MatchesName, bool IsNegated, bool FoldersOnly)
{
    /// <param name="line">A line without its end.</param>
    /// <returns>Null for an empty line, a comment, and a pattern that cannot match.</returns>
    public static IgnorePattern? TryParse(ReadOnlySpan<byte> line)
    {
        if (line is [(byte)'#', ..])
        {
            return null;
        }

        var text = TrimTrailingSpaces(line);
        var isNegated = text is [(byte)'!', ..];
        text = isNegated ? text[1..] : text;
        var foldersOnly = text is [.., (byte)'/'];
        text = foldersOnly ? text[..^1] : text;

        // A slash at the beginning or in the middle anchors the pattern to the folder.
        var matchesName = !text.Contains((byte)'/');
        text = text is [(byte)'/', ..] ? text[1..] : text;
        var wildcard = text.IndexOfAny("*?[\\"u8);
        return
            text.Length > 0
            && PathPattern.TryParse([.. text], ignoresCase: false, escapes: true, literalLength: Math.Max(wildcard, 0))
                is { } pattern
            ? new IgnorePattern(pattern, matchesName, isNegated, foldersOnly)
            : null;
    }

    /// <param name="path">In bytes.</param>
    /// <param name="isFolder">Whether the path is that of a folder.</param>
    public bool Matches(ReadOnlySpan<int> path, bool isFolder) =>
        (isFolder || !FoldersOnly) && Pattern.Matches(MatchesName ? path[(path.LastIndexOf('/') + 1)..] : path);

    /// <summary>Trailing spaces are ignored, except for one that a backslash escapes.</summary>
    private static ReadOnlySpan<byte> TrimTrailingSpaces(ReadOnlySpan<byte> line)
    {
        var end = line.TrimEnd((byte)' ').Length;
        var backslashes = end - line[..end].TrimEnd((byte)'\\').Length;
        return line[..Math.Min(line.Length, end + (backslashes % 2))];
    }
}
