using Microsoft.Extensions.FileSystemGlobbing;
using Serverless.Assets.Diagnostics;
using Serverless.Assets.Discovery;
using Serverless.Assets.Mapping;

namespace Serverless.Assets.Validation;

/// <summary>
/// Stops what nobody should see: files that look like secrets (an error unless private), sources and settings that would
/// go public, and photographs that tell where they were taken (warnings). <c>ServerlessAssetsAllow</c> lets through what
/// it names, by file name or by path.
/// </summary>
internal sealed class SecretGuard(IReadOnlyList<string> allow, List<Diagnostic> problems)
{
    private static readonly Matcher Secrets = Names(".env*", "*.pem", "*.pfx", "*.p12", "*.key", "id_rsa*");
    private static readonly Matcher SourcesAndSettings = Names("appsettings*.json", "*.cs", "*.map", "*.csproj", "*.props", "*.targets", "*.sln", "*.slnx");

    private readonly Matcher _allowed = Names(allow);

    public void Check(LocalAsset asset)
    {
        if (asset.Visibility == AssetVisibility.Private || IsAllowed(asset))
        {
            return;
        }

        var name = Path.GetFileName(asset.File);
        if (Secrets.Match(name).HasMatches || Secrets.Match(RealNameOf(asset.File)).HasMatches)
        {
            problems.Add(DiscoveryDiagnostics.LooksLikeSecret(asset.DisplayPath, asset.Visibility, asset.File));
        }
        else if (asset.Visibility == AssetVisibility.Public && SourcesAndSettings.Match(name).HasMatches)
        {
            problems.Add(DiscoveryDiagnostics.SourceGoesPublic(asset.DisplayPath, asset.File));
        }
        else if (Photograph.TellsPlace(asset.File))
        {
            problems.Add(DiscoveryDiagnostics.PhotographTellsPlace(asset.DisplayPath, asset.Visibility, asset.File));
        }
    }

    /// <summary>By its name, or by its path from the project; of a file outside the project, without what leads out.</summary>
    private bool IsAllowed(LocalAsset asset) =>
        _allowed.Match(Path.GetFileName(asset.File)).HasMatches || _allowed.Match(WithoutWayOut(asset.DisplayPath)).HasMatches;

    private static string WithoutWayOut(string path) => path.StartsWith("../", StringComparison.Ordinal) ? WithoutWayOut(path[3..]) : path;

    /// <summary>A link of a harmless name may lead to a secret.</summary>
    private static string RealNameOf(string file) =>
        Path.GetFileName(new FileInfo(file).LinkTarget is null ? file : RealPath.Of(file));

    /// <summary>A pattern without a folder matches in every folder, as in a gitignore file.</summary>
    private static Matcher Names(params IReadOnlyList<string> patterns)
    {
        var matcher = new Matcher(StringComparison.OrdinalIgnoreCase);
        foreach (var pattern in patterns.Select(pattern => pattern.Replace('\\', '/').Trim()).Where(pattern => pattern.Length > 0))
        {
            matcher.AddInclude(pattern.Contains('/') ? WithoutWayOut(pattern.TrimStart('/')) : $"**/{pattern}");
        }

        return matcher;
    }
}
