using Serverless.Assets.Diagnostics;
using Serverless.Assets.Discovery;
using Serverless.Assets.Files;
using Serverless.Assets.Mapping;

namespace Serverless.Assets.StaticWebAssets;

/// <summary>A published <c>wwwroot</c> on its way through the collection: a folder to look through, what of it is left out, and the paths that come on top.</summary>
internal sealed class PublishedSource
{
    private const int MostPathsNamed = 5;

    private readonly PublishedSite _site;
    private readonly IReadOnlyList<StaticWebRoute> _routes;
    private readonly IFileSystem _files;
    private readonly DiagnosticBag _problems;
    private int _taken;
    private int _compressed;
    private int _earlier;

    private PublishedSource(
        PublishedSite site,
        IReadOnlyList<StaticWebRoute> routes,
        IFileSystem files,
        DiagnosticBag problems
    )
    {
        _site = site;
        _routes = routes;
        _files = files;
        _problems = problems;
        Sources = Directory.Exists(site.Folder) ? [new FolderSource(site.Folder, [], [])] : [];
    }

    /// <summary>The folder; none when it does not exist.</summary>
    public IReadOnlyList<AssetSource> Sources { get; }

    public static PublishedSource Open(PublishedSite site, IFileSystem files, DiagnosticBag problems)
    {
        if (!site.IsOptional && !Directory.Exists(site.Folder))
        {
            problems.Add(DiscoveryDiagnostics.PublishedFolderNotFound(site.Folder));
        }

        return new PublishedSource(site, StaticWebRoutes.Read(site.EndpointsFile, files, problems), files, problems);
    }

    /// <summary>What was taken and left out, in one line; after <see cref="WithExtraPaths"/>.</summary>
    public SanitizedText Summary { get; private set; } = $"";

    /// <param name="found">Of all sources.</param>
    public IReadOnlyList<DiscoveredFile> WithoutLeftOut(IReadOnlyList<DiscoveredFile> found)
    {
        var files = found.Where(IsPublished).ToList();
        var published = new PublishedFiles(_site, files, _routes);
        var compressed = files.Where(file => published.IsCompressedCopy(file.RelativePath)).ToHashSet();
        var earlier = files
            .Where(file => !compressed.Contains(file) && published.IsOfEarlierPublish(file.RelativePath))
            .ToHashSet();
        _taken = files.Count - compressed.Count - earlier.Count;
        _compressed = compressed.Count;
        _earlier = earlier.Count;
        return [.. found.Where(file => !compressed.Contains(file) && !earlier.Contains(file))];
    }

    /// <param name="assets">Of all sources.</param>
    /// <returns>Sorted by path, ordinal.</returns>
    public List<LocalAsset> WithExtraPaths(List<LocalAsset> assets, CancellationToken cancellationToken)
    {
        var extra = new RouteAliases(_site, _routes, _files, _problems).Of(assets, cancellationToken);
        var named =
            string.Join(", ", extra.Take(MostPathsNamed).Select(asset => asset.Path))
            + (extra.Count > MostPathsNamed ? ", …" : "");
        Summary =
            $"Serverless assets: the published wwwroot has {_taken} files; more paths: {extra.Count}{(extra.Count > 0 ? $" ({named})" : "")}; left out: {_compressed} compressed copies, {_earlier} files of earlier publishes";
        return extra is [] ? assets : [.. assets.Concat(extra).OrderBy(asset => asset.Path, StringComparer.Ordinal)];
    }

    private bool IsPublished(DiscoveredFile file) => Sources.Contains(file.Source, ReferenceEqualityComparer.Instance);
}
