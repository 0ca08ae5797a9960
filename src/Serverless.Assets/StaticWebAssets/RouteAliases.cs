using Serverless.Assets.Client;
using Serverless.Assets.Diagnostics;
using Serverless.Assets.Discovery;
using Serverless.Assets.Files;
using Serverless.Assets.Mapping;

namespace Serverless.Assets.StaticWebAssets;

/// <summary>
/// The paths of a published site beyond those of its files. A server of ASP.NET Core answers routes that no file is named
/// after, and sends its start page where nothing else is; a service of files needs an asset at each such path.
/// </summary>
internal sealed class RouteAliases(
    PublishedSite site,
    IReadOnlyList<StaticWebRoute> routes,
    IFileSystem files,
    List<Diagnostic> problems
)
{
    private const string IndexPage = "index.html";

    /// <summary>What a property says that is to be empty: an empty one has its default.</summary>
    private const string NoPath = "None";

    /// <param name="assets">The whole site: its pages may refer to each other's files.</param>
    /// <returns>The assets to add. A file of its own at such a path wins.</returns>
    public IReadOnlyList<LocalAsset> Of(IReadOnlyList<LocalAsset> assets, CancellationToken cancellationToken)
    {
        var taken = assets.Select(asset => asset.Path).ToHashSet(StringComparer.OrdinalIgnoreCase);
        var byFile = assets
            .Where(asset => asset.Visibility != Visibility.Private)
            .DistinctBy(asset => asset.File)
            .ToDictionary(asset => asset.File, StringComparer.FromComparison(PathResolver.Comparison));
        var extra = new List<LocalAsset>();
        foreach (var route in Answered(assets, cancellationToken))
        {
            Add(route.AssetFile, "/" + route.Route);
        }

        foreach (var path in site.IndexPaths.Where(path => !path.Equals(NoPath, StringComparison.OrdinalIgnoreCase)))
        {
            Add(IndexPage, "/" + path.Trim().TrimStart('/'));
        }

        return extra;

        void Add(string file, string path)
        {
            if (byFile.TryGetValue(FullPathOf(file), out var asset) && taken.Add(path))
            {
                extra.Add(asset with { Path = path });
            }
        }
    }

    private IEnumerable<StaticWebRoute> Answered(IReadOnlyList<LocalAsset> assets, CancellationToken cancellationToken)
    {
        if (site.FingerprintedPaths == FingerprintedPaths.None)
        {
            return [];
        }

        // A route with a parameter is no path: the fallback of a single-page application is one.
        var others = routes
            .Where(route => route.Route != route.AssetFile && !route.IsEncoded && !route.Route.Contains('{'))
            .ToList();
        if (site.FingerprintedPaths == FingerprintedPaths.All || others.Count == 0)
        {
            return others;
        }

        var named = ReferencedFiles.In(
            assets,
            others.Select(NameOf).ToHashSet(StringComparer.Ordinal),
            files,
            problems,
            cancellationToken
        );
        return others.Where(route =>
            route.Fingerprint is null ? named.PagesContain(NameOf(route)) : named.Contains(NameOf(route))
        );
    }

    private string FullPathOf(string file) => Path.GetFullPath(file, site.Folder);

    private static string NameOf(StaticWebRoute route) => route.Route[(route.Route.LastIndexOf('/') + 1)..];
}
