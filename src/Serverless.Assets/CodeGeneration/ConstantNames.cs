using System.Globalization;
using System.Text;

namespace Serverless.Assets.CodeGeneration;

/// <summary>Turns path segments into C# identifiers.</summary>
internal static class ConstantNames
{
    /// <summary>Members of <see cref="object"/>. A constant with such a name would hide the member.</summary>
    private static readonly HashSet<string> InheritedNames = new(StringComparer.Ordinal)
    {
        nameof(Equals),
        nameof(GetHashCode),
        nameof(GetType),
        nameof(ToString),
        nameof(ReferenceEquals),
        "MemberwiseClone",
        "Finalize",
    };

    /// <summary>
    /// The compiler accepts names of up to 511 characters (CS0645). This leaves room for a number that makes them
    /// unique.
    /// </summary>
    private const int MaxLength = 480;

    /// <summary>
    /// Converts a segment to Pascal case: <c>hold-music.mp3</c> becomes <c>HoldMusicMp3</c>. A name that would start
    /// with a digit gets an underscore prefix.
    /// </summary>
    public static string FromSegment(string segment)
    {
        var name = new StringBuilder(segment.Length + 1);
        var startsWord = true;
        foreach (var character in segment)
        {
            if (!char.IsAsciiLetterOrDigit(character))
            {
                startsWord = true;
                continue;
            }

            name.Append(startsWord ? char.ToUpperInvariant(character) : character);
            startsWord = false;
        }

        if (name.Length == 0 || char.IsAsciiDigit(name[0]))
        {
            name.Insert(0, '_');
        }

        return name.Length <= MaxLength ? name.ToString() : name.ToString(0, MaxLength);
    }

    /// <summary>Makes a name unique within its class.</summary>
    /// <param name="name">The preferred name.</param>
    /// <param name="used">The names that are already used. The result is added to it.</param>
    /// <returns>The name, or the first of <c>Name_2</c>, <c>Name_3</c>, … that is not used.</returns>
    public static string MakeUnique(string name, HashSet<string> used)
    {
        var unique = name;
        for (var number = 2; InheritedNames.Contains(unique) || !used.Add(unique); number++)
        {
            unique = string.Create(CultureInfo.InvariantCulture, $"{name}_{number}");
        }

        return unique;
    }
}
