namespace Serverless.Assets.Discovery;

/// <summary>
/// A pattern of file paths as users of MSBuild, git and shells write them: <c>*</c>, <c>?</c>, <c>**</c>, <c>[a-z]</c>,
/// <c>[!a-z]</c> and <c>{a,b}</c>. Letter case does not matter, on any system. Either slash separates names, so there
/// are no escapes: <c>[*]</c> is a star.
/// </summary>
internal sealed class Glob
{
    /// <summary>Far more than anyone writes; a few nested groups could have billions.</summary>
    private const int MaxAlternatives = 1000;

    /// <summary>In characters. A path has at most 255.</summary>
    private const int MaxLength = 1000;

    private const string AnyFolders = "**";

    /// <summary>
    /// Stands for an empty alternative, until the pattern is complete: <c>a{b,}</c> matches <c>a</c>, but <c>{a,}</c> and
    /// <c>x/{a,}</c> must not match every file, as an empty pattern and <c>x/</c> do.
    /// </summary>
    private const string EmptyAlternative = "\0";

    private readonly IReadOnlyList<PathPattern> _alternatives;

    private Glob(string text, IReadOnlyList<PathPattern> alternatives, IReadOnlyList<string> exactPaths)
    {
        Text = text;
        _alternatives = alternatives;
        ExactPaths = exactPaths;
    }

    /// <summary>The pattern as the user wrote it.</summary>
    public string Text { get; }

    /// <summary>The paths that the pattern names in full, without a wildcard.</summary>
    public IReadOnlyList<string> ExactPaths { get; }

    /// <summary>A pattern without a slash matches in every folder, as in an ignore file.</summary>
    /// <inheritdoc cref="Parse(string)"/>
    public static Glob ParseNameOrPath(string text) =>
        Parse(text, path => path.Contains('/') ? TrimParents(path.TrimStart('/')) : $"{AnyFolders}/{path}");

    /// <param name="text">Relative to the folder whose files are matched.</param>
    /// <exception cref="FormatException">
    /// The pattern is not valid. The message says why, and how to write it.
    /// </exception>
    /// <exception cref="PatternLeadsOutException">The pattern is an absolute path or contains <c>..</c>.</exception>
    public static Glob Parse(string text) => Parse(text, path => path);

    public bool Matches(ReadOnlySpan<int> path)
    {
        foreach (var alternative in _alternatives)
        {
            if (alternative.Matches(path))
            {
                return true;
            }
        }

        return false;
    }

    public bool Matches(string path) => Matches(GetCharacters(path));

    /// <summary>Whether the pattern matches the folder, or everything in it.</summary>
    public bool MatchesFolder(ReadOnlySpan<int> folder) => Matches(folder) || Matches([.. folder, '/']);

    /// <summary>Whether a file in the folder, or further down, could match.</summary>
    public bool CanMatchBelow(ReadOnlySpan<int> folder)
    {
        foreach (var alternative in _alternatives)
        {
            if (alternative.CanMatchBelow(folder))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>The form in which a path is matched.</summary>
    /// <param name="path">Separated by <c>/</c>.</param>
    public static int[] GetCharacters(string path)
    {
        var characters = new int[path.Length];
        var count = 0;
        foreach (var rune in path.EnumerateRunes())
        {
            characters[count++] = rune.Value;
        }

        return count == characters.Length ? characters : characters[..count];
    }

    private static Glob Parse(string text, Func<string, string> locate)
    {
        if (text.Length > MaxLength)
        {
            throw new FormatException($"it has more than {MaxLength} characters. Write several patterns");
        }

        var pattern = text.Trim().Replace('\\', '/');
        if (pattern.StartsWith('!'))
        {
            throw new FormatException(
                "a '!' does not negate a pattern. Write what to leave out as a pattern to exclude; "
                    + "only .serverlessignore has exceptions. For a name that begins with '!', write '?'"
            );
        }

        if (pattern.Contains(EmptyAlternative, StringComparison.Ordinal))
        {
            throw new FormatException("it contains a null character. Remove it");
        }

        if (pattern.Length > 0)
        {
            ForeignSyntax.Check(pattern);
        }

        var paths = Expand(pattern)
            .Select(path => NormalizeSegments(RequireName(locate(RequireName(CompleteAlternatives(path, pattern))))))
            .ToList();
        return new Glob(
            text,
            [.. paths.Select(ParseSegments)],
            [.. paths.Where(path => path.AsSpan().IndexOfAny("*?[") < 0)]
        );
    }

    private static string CompleteAlternatives(string path, string pattern)
    {
        var complete = path.Replace(EmptyAlternative, "", StringComparison.Ordinal);
        return path.EndsWith(EmptyAlternative, StringComparison.Ordinal) && complete is "" or [.., '/']
            ? throw new FormatException(
                $"an empty alternative in '{pattern}' leaves no name. Write the pattern without it, or ** for all files"
            )
            : complete;
    }

    private static string RequireName(string path) =>
        path is "" ? throw new FormatException("it contains no name. Write ** for all files") : path;

    /// <summary>
    /// Replaces <c>{a,b}</c> by its alternatives. Groups can be nested. One without a comma is a name.
    /// </summary>
    private static List<string> Expand(string pattern)
    {
        var group = FindGroup(pattern);
        if (group is not { } found)
        {
            return [pattern];
        }

        var (start, commas, end) = found;
        if (commas.Count == 0 && pattern[start..end].Contains("..", StringComparison.Ordinal))
        {
            throw new FormatException("a range such as {1..3} is not supported. Write {1,2,3} or [1-3]");
        }

        var tails = Expand(pattern[(end + 1)..]);
        IEnumerable<string> bodies =
            commas.Count == 0
                ? Expand(pattern[(start + 1)..end]).Select(body => $"{{{body}}}")
                : commas
                    .Append(end)
                    .Zip(commas.Prepend(start), (next, previous) => pattern[(previous + 1)..next])
                    .SelectMany(alternative =>
                        Expand(alternative.Trim() is { Length: > 0 } text ? text : EmptyAlternative)
                    );
        var expanded = bodies
            .SelectMany(_ => tails, (body, tail) => pattern[..start] + body + tail)
            .Take(MaxAlternatives + 1)
            .ToList();
        return expanded.Count <= MaxAlternatives
            ? expanded
            : throw new FormatException($"it has more than {MaxAlternatives} alternatives. Write several patterns");
    }

    /// <summary>Finds the first outermost group, and its commas. Braces in a character class are characters.</summary>
    private static (int Start, List<int> Commas, int End)? FindGroup(string pattern)
    {
        var start = -1;
        var depth = 0;
        var commas = new List<int>();
        for (var i = 0; i < pattern.Length; i++)
        {
            switch (pattern[i])
            {
                case '[':
                    i += Math.Max(GetClassLength(pattern.AsSpan(i)) - 1, 0);
                    break;
                case '{':
                    start = depth++ == 0 ? i : start;
                    break;
                case ',' when depth == 1:
                    commas.Add(i);
                    break;
                case '}' when depth == 0:
                    throw new FormatException("a '}' has no '{' before it. Write [}] for the character");
                case '}' when --depth == 0:
                    return (start, commas, i);
            }
        }

        return depth == 0
            ? null
            : throw new FormatException(
                "a '{' has no '}' after it. Write {a,b} for alternatives, or [{] for the character"
            );
    }

    /// <returns>0: the text does not start with a character class.</returns>
    internal static int GetClassLength(ReadOnlySpan<char> text)
    {
        ReadOnlySpan<int> rest = [.. text.ToString().Select(character => (int)character)];
        return CharacterClass.TryRead(ref rest) is null ? 0 : text.Length - rest.Length;
    }

    private static string NormalizeSegments(string path)
    {
        var isRooted = path is ['/', ..] or [>= 'a' and <= 'z' or >= 'A' and <= 'Z', ':', '/', ..];
        var segments = path.Split('/').ToList();
        if (isRooted || segments.Contains(".."))
        {
            throw new PatternLeadsOutException();
        }

        var names = segments.Where(segment => segment is not ("" or ".")).ToList();
        var meansFolder = segments[^1] is "" or ".";
        return string.Join(
            '/',
            [.. names.SelectMany(Normalize), .. meansFolder ? [AnyFolders] : Array.Empty<string>()]
        );

        // MSBuild takes *.* for any name, and **.txt for any *.txt further down.
        static IEnumerable<string> Normalize(string segment) =>
            segment == "*.*" ? ["*"]
            : segment.Length > AnyFolders.Length && segment.StartsWith(AnyFolders, StringComparison.Ordinal)
                ? [AnyFolders, segment[1..]]
            : [segment];
    }

    private static PathPattern ParseSegments(string path)
    {
        foreach (var segment in path.Split('/'))
        {
            if (PathPattern.TryParse(GetCharacters(segment), ignoresCase: true, escapes: false) is not { } pattern)
            {
                throw new FormatException(
                    segment.Contains("[:", StringComparison.Ordinal)
                        ? $"'{segment}' has an unknown or incomplete class. Write one such as [[:alpha:]] or [[:digit:]]"
                        : $"'{segment}' has a '[' without a ']'. Write [0-9] for one of several characters, or [[] for "
                            + "the character"
                );
            }

            if (pattern.ReversedRange is var (first, last))
            {
                var (from, to) = (char.ConvertFromUtf32(first), char.ConvertFromUtf32(last));
                throw new FormatException($"the range {from}-{to} is empty. Write {to}-{from}");
            }
        }

        return PathPattern.TryParse(GetCharacters(path), ignoresCase: true, escapes: false)!;
    }

    /// <summary>Removes leading <c>../</c>.</summary>
    public static string TrimParents(string path) =>
        path.StartsWith("../", StringComparison.Ordinal) ? TrimParents(path[3..]) : path;
}

/// <summary>A pattern leads out of the folder that it is relative to.</summary>
internal sealed class PatternLeadsOutException() : FormatException("it leads out of the folder");
