using System.Collections.Frozen;
using System.Text.RegularExpressions;

namespace Serverless.Assets.Client;

/// <summary>
/// The content types of file extensions. <c>content-types.txt</c> lists them and names its sources (IANA and mime-db).
/// </summary>
internal static partial class ContentTypes
{
    /// <summary>The content type of a file whose extension is not known.</summary>
    public const string Unknown = "application/octet-stream";

    internal const string ResourceName = "content-types.txt";

    /// <summary>A token of RFC 9110.</summary>
    private const string Token = "[A-Za-z0-9_!#$%&'*+.^`|~-]+";

    /// <summary>A quoted string of RFC 9110, without escapes.</summary>
    private const string QuotedString = @"""[ !#-\[\]-~]*""";

    private static readonly FrozenDictionary<string, string>.AlternateLookup<ReadOnlySpan<char>> ByExtension = Load()
        .GetAlternateLookup<ReadOnlySpan<char>>();

    /// <param name="fileName">A file name, or a path that ends with one.</param>
    /// <returns>
    /// The media type of the last extension in any letter case, with <c>; charset=utf-8</c> for <c>text/*</c>.
    /// <see cref="Unknown"/> if there is no known extension. A leading dot, as in <c>.gitignore</c>, does not start an
    /// extension.
    /// </returns>
    public static string FromFileName(string fileName)
    {
        var name = Path.GetFileName(fileName.AsSpan());
        var dot = name.LastIndexOf('.');
        return dot > 0 && ByExtension.TryGetValue(name[(dot + 1)..], out var type) ? type : Unknown;
    }

    /// <summary>
    /// Whether a string is a media type of RFC 9110: <c>type/subtype</c> and parameters. Such a string cannot break out
    /// of the header that it is sent in.
    /// </summary>
    public static bool IsValid(string contentType) => MediaType().IsMatch(contentType);

    private static FrozenDictionary<string, string> Load()
    {
        using var stream =
            typeof(ContentTypes).Assembly.GetManifestResourceStream(ResourceName)
            ?? throw new InvalidOperationException(
                $"The resource {ResourceName} is missing from {typeof(ContentTypes).Assembly.FullName}."
            );
        using var reader = new StreamReader(stream);
        var types = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        while (reader.ReadLine() is { } line)
        {
            if (line.StartsWith('#'))
            {
                continue;
            }

            var tab = line.IndexOf('\t', StringComparison.Ordinal);
            var type = line[(tab + 1)..];
            types.Add(
                line[..tab],
                type.StartsWith("text/", StringComparison.Ordinal) ? type + "; charset=utf-8" : type
            );
        }

        return types.ToFrozenDictionary(StringComparer.OrdinalIgnoreCase);
    }

    [GeneratedRegex(
        $@"^{Token}/{Token}([ \t]*;[ \t]*{Token}=({Token}|{QuotedString}))*\z",
        RegexOptions.CultureInvariant
    )]
    private static partial Regex MediaType();
}
