using Microsoft.Extensions.FileSystemGlobbing;
using Serverless.Assets.Client;
using Serverless.Assets.Diagnostics;
using Serverless.Assets.Files;
using Serverless.Assets.Mapping;
using Serverless.Assets.Settings;

namespace Serverless.Assets.Validation;

/// <summary>
/// Keeps files from being published by mistake: files that look like secrets are an error unless private, and source
/// code, settings, and images with GPS data are a warning. The user accepts files by name or path with
/// <c>ServerlessAssetsAllow</c>.
/// </summary>
/// <remarks>
/// In a published <c>wwwroot</c>, source maps are intended to be public, and the settings of a Blazor app must be.
/// Settings are reported only if <see cref="SettingsSecretFinder"/> finds a secret in them.
/// </remarks>
/// <param name="settings">
/// Their patterns of file names or paths are accepted; those of a config file do not apply to secrets.
/// </param>
/// <param name="webRoot">Full path of the published <c>wwwroot</c>, or null if there is none.</param>
/// <param name="problems">Receives a diagnostic for each file that is not accepted.</param>
internal sealed class SecretGuard(SettingValues settings, string? webRoot, DiagnosticBag problems)
{
    /// <summary>Name of the web root in a project. The published folder may have another name.</summary>
    private const string WebRootName = "wwwroot";

    private static readonly Matcher Secrets = CreateMatcher(".env*", "*.pem", "*.pfx", "*.p12", "*.key", "id_rsa*");
    private static readonly Matcher SourcesAndSettings = CreateMatcher(
        "appsettings*.json",
        "*.cs",
        "*.map",
        "*.csproj",
        "*.props",
        "*.targets",
        "*.sln",
        "*.slnx"
    );

    private static readonly Matcher SettingsFiles = CreateMatcher("appsettings*.json");
    private static readonly Matcher SourceMaps = CreateMatcher("*.map");

    private readonly Matcher _allowed = CreateMatcher(settings.Get(SettingTable.Allow));

    /// <param name="files">The mapped files.</param>
    /// <param name="cancellationToken">Checked between files.</param>
    public void Check(IReadOnlyList<MappedFile> files, CancellationToken cancellationToken = default)
    {
        // A file with several paths is checked once.
        foreach (var file in files.DistinctBy(file => (file.File, file.Visibility)))
        {
            cancellationToken.ThrowIfCancellationRequested();
            Check(file);
        }
    }

    /// <summary>Whether a file, or the target of a link, has a name that secrets have.</summary>
    /// <param name="file">Full path.</param>
    public static bool LooksLikeSecret(string file) =>
        Secrets.Match(Path.GetFileName(file)).HasMatches || Secrets.Match(GetTargetName(file)).HasMatches;

    private void Check(MappedFile file)
    {
        if (file.Visibility == Visibility.Private)
        {
            return;
        }

        var name = Path.GetFileName(file.File);
        var isSecret = LooksLikeSecret(file.File);
        if (IsAllowed(file))
        {
            if (isSecret && settings.IsFromConfigFile(SettingTable.Allow))
            {
                problems.Add(
                    ConfigurationDiagnostics.ConfigAllowsSecret(
                        settings.Project.ConfigFile!,
                        file.DisplayPath,
                        file.Visibility
                    )
                );
            }
        }
        else if (isSecret)
        {
            problems.Add(DiscoveryDiagnostics.LooksLikeSecret(file.DisplayPath, file.Visibility, file.File));
        }
        else if (file.Visibility == Visibility.Public && SourcesAndSettings.Match(name).HasMatches)
        {
            CheckSource(file, name);
        }
        else if (ImageLocation.HasGps(file.File))
        {
            problems.Add(DiscoveryDiagnostics.ImageHasLocation(file.DisplayPath, file.Visibility, file.File));
        }
    }

    private void CheckSource(MappedFile file, string name)
    {
        if (
            GetPathInWebRoot(file) is null
            || !(SourceMaps.Match(name).HasMatches || SettingsFiles.Match(name).HasMatches)
        )
        {
            problems.Add(DiscoveryDiagnostics.SourceWouldBePublic(file.DisplayPath, file.File));
        }
        else if (SettingsFiles.Match(name).HasMatches && SettingsSecretFinder.FindSecret(file.File) is { } key)
        {
            problems.Add(DiscoveryDiagnostics.PublishedSettingsHoldSecret(file.DisplayPath, key, file.File));
        }
    }

    /// <summary>
    /// Matches the file name, the path from the project, and the path in <c>wwwroot</c> of a published file. For a file
    /// outside the project, the leading <c>../</c> segments are ignored.
    /// </summary>
    private bool IsAllowed(MappedFile file) =>
        _allowed.Match(Path.GetFileName(file.File)).HasMatches
        || _allowed.Match(TrimParentSegments(file.DisplayPath)).HasMatches
        || (GetPathInWebRoot(file) is { } path && _allowed.Match(path).HasMatches);

    /// <returns><c>wwwroot/…</c>, or null if the file is not in the published <c>wwwroot</c>.</returns>
    private string? GetPathInWebRoot(MappedFile file) =>
        webRoot is not null && PathResolver.Contains(webRoot, file.File)
            ? $"{WebRootName}/{Path.GetRelativePath(webRoot, file.File).Replace('\\', '/')}"
            : null;

    private static string TrimParentSegments(string path) =>
        path.StartsWith("../", StringComparison.Ordinal) ? TrimParentSegments(path[3..]) : path;

    /// <summary>The name of the file itself, or of the link's target: a link may have a harmless name.</summary>
    private static string GetTargetName(string file) =>
        Path.GetFileName(new FileInfo(file).LinkTarget is null ? file : PathResolver.Resolve(file));

    /// <summary>A pattern without a slash matches in every folder, as in a gitignore file.</summary>
    private static Matcher CreateMatcher(params IReadOnlyList<string> patterns)
    {
        var matcher = new Matcher(StringComparison.OrdinalIgnoreCase);
        foreach (
            var pattern in patterns
                .Select(pattern => pattern.Replace('\\', '/').Trim())
                .Where(pattern => pattern.Length > 0)
        )
        {
            matcher.AddInclude(pattern.Contains('/') ? TrimParentSegments(pattern.TrimStart('/')) : $"**/{pattern}");
        }

        return matcher;
    }
}
