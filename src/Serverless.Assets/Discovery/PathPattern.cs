using System.Text;

namespace Serverless.Assets.Discovery;

/// <summary>
/// A pattern with the wildcards of git: <c>?</c> and <c>*</c> match within a name, <c>**</c> between slashes any number
/// of folders, and <see cref="CharacterClass"/> one character. Matches in time proportional to the length of the path,
/// whatever the pattern. A character is a number, so that an ignore file can be compared byte by byte and a glob by
/// code points.
/// </summary>
internal sealed class PathPattern
{
    /// <summary>Patterns with at most this many steps are matched without allocating memory.</summary>
    private const int FewSteps = 200;

    /// <summary>In the order of the text. The state of a match is the set of the steps that come next.</summary>
    private readonly List<Step> _steps = [];

    private PathPattern() { }

    /// <summary>A range such as <c>z-a</c> in a character class, which contains nothing.</summary>
    public (int First, int Last)? ReversedRange { get; private set; }

    /// <param name="pattern">Relative to the folder whose paths are matched, without a leading slash.</param>
    /// <param name="ignoresCase">Whether to compare without regard to letter case.</param>
    /// <param name="escapes">
    /// Whether a backslash makes the next character literal. Otherwise, names that contain brackets also match
    /// literally, so that <c>[slug].html</c> is that file too.
    /// </param>
    /// <param name="literalLength">
    /// The length of a literal start, directly after which <c>**</c> matches folders too. It is a peculiarity of git.
    /// </param>
    /// <returns>Null if a character class is invalid, or nothing follows a final backslash.</returns>
    public static PathPattern? TryParse(
        ReadOnlySpan<int> pattern,
        bool ignoresCase,
        bool escapes,
        int literalLength = 0
    )
    {
        var result = new PathPattern();
        var startsName = true;
        for (var rest = pattern; rest.Length > 0; startsName = pattern[^(rest.Length + 1)] == '/')
        {
            switch (rest[0])
            {
                case '*':
                    var stars = rest.IndexOfAnyExcept('*');
                    stars = stars < 0 ? rest.Length : stars;
                    rest = rest[stars..];
                    var isRecursive =
                        stars > 1
                        && (startsName || pattern.Length - rest.Length - stars == literalLength)
                        && (rest is [] or ['/', ..] || (escapes && rest is ['\\', '/', ..]));
                    rest = result.AddStars(isRecursive, rest);
                    break;
                case '?':
                    result._steps.Add(Step.One(character => character != '/'));
                    rest = rest[1..];
                    break;
                case '[':
                    var start = rest;
                    if (CharacterClass.TryRead(ref rest) is not { } characters)
                    {
                        return null;
                    }

                    result.AddClass(characters, start[..^rest.Length], ignoresCase, isLiteralToo: !escapes);
                    break;
                case '\\' when escapes:
                    if (rest.Length == 1)
                    {
                        return null;
                    }

                    result.AddLiteral(rest[1], ignoresCase);
                    rest = rest[2..];
                    break;
                default:
                    result.AddLiteral(rest[0], ignoresCase);
                    rest = rest[1..];
                    break;
            }
        }

        return result;
    }

    public bool Matches(ReadOnlySpan<int> path) => Run(path, out var isComplete) && isComplete;

    /// <summary>Whether a longer path that begins with this one, and a slash, could match.</summary>
    public bool CanMatchBelow(ReadOnlySpan<int> folder) => Run([.. folder, '/'], out _);

    /// <param name="isComplete">Whether the text matches.</param>
    /// <returns>Whether the pattern can match the text or a continuation of it.</returns>
    private bool Run(ReadOnlySpan<int> text, out bool isComplete)
    {
        // One state more than steps: the last means that the pattern is complete.
        var size = _steps.Count + 1;
        var states = size <= FewSteps ? stackalloc bool[2 * size] : new bool[2 * size];
        var next = states[..size];
        var following = states[size..];
        next[0] = true;
        Skip(next);
        foreach (var character in text)
        {
            following.Clear();
            for (var i = 0; i < _steps.Count; i++)
            {
                if (next[i] && _steps[i].Accepts is { } accepts && accepts(character))
                {
                    following[_steps[i].Repeats ? i : i + 1] = true;
                }
            }

            if (!following.Contains(true))
            {
                isComplete = false;
                return false;
            }

            Skip(following);
            var last = next;
            next = following;
            following = last;
        }

        isComplete = next[^1];
        return true;
    }

    private void Skip(Span<bool> next)
    {
        for (var i = 0; i < _steps.Count; i++)
        {
            if (next[i])
            {
                foreach (var target in _steps[i].SkipsTo)
                {
                    next[i + target] = true;
                }
            }
        }
    }

    /// <returns>The rest of the pattern.</returns>
    private ReadOnlySpan<int> AddStars(bool isRecursive, ReadOnlySpan<int> rest)
    {
        if (!isRecursive)
        {
            _steps.Add(Step.Many(character => character != '/'));
            return rest;
        }

        if (rest is not ['/', ..])
        {
            _steps.Add(Step.Many(_ => true));
            return rest;
        }

        // "**/": nothing, or anything that ends with a slash.
        _steps.Add(Step.Fork(1, 3));
        _steps.Add(Step.Many(_ => true));
        _steps.Add(Step.One(character => character == '/'));
        return rest[1..];
    }

    private void AddLiteral(int literal, bool ignoresCase) =>
        _steps.Add(
            Step.One(
                ignoresCase
                    ? character => character == literal || ToUpper(character) == ToUpper(literal)
                    : character => character == literal
            )
        );

    private void AddClass(CharacterClass characters, ReadOnlySpan<int> source, bool ignoresCase, bool isLiteralToo)
    {
        ReversedRange ??= characters.ReversedRange;
        if (isLiteralToo)
        {
            _steps.Add(Step.Fork(1, 3));
        }

        _steps.Add(
            Step.One(
                ignoresCase
                    ? character => character != '/' && characters.Contains(ToUpper(character), ToLower(character))
                    : character => character != '/' && characters.Contains(character, character)
            )
        );
        if (isLiteralToo)
        {
            _steps.Add(Step.Fork(source.Length + 1));
            foreach (var literal in source)
            {
                AddLiteral(literal, ignoresCase);
            }
        }
    }

    private static int ToUpper(int character) =>
        Rune.TryCreate(character, out var rune) ? Rune.ToUpperInvariant(rune).Value : character;

    private static int ToLower(int character) =>
        Rune.TryCreate(character, out var rune) ? Rune.ToLowerInvariant(rune).Value : character;

    /// <param name="Accepts">Whether the step consumes a character; null: it consumes none.</param>
    /// <param name="Repeats">Whether the same step comes next.</param>
    /// <param name="SkipsTo">The steps that can come next without a character, relative to this one.</param>
    private sealed record Step(Func<int, bool>? Accepts, bool Repeats, int[] SkipsTo)
    {
        public static Step One(Func<int, bool> accepts) => new(accepts, Repeats: false, []);

        public static Step Many(Func<int, bool> accepts) => new(accepts, Repeats: true, [1]);

        public static Step Fork(params int[] targets) => new(null, Repeats: false, targets);
    }
}
