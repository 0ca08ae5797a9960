using System.Buffers;
using System.Text.RegularExpressions;
using Serverless.Assets.Diagnostics;
using Serverless.Assets.Files;
using Serverless.Assets.Mapping;

namespace Serverless.Assets.StaticWebAssets;

/// <summary>The file names that the texts of a site hold: of whatever a page, style sheet or script refers to, the name is in its text.</summary>
internal sealed partial class ReferencedFiles
{
    private static readonly SearchValues<char> Delimiters = SearchValues.Create(" \t\r\n\"'`<>()[]{},;:=&?#|\\/");

    private static readonly HashSet<string> Pages = new(StringComparer.OrdinalIgnoreCase) { ".html", ".htm" };

    private static readonly HashSet<string> OtherTexts = new(StringComparer.OrdinalIgnoreCase)
    {
        ".css",
        ".js",
        ".mjs",
        ".json",
        ".webmanifest",
        ".svg",
        ".xml",
    };

    private readonly HashSet<string> _inPages = new(StringComparer.Ordinal);
    private readonly HashSet<string> _inTexts = new(StringComparer.Ordinal);

    /// <summary>Whether any text holds it.</summary>
    public bool Contains(string fileName) => _inTexts.Contains(fileName);

    /// <summary>Whether a page holds it outside of its import map, which has names that are not asked for.</summary>
    public bool PagesContain(string fileName) => _inPages.Contains(fileName);

    /// <param name="candidates">The file names that are asked about.</param>
    public static ReferencedFiles In(
        IEnumerable<LocalAsset> assets,
        HashSet<string> candidates,
        IFileSystem files,
        DiagnosticBag problems,
        CancellationToken cancellationToken
    )
    {
        var named = new ReferencedFiles();
        foreach (var asset in assets)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var extension = Path.GetExtension(asset.File);
            var isPage = Pages.Contains(extension);
            if ((isPage || OtherTexts.Contains(extension)) && TryRead(asset, files, problems) is { } text)
            {
                Collect(text, candidates, named._inTexts);
                if (isPage)
                {
                    Collect(ImportMap().Replace(text, ""), candidates, named._inPages);
                }
            }
        }

        return named;
    }

    private static string? TryRead(LocalAsset asset, IFileSystem files, DiagnosticBag problems)
    {
        try
        {
            using var reader = new StreamReader(files.OpenRead(asset.File));
            return reader.ReadToEnd();
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            problems.Add(DiscoveryDiagnostics.FileUnreadable(asset.DisplayPath, failure.Message, asset.File));
            return null;
        }
    }

    private static void Collect(ReadOnlySpan<char> text, HashSet<string> candidates, HashSet<string> found)
    {
        var lookup = candidates.GetAlternateLookup<ReadOnlySpan<char>>();
        foreach (var range in text.SplitAny(Delimiters))
        {
            if (lookup.TryGetValue(text[range], out var name))
            {
                found.Add(name);
            }
        }
    }

    [GeneratedRegex(
        "<script[^>]*\\btype\\s*=\\s*[\"']?importmap\\b.*?</script>",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.Singleline
    )]
    private static partial Regex ImportMap();
}
