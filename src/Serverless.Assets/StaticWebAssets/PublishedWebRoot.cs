using Serverless.Assets.Diagnostics;
using Serverless.Assets.Discovery;
using Serverless.Assets.Files;
using Serverless.Assets.Mapping;

namespace Serverless.Assets.StaticWebAssets;

/// <summary>The output of <c>dotnet publish</c> for a web project, as the user asked to collect it.</summary>
internal sealed record PublishedSite
{
    /// <summary>Full path of the published <c>wwwroot</c>.</summary>
    public required string Folder { get; init; }

    /// <summary>Full path of the SDK's <c>….staticwebassets.endpoints.json</c>. The file need not exist.</summary>
    public string EndpointsFile { get; init; } = "";

    /// <summary>Whether to include compressed copies, such as <c>site.css.br</c> beside <c>site.css</c>.</summary>
    public bool IncludeCompressed { get; init; }

    public FingerprintedPaths FingerprintedPaths { get; init; }

    /// <summary>Additional URL paths for the folder's <c>index.html</c>.</summary>
    public IReadOnlyList<string> IndexPaths { get; init; } = [];

    /// <summary>Whether <see cref="Folder"/> may be missing.</summary>
    public bool IsOptional { get; init; }
}

/// <summary>
/// The part of the collection that exists only for web projects: it selects the files of the published <c>wwwroot</c>
/// that belong to the site, and adds the paths for which an ASP.NET Core server would return one of these files.
/// </summary>
internal sealed class PublishedWebRoot
{
    private const int MaxPathsInSummary = 5;

    private readonly PublishedSite _site;
    private readonly IReadOnlyList<StaticWebAssetEndpoint> _endpoints;

    private PublishedWebRoot(PublishedSite site, IReadOnlyList<StaticWebAssetEndpoint> endpoints)
    {
        _site = site;
        _endpoints = endpoints;
        Source = Directory.Exists(site.Folder) ? new FolderSource(site.Folder, [], []) : null;
    }

    /// <summary>The folder to search, or null if it does not exist.</summary>
    public FolderSource? Source { get; }

    public static PublishedWebRoot Open(PublishedSite site, IFileSystem files, DiagnosticBag problems)
    {
        if (!site.IsOptional && !Directory.Exists(site.Folder))
        {
            problems.Add(DiscoveryDiagnostics.PublishedFolderNotFound(site.Folder));
        }

        return new PublishedWebRoot(site, EndpointsFile.Read(site.EndpointsFile, files, problems));
    }

    /// <summary>Removes compressed copies and stale files.</summary>
    /// <param name="found">The files of all sources. Only those of <see cref="Source"/> are affected.</param>
    public PublishedFileSelection Select(IReadOnlyList<DiscoveredFile> found)
    {
        var published = found.Where(file => ReferenceEquals(file.Source, Source)).ToList();
        var filter = new PublishedFileFilter(_site, published.Select(file => file.RelativePath), _endpoints);
        var compressed = published.Where(file => filter.IsCompressedCopy(file.RelativePath)).ToHashSet();
        var stale = published
            .Where(file => !compressed.Contains(file) && filter.IsStale(file.RelativePath))
            .ToHashSet();
        return new PublishedFileSelection(
            [.. found.Where(file => !compressed.Contains(file) && !stale.Contains(file))],
            published.Count - compressed.Count - stale.Count,
            compressed.Count,
            stale.Count
        );
    }

    /// <summary>Adds the paths that differ from the file names.</summary>
    /// <param name="selection">What was discovered, for the summary.</param>
    /// <param name="mapped">The mapped files of all sources.</param>
    /// <param name="files">Reads the pages, style sheets and scripts of the site.</param>
    /// <param name="problems">Receives a diagnostic for an invalid setting or an unreadable file.</param>
    /// <param name="cancellationToken">Checked between files.</param>
    /// <returns>The mapped files and the added ones, sorted by path (ordinal).</returns>
    public MappedFiles AddAliases(
        PublishedFileSelection selection,
        IReadOnlyList<MappedFile> mapped,
        IFileSystem files,
        DiagnosticBag problems,
        CancellationToken cancellationToken
    )
    {
        var aliases = new RouteAliases(_site, _endpoints, files, problems).Find(mapped, cancellationToken);
        var paths =
            string.Join(", ", aliases.Take(MaxPathsInSummary).Select(alias => alias.Path))
            + (aliases.Count > MaxPathsInSummary ? ", …" : "");
        SanitizedText summary =
            $"Serverless assets: published wwwroot: {selection.Selected} files; "
            + $"additional paths: {aliases.Count}{(aliases.Count > 0 ? $" ({paths})" : "")}; "
            + $"skipped: {selection.Compressed} compressed copies, {selection.Stale} files of earlier publishes";
        return new MappedFiles([.. mapped.Concat(aliases).OrderBy(file => file.Path, StringComparer.Ordinal)], summary);
    }
}

/// <summary>The discovered files without those that do not belong to a published site.</summary>
/// <param name="Files">The remaining files of all sources.</param>
/// <param name="Selected">Number of published files that remain.</param>
/// <param name="Compressed">Number of compressed copies that were removed.</param>
/// <param name="Stale">Number of files of earlier publishes that were removed.</param>
internal sealed record PublishedFileSelection(
    IReadOnlyList<DiscoveredFile> Files,
    int Selected,
    int Compressed,
    int Stale
);
