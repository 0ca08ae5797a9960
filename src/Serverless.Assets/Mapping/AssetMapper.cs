using System.Text.RegularExpressions;
using Serverless.Assets.Client;
using Serverless.Assets.Diagnostics;
using Serverless.Assets.Discovery;
using Serverless.Assets.Settings;

namespace Serverless.Assets.Mapping;

/// <summary>How to handle characters in a file name that are not allowed in a URL path.</summary>
internal enum PathCharacters
{
    /// <summary>Report an error.</summary>
    Strict,

    /// <summary>
    /// Replace white space with dashes, as in Twilio's Serverless Toolkit. Other invalid characters are an error.
    /// </summary>
    Dash,
}

/// <summary>Maps each file to a URL path, a visibility and a content type.</summary>
/// <param name="settings">How to map.</param>
/// <param name="problems">Receives a diagnostic for each file that cannot be mapped.</param>
internal sealed partial class AssetMapper(SettingValues settings, DiagnosticBag problems)
{
    private readonly PathCharacters _pathCharacters = settings.Get(SettingTable.PathCharacters);
    private readonly bool _readsMarkers = settings.Get(SettingTable.VisibilityFromFileName);

    /// <param name="files">The discovered files.</param>
    /// <param name="cancellationToken">Checked between files.</param>
    /// <returns>The files that could be mapped, sorted by path (ordinal).</returns>
    public IReadOnlyList<MappedFile> Map(IReadOnlyList<DiscoveredFile> files, CancellationToken cancellationToken)
    {
        var mapped = new List<MappedFile>(files.Count);
        foreach (var file in files)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (Map(file) is { } asset)
            {
                mapped.Add(asset);
            }
        }

        return AssetMerger.Merge(mapped);
    }

    /// <returns>Null if the file has an invalid setting. The problem is reported.</returns>
    internal MappedFile? Map(DiscoveredFile file)
    {
        var displayPath = GetDisplayPath(file.FullPath);
        var (relativePath, markedVisibility) = RemoveMarker(file.RelativePath);
        if (
            ReadVisibility(file, displayPath, markedVisibility) is not { } visibility
            || ReadContentType(file, displayPath, relativePath) is not { } contentType
        )
        {
            return null;
        }

        if (
            visibility == Visibility.Public
            && file.Source.Visibility.Length == 0
            && _readsMarkers
            && VisibilityMarker.FindMisplaced(relativePath) is { } marker
        )
        {
            problems.Add(DiscoveryDiagnostics.MarkerWithoutEffect(displayPath, marker, visibility, file.FullPath));
        }

        var path = GetUrlPath(file.Source, relativePath);
        return new MappedFile(file.FullPath, displayPath, path, visibility, contentType, file.Source)
        {
            Target = file.Target,
        };
    }

    private (string RelativePath, Visibility? Visibility) RemoveMarker(string relativePath)
    {
        if (!_readsMarkers)
        {
            return (relativePath, null);
        }

        var nameStart = relativePath.LastIndexOf('/') + 1;
        var (name, visibility) = VisibilityMarker.Remove(relativePath[nameStart..]);
        return (relativePath[..nameStart] + name, visibility);
    }

    private Visibility? ReadVisibility(DiscoveredFile file, string displayPath, Visibility? marked)
    {
        if (file.Source.Visibility.Length == 0)
        {
            return marked ?? Visibility.Public;
        }

        var visibility = Visibilities.Parse(file.Source.Visibility.Trim());
        if (visibility is null)
        {
            problems.Add(DiscoveryDiagnostics.UnknownVisibility(displayPath, file.Source.Visibility, file.FullPath));
        }

        return visibility;
    }

    private string? ReadContentType(DiscoveredFile file, string displayPath, string relativePath)
    {
        if (file.Source is not FileSource { ContentType: { Length: > 0 } contentType })
        {
            return ContentTypes.FromFileName(relativePath);
        }

        if (ContentTypes.IsValid(contentType))
        {
            return contentType;
        }

        problems.Add(DiscoveryDiagnostics.InvalidContentType(displayPath, contentType, file.FullPath));
        return null;
    }

    private string GetUrlPath(AssetSource source, string relativePath)
    {
        var path = source is FileSource { AssetPath: { Length: > 0 } assetPath }
            ? "/" + assetPath.Replace('\\', '/').TrimStart('/')
            : NormalizePrefix(source.PathPrefix) + relativePath;
        return _pathCharacters == PathCharacters.Dash ? WhiteSpace().Replace(path, "-") : path;
    }

    private static string NormalizePrefix(string pathPrefix)
    {
        var trimmed = pathPrefix.Replace('\\', '/').Trim().Trim('/');
        return trimmed.Length == 0 ? "/" : $"/{trimmed}/";
    }

    private string GetDisplayPath(string file)
    {
        var relative = Path.GetRelativePath(settings.Project.Directory, file);
        return Path.DirectorySeparatorChar == '\\' ? relative.Replace('\\', '/') : relative;
    }

    /// <summary>A single character, as in Twilio's Serverless Toolkit: two spaces become two dashes.</summary>
    [GeneratedRegex(@"\s")]
    private static partial Regex WhiteSpace();
}
