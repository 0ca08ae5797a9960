using Serverless.Assets.Discovery;

namespace Serverless.Assets.StaticWebAssets;

/// <summary>
/// Which files of a published <c>wwwroot</c> belong to the site. Not compressed copies, because the service compresses by
/// itself; and not what an earlier publish left: the SDK empties no folder, so each build would leave its fingerprinted
/// files there for ever.
/// </summary>
internal sealed class PublishedFiles
{
    private static readonly string[] CompressedExtensions = [".br", ".gz"];

    private readonly bool _includeCompressed;
    private readonly HashSet<string> _names;
    private readonly HashSet<string> _listed;
    private readonly HashSet<string> _fingerprinted;

    /// <param name="found">All files of the folder.</param>
    public PublishedFiles(PublishedSite site, IEnumerable<DiscoveredFile> found, IReadOnlyList<StaticWebRoute> routes)
    {
        _includeCompressed = site.IncludeCompressed;
        _names = found.Select(file => file.RelativePath).ToHashSet(StringComparer.Ordinal);
        _listed = routes.Select(route => route.AssetFile).ToHashSet(StringComparer.Ordinal);
        _fingerprinted = routes
            .Where(route => route.Fingerprint is not null && route.Route == route.AssetFile)
            .Select(route => WithoutFingerprint(route.AssetFile, route.Fingerprint!))
            .ToHashSet(StringComparer.Ordinal);
    }

    /// <summary>Whether it is <c>site.css.br</c> or <c>site.css.gz</c> beside a <c>site.css</c>. Without that it is a file as any other.</summary>
    /// <param name="name">Below the folder, with <c>/</c>.</param>
    public bool IsCompressedCopy(string name) =>
        !_includeCompressed
        && CompressedExtensions.Any(extension =>
            name.EndsWith(extension, StringComparison.OrdinalIgnoreCase) && _names.Contains(name[..^extension.Length])
        );

    /// <summary>Whether its name is that of a file in the list but for the fingerprint, and is not in the list.</summary>
    /// <inheritdoc cref="IsCompressedCopy"/>
    public bool IsOfEarlierPublish(string name)
    {
        if (_fingerprinted.Count == 0 || _listed.Contains(name))
        {
            return false;
        }

        var parts = name[(name.LastIndexOf('/') + 1)..].Split('.');
        return parts
            .Skip(1)
            .Any(part =>
                part.Length > 0
                && part.All(char.IsAsciiLetterOrDigit)
                && _fingerprinted.Contains(WithoutFingerprint(name, part))
            );
    }

    /// <summary>By its folder and length too, so that <c>app.min.js</c> is not taken for a version of <c>app.5fz2kq8w1c.js</c>.</summary>
    private static string WithoutFingerprint(string name, string fingerprint)
    {
        var start = name.LastIndexOf($".{fingerprint}.", StringComparison.Ordinal) + 1;
        return start == 0
            ? name
            : $"{name[..start]}{new string('*', fingerprint.Length)}{name[(start + fingerprint.Length)..]}";
    }
}
