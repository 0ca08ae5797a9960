namespace Serverless.Assets.Discovery;

/// <summary>
/// A set of characters in brackets, such as <c>[a-z_]</c>, <c>[!0-9]</c> or <c>[[:alpha:]]</c>. Read as git reads it: a
/// <c>]</c> in first position and a <c>-</c> at either end stand for themselves, and a backslash escapes a character.
/// </summary>
internal sealed class CharacterClass
{
    private readonly List<(int First, int Last)> _ranges = [];
    private readonly List<Func<int, bool>> _named = [];
    private bool _isNegated;

    private CharacterClass() { }

    /// <summary>A range such as <c>z-a</c>, which contains nothing; null if there is none.</summary>
    public (int First, int Last)? ReversedRange { get; private set; }

    /// <summary>Reads the class at the start of a text, and advances the text beyond it.</summary>
    /// <param name="text">Starts with <c>[</c>.</param>
    /// <returns>Null if the closing bracket is missing, or a named class is unknown.</returns>
    public static CharacterClass? TryRead(ref ReadOnlySpan<int> text)
    {
        var result = new CharacterClass();
        var position = 1;
        if (position < text.Length && text[position] is '!' or '^')
        {
            result._isNegated = true;
            position++;
        }

        var first = position;
        int? previous = null; // the character that a range can start with
        for (; position < text.Length && (text[position] != ']' || position == first); position++)
        {
            var rest = text[position..];
            if (rest is ['-', not ']', ..] && previous is { } start)
            {
                position++;
                if (ReadCharacter(text, ref position) is not { } end)
                {
                    return null;
                }

                result.AddRange(start, end);
                previous = null;
            }
            else if (rest is ['[', ':', ..] && FindName(rest) is { } name)
            {
                if (FindNamed(name) is not { } named)
                {
                    return null;
                }

                result._named.Add(named);
                position += name.Length + 3;
                previous = null;
            }
            else
            {
                previous = ReadCharacter(text, ref position);
                if (previous is not { } character)
                {
                    return null;
                }

                result._ranges.Add((character, character));
            }
        }

        if (position >= text.Length)
        {
            return null;
        }

        text = text[(position + 1)..];
        return result;
    }

    /// <param name="character">A character.</param>
    /// <param name="otherCase">The same character in the other letter case, or again if case matters.</param>
    public bool Contains(int character, int otherCase) => (Lists(character) || Lists(otherCase)) != _isNegated;

    private bool Lists(int character) =>
        _ranges.Exists(range => range.First <= character && character <= range.Last)
        || _named.Exists(named => named(character));

    private void AddRange(int first, int last)
    {
        if (first > last)
        {
            ReversedRange = (first, last);
        }

        _ranges.Add((first, last));
    }

    private static int? ReadCharacter(ReadOnlySpan<int> text, ref int position)
    {
        if (text[position] == '\\')
        {
            position++;
        }

        return position < text.Length ? text[position] : null;
    }

    /// <returns>The name in <c>[:name:]</c>; null if the text is something else that starts like it.</returns>
    private static string? FindName(ReadOnlySpan<int> text)
    {
        var length = text.IndexOf(']');
        return length < 0 ? ""
            : length >= 3 && text[length - 1] == ':' ? string.Concat(text[2..(length - 1)].ToArray().Select(Format))
            : null;
    }

    /// <summary>
    /// The names are ASCII. Other numbers need not be characters: bytes, or halves of a surrogate pair.
    /// </summary>
    private static char Format(int character) => character <= '\x7f' ? (char)character : '\ufffd';

    /// <summary>The classes of POSIX in the C locale, for which git has only ASCII characters.</summary>
    private static Func<int, bool>? FindNamed(string name) =>
        name switch
        {
            "alnum" => character => IsLetter(character) || IsDigit(character),
            "alpha" => IsLetter,
            "blank" => character => character is ' ' or '\t',
            "cntrl" => character => character is < ' ' or '\x7f',
            "digit" => IsDigit,
            "graph" => character => character is > ' ' and < '\x7f',
            "lower" => character => character is >= 'a' and <= 'z',
            "print" => character => character is >= ' ' and < '\x7f',
            "punct" => character => character is > ' ' and < '\x7f' && !IsLetter(character) && !IsDigit(character),
            "space" => character => character is ' ' or '\t' or '\n' or '\r',
            "upper" => character => character is >= 'A' and <= 'Z',
            "xdigit" => character => IsDigit(character) || character is (>= 'a' and <= 'f') or (>= 'A' and <= 'F'),
            _ => null,
        };

    private static bool IsLetter(int character) => character is (>= 'a' and <= 'z') or (>= 'A' and <= 'Z');

    private static bool IsDigit(int character) => character is >= '0' and <= '9';
}
