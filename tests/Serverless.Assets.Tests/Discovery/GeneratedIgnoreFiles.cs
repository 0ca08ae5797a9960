using System.Text;

namespace Serverless.Assets.Tests.Discovery;

/// <summary>
/// Ignore files that a generator with a fixed seed composes of everything that the format has, valid or not, and the
/// paths to try them on. The names consist of the few characters that the patterns consist of, so that many match.
/// </summary>
internal sealed class GeneratedIgnoreFiles
{
    private static readonly string[] Atoms =
    [
        "a",
        "b",
        "ab",
        "-",
        "]",
        " ",
        "#",
        "!",
        "é",
        "*",
        "*",
        "**",
        "***",
        "?",
        "/",
        "/",
        "/",
        "**/",
        "/**",
        "/**/",
        "a**b",
        ".txt",
        "\\*",
        "\\a",
        "\\ ",
        "\\#",
        "\\!",
        "\\[",
        "\\\\",
        "\\",
        "[",
    ];

    private static readonly string[] ClassAtoms =
    [
        "a",
        "b",
        "z",
        "-",
        "a-c",
        "z-a",
        "--a",
        "a-",
        "\\]",
        "\\-",
        "\\a-\\c",
        "\\",
        "[",
        "/",
        "!",
        "^",
        "é",
        " ",
        "[:alpha:]",
        "[:digit:]",
        "[:upper:]",
        "[:punct:]",
        "[:space:]",
        "[:alnum:]-z",
        "[:nothing:]",
        "[:alpha",
        "[:a",
        "[:]",
    ];

    private static readonly string[] NameParts =
    [
        "a",
        "b",
        "ab",
        "aab",
        "B",
        "z",
        "-",
        "]",
        "[",
        "#a",
        "!a",
        "a b",
        "a ",
        "1",
        "é",
        "a.txt",
        "b.txt",
        "*",
        "^",
    ];

    private readonly Random _random;

    /// <param name="seed">The same seed gives the same files and paths.</param>
    public GeneratedIgnoreFiles(int seed)
    {
        _random = new Random(seed);
        var paths = Enumerable.Range(0, 60).Select(_ => CreatePath()).Distinct(StringComparer.Ordinal).ToList();
        Paths =
        [
            .. paths.Where(path => !paths.Exists(other => other.StartsWith(path + "/", StringComparison.Ordinal))),
        ];
    }

    /// <summary>Paths of files.</summary>
    public IReadOnlyList<string> Paths { get; }

    /// <summary>Creates the next ignore file, of one to three patterns.</summary>
    public byte[] CreateIgnoreFile()
    {
        var content = new List<byte>();
        if (_random.Next(8) == 0)
        {
            content.AddRange(Encoding.UTF8.Preamble);
        }

        for (var lines = _random.Next(1, 4); lines > 0; lines--)
        {
            content.AddRange(Encoding.UTF8.GetBytes(CreatePattern()));
            if (_random.Next(12) == 0)
            {
                content.Add(0xE9); // é in Latin-1, which is not valid UTF-8
            }

            content.AddRange(Encoding.UTF8.GetBytes(Pick(["\n", "\n", "\r\n", " \n", "\t\n", "\r\r\n"])));
        }

        return [.. content];
    }

    private string CreatePattern()
    {
        var pattern = new StringBuilder(Pick(["", "", "", "/", "!", "**/"]));
        for (var atoms = _random.Next(1, 5); atoms > 0; atoms--)
        {
            pattern.Append(_random.Next(4) == 0 ? CreateClass() : Pick(Atoms));
        }

        return pattern.Append(Pick(["", "", "", "/", "/**", " ", "\\ ", "\\"])).ToString();
    }

    private string CreateClass()
    {
        var characters = new StringBuilder(Pick(["[", "[", "[!", "[^", "[]"]));
        for (var atoms = _random.Next(1, 4); atoms > 0; atoms--)
        {
            characters.Append(Pick(ClassAtoms));
        }

        return characters.Append(Pick(["]", "]", "]", "]", ""])).ToString();
    }

    private string CreatePath() =>
        string.Join('/', Enumerable.Range(0, _random.Next(1, 5)).Select(_ => Pick(NameParts)));

    private string Pick(string[] choices) => choices[_random.Next(choices.Length)];
}
