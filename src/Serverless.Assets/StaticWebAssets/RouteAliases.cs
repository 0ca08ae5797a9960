using Serverless.Assets.Client;
using Serverless.Assets.Diagnostics;
using Serverless.Assets.Files;
using Serverless.Assets.Mapping;

namespace Serverless.Assets.StaticWebAssets;

/// <summary>Which routes, besides the paths of the files, become assets of their own.</summary>
internal enum FingerprintedPaths
{
    /// <summary>Routes that a page, style sheet or script of the site refers to.</summary>
    Referenced,

    /// <summary>All routes, for pages that another server generates.</summary>
    All,

    /// <summary>No routes.</summary>
    None,
}

/// <summary>
/// Finds the paths of a published site that differ from its file names. For these, an ASP.NET Core server returns a
/// file with another name, for example without its fingerprint, or the start page. The service needs an asset at each
/// such path.
/// </summary>
/// <param name="site">The user's settings.</param>
/// <param name="endpoints">The content of the endpoints file.</param>
/// <param name="files">Reads the pages, style sheets and scripts of the site.</param>
/// <param name="problems">Receives a diagnostic for an unreadable file.</param>
internal sealed class RouteAliases(
    PublishedSite site,
    IReadOnlyList<StaticWebAssetEndpoint> endpoints,
    IFileSystem files,
    DiagnosticBag problems
)
{
    private const string IndexPage = "index.html";

    /// <summary>The value that means an empty list, because an empty property has its default value.</summary>
    private const string NoPath = "None";

    /// <param name="mapped">All files of the site, because its pages may refer to each other's files.</param>
    /// <param name="cancellationToken">Checked between files.</param>
    /// <returns>The files to add. If a file is already mapped to such a path, that file is kept.</returns>
    public IReadOnlyList<MappedFile> Find(IReadOnlyList<MappedFile> mapped, CancellationToken cancellationToken)
    {
        var usedPaths = mapped.Select(file => file.Path).ToHashSet(StringComparer.OrdinalIgnoreCase);
        var byFullPath = mapped
            .Where(file => file.Visibility != Visibility.Private)
            .DistinctBy(file => file.File, PathResolver.Comparer)
            .ToDictionary(file => file.File, PathResolver.Comparer);
        var aliases = new List<MappedFile>();
        foreach (var endpoint in FindRoutes(mapped, cancellationToken))
        {
            Add(endpoint.AssetFile, "/" + endpoint.Route);
        }

        foreach (var path in site.IndexPaths.Where(path => !path.Equals(NoPath, StringComparison.OrdinalIgnoreCase)))
        {
            Add(IndexPage, "/" + path.Trim().TrimStart('/'));
        }

        return aliases;

        void Add(string relativePath, string path)
        {
            if (
                byFullPath.TryGetValue(Path.GetFullPath(relativePath, site.Folder), out var file) && usedPaths.Add(path)
            )
            {
                aliases.Add(file with { Path = path });
            }
        }
    }

    private IEnumerable<StaticWebAssetEndpoint> FindRoutes(
        IReadOnlyList<MappedFile> mapped,
        CancellationToken cancellationToken
    )
    {
        if (site.FingerprintedPaths == FingerprintedPaths.None)
        {
            return [];
        }

        // A route with a parameter, such as the fallback of a single-page application, is not a path.
        var routes = endpoints
            .Where(endpoint =>
                endpoint.Route != endpoint.AssetFile && !endpoint.IsCompressed && !endpoint.Route.Contains('{')
            )
            .ToList();
        if (site.FingerprintedPaths == FingerprintedPaths.All || routes.Count == 0)
        {
            return routes;
        }

        var referenced = ReferencedFiles.Find(
            mapped,
            routes.Select(GetFileName).ToHashSet(StringComparer.Ordinal),
            files,
            problems,
            cancellationToken
        );
        return routes.Where(route =>
            route.Fingerprint is null
                ? referenced.PagesContain(GetFileName(route))
                : referenced.Contains(GetFileName(route))
        );
    }

    private static string GetFileName(StaticWebAssetEndpoint endpoint) =>
        endpoint.Route[(endpoint.Route.LastIndexOf('/') + 1)..];
}
