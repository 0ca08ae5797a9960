using System.Globalization;
using System.Text;

namespace Serverless.Assets.CodeGeneration;

/// <summary>Makes C# names of the segments of a path.</summary>
internal static class ConstantNames
{
    /// <summary>What each class has from <see cref="object"/>, and may not be hidden in silence.</summary>
    private static readonly HashSet<string> Inherited = new(StringComparer.Ordinal)
    {
        nameof(Equals),
        nameof(GetHashCode),
        nameof(GetType),
        nameof(ToString),
        nameof(ReferenceEquals),
        "MemberwiseClone",
        "Finalize",
    };

    /// <summary><c>hold-music.mp3</c> becomes <c>HoldMusicMp3</c>: each word with a capital, and an underscore before a digit at the beginning.</summary>
    public static string Of(string segment)
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

        return name.ToString();
    }

    /// <summary>Takes the name, or the first of <c>Name_2</c>, <c>Name_3</c>, … that is free.</summary>
    /// <param name="taken">Gets the name. To begin with it holds what may not be used.</param>
    public static string Take(string name, HashSet<string> taken)
    {
        var free = name;
        for (var number = 2; Inherited.Contains(free) || !taken.Add(free); number++)
        {
            free = string.Create(CultureInfo.InvariantCulture, $"{name}_{number}");
        }

        return free;
    }
}
