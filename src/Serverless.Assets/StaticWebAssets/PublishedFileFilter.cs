namespace Serverless.Assets.StaticWebAssets;

/// <summary>
/// Decides which files of a published <c>wwwroot</c> belong to the site. Two kinds do not: compressed copies, because
/// the service compresses responses itself, and stale files, because <c>dotnet publish</c> does not empty the folder
/// and fingerprinted files of earlier publishes would accumulate on the site.
/// </summary>
internal sealed class PublishedFileFilter
{
    private static readonly string[] CompressedExtensions = [".br", ".gz"];

    private readonly bool _includeCompressed;
    private readonly HashSet<string> _files;
    private readonly HashSet<string> _listedFiles;
    private readonly HashSet<string> _fingerprintedNames;

    /// <param name="site">The user's settings.</param>
    /// <param name="files">All files of the folder: paths below it, separated by <c>/</c>.</param>
    /// <param name="endpoints">The content of the endpoints file.</param>
    public PublishedFileFilter(
        PublishedSite site,
        IEnumerable<string> files,
        IReadOnlyList<StaticWebAssetEndpoint> endpoints
    )
    {
        _includeCompressed = site.IncludeCompressed;
        _files = files.ToHashSet(StringComparer.Ordinal);
        _listedFiles = endpoints.Select(endpoint => endpoint.AssetFile).ToHashSet(StringComparer.Ordinal);
        _fingerprintedNames = endpoints
            .Where(endpoint => endpoint.Fingerprint is not null && endpoint.Route == endpoint.AssetFile)
            .Select(endpoint => MaskFingerprint(endpoint.AssetFile, endpoint.Fingerprint!))
            .ToHashSet(StringComparer.Ordinal);
    }

    /// <summary>
    /// Whether the file is a copy such as <c>site.css.br</c> beside <c>site.css</c>. A compressed file without an
    /// original is not a copy.
    /// </summary>
    /// <param name="file">Path below the folder, separated by <c>/</c>.</param>
    public bool IsCompressedCopy(string file) =>
        !_includeCompressed
        && CompressedExtensions.Any(extension =>
            file.EndsWith(extension, StringComparison.OrdinalIgnoreCase) && _files.Contains(file[..^extension.Length])
        );

    /// <summary>
    /// Whether the endpoints file does not list the file, but lists one whose name differs only in the fingerprint.
    /// </summary>
    /// <param name="file">Path below the folder, separated by <c>/</c>.</param>
    public bool IsStale(string file)
    {
        if (_fingerprintedNames.Count == 0 || _listedFiles.Contains(file))
        {
            return false;
        }

        var parts = file[(file.LastIndexOf('/') + 1)..].Split('.');
        return parts
            .Skip(1)
            .Any(part =>
                part.Length > 0
                && part.All(char.IsAsciiLetterOrDigit)
                && _fingerprintedNames.Contains(MaskFingerprint(file, part))
            );
    }

    /// <summary>
    /// Keeps the folder and the fingerprint's length, so that <c>app.min.js</c> is not mistaken for a version of
    /// <c>app.5fz2kq8w1c.js</c>.
    /// </summary>
    private static string MaskFingerprint(string file, string fingerprint)
    {
        var start = file.LastIndexOf($".{fingerprint}.", StringComparison.Ordinal) + 1;
        return start == 0
            ? file
            : $"{file[..start]}{new string('*', fingerprint.Length)}{file[(start + fingerprint.Length)..]}";
    }
}
