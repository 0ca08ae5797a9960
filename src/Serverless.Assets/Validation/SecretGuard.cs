using Microsoft.Extensions.FileSystemGlobbing;
using Serverless.Assets.Client;
using Serverless.Assets.Diagnostics;
using Serverless.Assets.Discovery;
using Serverless.Assets.Mapping;

namespace Serverless.Assets.Validation;

/// <summary>
/// Stops what nobody should see: files that look like secrets (an error unless private), sources and settings that would
/// go public, and photographs that tell where they were taken (warnings). <c>ServerlessAssetsAllow</c> lets through what
/// it names, by file name or by path.
/// </summary>
/// <remarks>
/// A published <c>wwwroot</c> is what a web project gives to everyone. Its source maps are meant to be there, and the
/// settings of a Blazor app have to be: they are warned of for what is in them.
/// </remarks>
/// <param name="webRoot">Full path of the published <c>wwwroot</c>; null: there is none.</param>
internal sealed class SecretGuard(IReadOnlyList<string> allow, string? webRoot, List<Diagnostic> problems)
{
    /// <summary>What the web root is called in a project, whatever folder it is published to.</summary>
    private const string WebRootName = "wwwroot";

    private static readonly Matcher Secrets = Names(".env*", "*.pem", "*.pfx", "*.p12", "*.key", "id_rsa*");
    private static readonly Matcher SourcesAndSettings = Names(
        "appsettings*.json",
        "*.cs",
        "*.map",
        "*.csproj",
        "*.props",
        "*.targets",
        "*.sln",
        "*.slnx"
    );

    private static readonly Matcher Settings = Names("appsettings*.json");
    private static readonly Matcher SourceMaps = Names("*.map");

    private readonly Matcher _allowed = Names(allow);

    public void Check(LocalAsset asset)
    {
        if (asset.Visibility == Visibility.Private || IsAllowed(asset))
        {
            return;
        }

        var name = Path.GetFileName(asset.File);
        if (Secrets.Match(name).HasMatches || Secrets.Match(RealNameOf(asset.File)).HasMatches)
        {
            problems.Add(DiscoveryDiagnostics.LooksLikeSecret(asset.DisplayPath, asset.Visibility, asset.File));
        }
        else if (asset.Visibility == Visibility.Public && SourcesAndSettings.Match(name).HasMatches)
        {
            CheckSource(asset, name);
        }
        else if (Photograph.TellsPlace(asset.File))
        {
            problems.Add(DiscoveryDiagnostics.PhotographTellsPlace(asset.DisplayPath, asset.Visibility, asset.File));
        }
    }

    private void CheckSource(LocalAsset asset, string name)
    {
        if (PathInWebRoot(asset) is null || !(SourceMaps.Match(name).HasMatches || Settings.Match(name).HasMatches))
        {
            problems.Add(DiscoveryDiagnostics.SourceGoesPublic(asset.DisplayPath, asset.File));
        }
        else if (Settings.Match(name).HasMatches && PublishedSettings.FindSecret(asset.File) is { } key)
        {
            problems.Add(DiscoveryDiagnostics.PublishedSettingsHoldSecret(asset.DisplayPath, key, asset.File));
        }
    }

    /// <summary>By its name, or by its path from the project (of a published file, that which it has in the project, too); of a file outside the project, without what leads out.</summary>
    private bool IsAllowed(LocalAsset asset) =>
        _allowed.Match(Path.GetFileName(asset.File)).HasMatches
        || _allowed.Match(WithoutWayOut(asset.DisplayPath)).HasMatches
        || (PathInWebRoot(asset) is { } path && _allowed.Match(path).HasMatches);

    /// <returns><c>wwwroot/…</c>; null when the file was not published.</returns>
    private string? PathInWebRoot(LocalAsset asset) =>
        webRoot is not null && PathResolver.Contains(webRoot, asset.File)
            ? $"{WebRootName}/{Path.GetRelativePath(webRoot, asset.File).Replace('\\', '/')}"
            : null;

    private static string WithoutWayOut(string path) =>
        path.StartsWith("../", StringComparison.Ordinal) ? WithoutWayOut(path[3..]) : path;

    /// <summary>A link of a harmless name may lead to a secret.</summary>
    private static string RealNameOf(string file) =>
        Path.GetFileName(new FileInfo(file).LinkTarget is null ? file : PathResolver.Of(file));

    /// <summary>A pattern without a folder matches in every folder, as in a gitignore file.</summary>
    private static Matcher Names(params IReadOnlyList<string> patterns)
    {
        var matcher = new Matcher(StringComparison.OrdinalIgnoreCase);
        foreach (
            var pattern in patterns
                .Select(pattern => pattern.Replace('\\', '/').Trim())
                .Where(pattern => pattern.Length > 0)
        )
        {
            matcher.AddInclude(pattern.Contains('/') ? WithoutWayOut(pattern.TrimStart('/')) : $"**/{pattern}");
        }

        return matcher;
    }
}
