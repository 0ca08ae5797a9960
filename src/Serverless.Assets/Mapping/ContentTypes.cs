using System.Collections.Frozen;

namespace Serverless.Assets.Mapping;

/// <summary>The content type that a file name stands for (contract: IANA and mime-db, see content-types.txt).</summary>
internal static class ContentTypes
{
    public const string Unknown = "application/octet-stream";

    internal const string ResourceName = "content-types.txt";

    private static readonly FrozenDictionary<string, string>.AlternateLookup<ReadOnlySpan<char>> ByExtension = Load()
        .GetAlternateLookup<ReadOnlySpan<char>>();

    /// <summary>
    /// The media type of the last extension, whatever its case, with <c>; charset=utf-8</c> for <c>text/*</c>.
    /// <see cref="Unknown"/> when the extension is unknown or the name has none; the name of a dot-file
    /// (<c>.gitignore</c>) is no extension.
    /// </summary>
    /// <param name="fileName">A file name, or a path that ends in one.</param>
    public static string FromFileName(string fileName)
    {
        var name = Path.GetFileName(fileName.AsSpan());
        var dot = name.LastIndexOf('.');
        return dot > 0 && ByExtension.TryGetValue(name[(dot + 1)..], out var type) ? type : Unknown;
    }

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
}
