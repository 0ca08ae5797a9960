using System.Buffers;
using System.Text.RegularExpressions;
using Serverless.Assets.Client;
using Serverless.Assets.Diagnostics;
using Serverless.Assets.Files;
using Serverless.Assets.Mapping;

namespace Serverless.Assets.StaticWebAssets;

/// <summary>
/// The file names that occur in the pages, style sheets, scripts and other text files of a site. A name that occurs
/// nowhere is not referenced. The search does not parse the files, so a name may also occur by chance.
/// </summary>
internal sealed partial class ReferencedFiles
{
    private static readonly SearchValues<char> Delimiters = SearchValues.Create(" \t\r\n\"'`<>()[]{},;:=&?#|\\/");

    private static readonly HashSet<string> Pages = new(StringComparer.OrdinalIgnoreCase) { ".html", ".htm" };

    private static readonly HashSet<string> OtherTextExtensions = new(StringComparer.OrdinalIgnoreCase)
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
    private readonly HashSet<string> _inTextFiles = new(StringComparer.Ordinal);

    /// <summary>Whether the name occurs in any text file.</summary>
    public bool Contains(string fileName) => _inTextFiles.Contains(fileName);

    /// <summary>
    /// Whether the name occurs in a page, except in its import map, which also lists names that the browser does not
    /// request.
    /// </summary>
    public bool PagesContain(string fileName) => _inPages.Contains(fileName);

    /// <param name="site">The files to search.</param>
    /// <param name="candidates">The file names to search for.</param>
    /// <param name="files">Reads the files.</param>
    /// <param name="problems">Receives a diagnostic for each file that cannot be read.</param>
    /// <param name="cancellationToken">Checked between files.</param>
    public static ReferencedFiles Find(
        IEnumerable<MappedFile> site,
        HashSet<string> candidates,
        IFileSystem files,
        DiagnosticBag problems,
        CancellationToken cancellationToken
    )
    {
        var referenced = new ReferencedFiles();
        foreach (var file in site)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var extension = Path.GetExtension(file.File);
            var isPage = Pages.Contains(extension);
            if ((isPage || OtherTextExtensions.Contains(extension)) && TryRead(file, files, problems) is { } text)
            {
                AddOccurrences(text, candidates, referenced._inTextFiles);
                if (isPage)
                {
                    AddOccurrences(ImportMap().Replace(text, ""), candidates, referenced._inPages);
                }
            }
        }

        return referenced;
    }

    /// <returns>Null if the file cannot be read, or is so large that no person or bundler wrote it.</returns>
    private static string? TryRead(MappedFile file, IFileSystem files, DiagnosticBag problems)
    {
        try
        {
            if (files.Stat(file.Target) is { Length: > RegularFile.MaxDocument })
            {
                return null; // validation reports the size
            }

            using var stream = files.OpenRead(file.Target);
            using var reader = new StreamReader(RegularFile.Buffer(stream, RegularFile.MaxDocument));
            return reader.ReadToEnd();
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            problems.Add(DiscoveryDiagnostics.FileUnreadable(file.DisplayPath, failure.Message, file.File));
            return null;
        }
    }

    private static void AddOccurrences(ReadOnlySpan<char> text, HashSet<string> candidates, HashSet<string> found)
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
