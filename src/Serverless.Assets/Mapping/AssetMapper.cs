using System.Text.RegularExpressions;
using Serverless.Assets.Client;
using Serverless.Assets.Diagnostics;
using Serverless.Assets.Discovery;
using Serverless.Assets.Settings;

namespace Serverless.Assets.Mapping;

/// <summary>The second step: gives each file its URL path, visibility and content type.</summary>
internal sealed partial class AssetMapper(SettingValues settings, List<Diagnostic> problems)
{
    private readonly PathCharacters _characters = settings.Get(SettingTable.PathCharacters);
    private readonly bool _readsMarkers = settings.Get(SettingTable.VisibilityFromFileName);

    /// <returns>Null when a problem was added instead.</returns>
    public LocalAsset? Map(DiscoveredFile file)
    {
        var displayPath = DisplayPathOf(file.FullPath);
        var (relativePath, marked) = ReadMarker(file.RelativePath);
        if (
            ReadVisibility(file, displayPath, marked) is not { } visibility
            || ReadContentType(file, displayPath, relativePath) is not { } contentType
        )
        {
            return null;
        }

        if (
            visibility == Visibility.Public
            && file.Source.Visibility.Length == 0
            && _readsMarkers
            && VisibilityMarker.FindMisplaced(relativePath) is { } mark
        )
        {
            problems.Add(DiscoveryDiagnostics.MarkWithoutEffect(displayPath, mark, visibility, file.FullPath));
        }

        var path = PathOf(file.Source, relativePath);
        return new LocalAsset(file.FullPath, displayPath, path, visibility, contentType);
    }

    private (string RelativePath, Visibility? Visibility) ReadMarker(string relativePath)
    {
        if (!_readsMarkers)
        {
            return (relativePath, null);
        }

        var nameStart = relativePath.LastIndexOf('/') + 1;
        var (name, visibility) = VisibilityMarker.Read(relativePath[nameStart..]);
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

        if (MediaType().IsMatch(contentType))
        {
            return contentType;
        }

        problems.Add(DiscoveryDiagnostics.InvalidContentType(displayPath, contentType, file.FullPath));
        return null;
    }

    private string PathOf(AssetSource source, string relativePath)
    {
        var path = source is FileSource { AssetPath: { Length: > 0 } whole }
            ? "/" + whole.Replace('\\', '/').TrimStart('/')
            : PrefixOf(source.PathPrefix) + relativePath;
        return _characters == PathCharacters.Dash ? WhiteSpace().Replace(path, "-") : path;
    }

    private static string PrefixOf(string pathPrefix)
    {
        var trimmed = pathPrefix.Replace('\\', '/').Trim().Trim('/');
        return trimmed.Length == 0 ? "/" : $"/{trimmed}/";
    }

    private string DisplayPathOf(string file)
    {
        var relative = Path.GetRelativePath(settings.Project.Directory, file);
        return Path.DirectorySeparatorChar == '\\' ? relative.Replace('\\', '/') : relative;
    }

    /// <summary>type/subtype and parameters, of RFC 9110's tokens: nothing that could break out of a header.</summary>
    [GeneratedRegex(
        @"^[A-Za-z0-9_!#$%&'*+.^`|~-]+/[A-Za-z0-9_!#$%&'*+.^`|~-]+([ \t]*;[ \t]*[A-Za-z0-9_!#$%&'*+.^`|~-]+=([A-Za-z0-9_!#$%&'*+.^`|~-]+|""[ !#-\[\]-~]*""))*\z",
        RegexOptions.CultureInvariant
    )]
    private static partial Regex MediaType();

    /// <summary>Each white-space character by itself, as the toolkit does: two blanks are two dashes.</summary>
    [GeneratedRegex(@"\s")]
    private static partial Regex WhiteSpace();
}
