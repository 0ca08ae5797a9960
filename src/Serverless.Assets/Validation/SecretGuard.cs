using Serverless.Assets.Client;
using Serverless.Assets.Diagnostics;
using Serverless.Assets.Discovery;
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
/// In a published <c>wwwroot</c>, source maps and debug symbols are intended to be public, and the settings of a Blazor app must be.
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

    private static readonly IReadOnlyList<Glob> SourcesAndSettings = CreateGlobs(
        "appsettings*.json",
        "*.cs",
        "*.map",
        "*.pdb",
        "*.csproj",
        "*.props",
        "*.targets",
        "*.sln",
        "*.slnx"
    );

    private static readonly IReadOnlyList<Glob> SettingsFiles = CreateGlobs("appsettings*.json");
    private static readonly IReadOnlyList<Glob> DebugFiles = CreateGlobs("*.map", "*.pdb");

    private readonly IReadOnlyList<Glob> _allowed = CreateGlobs(settings.Get(SettingTable.Allow), problems);

    /// <param name="files">The mapped files. Several are read at once, but problems are reported in their order.</param>
    /// <param name="cancellationToken">Checked between files.</param>
    public void Check(IReadOnlyList<MappedFile> files, CancellationToken cancellationToken = default)
    {
        // A file with several paths is checked once.
        var distinct = files
            .Where(file => file.Visibility != Visibility.Private)
            .DistinctBy(file => (file.File, file.Visibility))
            .ToList();
        var found = new Diagnostic?[distinct.Count];
        Parallel.For(
            0,
            distinct.Count,
            new ParallelOptions { CancellationToken = cancellationToken },
            index => found[index] = Find(distinct[index])
        );
        problems.AddRange(found.OfType<Diagnostic>());
    }

    /// <summary>
    /// Whether a file, or the target of a link, has a name that secrets have, is in the folder of git, where CI systems
    /// leave the token of the checkout, or begins with a private key.
    /// </summary>
    /// <param name="file">Full path.</param>
    /// <param name="target">Full path of the file that is read: a link may have a harmless name.</param>
    public static bool LooksLikeSecret(string file, string target) =>
        SecretName.Matches(Path.GetFileName(file))
        || SecretName.Matches(Path.GetFileName(target))
        || GitFolder.Contains(target)
        || PrivateKeyFile.IsPrivateKey(target);

    private Diagnostic? Find(MappedFile file)
    {
        if (IsAllowed(file))
        {
            return settings.IsFromConfigFile(SettingTable.Allow) && LooksLikeSecret(file.File, file.Target)
                ? ConfigurationDiagnostics.ConfigAllowsSecret(
                    settings.Project.ConfigFile!,
                    file.DisplayPath,
                    file.Visibility
                )
                : null;
        }

        if (LooksLikeSecret(file.File, file.Target))
        {
            return DiscoveryDiagnostics.LooksLikeSecret(file.DisplayPath, file.Visibility, file.File);
        }

        var name = Path.GetFileName(file.File);
        if (file.Visibility == Visibility.Public && Matches(SourcesAndSettings, name))
        {
            return FindInSource(file, name);
        }

        return ImageLocation.HasGps(file.Target)
            ? DiscoveryDiagnostics.ImageHasLocation(file.DisplayPath, file.Visibility, file.File)
            : null;
    }

    private Diagnostic? FindInSource(MappedFile file, string name)
    {
        if (GetPathInWebRoot(file) is null || !(Matches(DebugFiles, name) || Matches(SettingsFiles, name)))
        {
            return DiscoveryDiagnostics.SourceWouldBePublic(file.DisplayPath, file.File);
        }

        return Matches(SettingsFiles, name) && SettingsSecretFinder.FindSecret(file.Target) is { } key
            ? DiscoveryDiagnostics.PublishedSettingsHoldSecret(file.DisplayPath, key, file.File)
            : null;
    }

    /// <summary>
    /// Matches the file name, the path from the project, and the path in <c>wwwroot</c> of a published file. For a file
    /// outside the project, the leading <c>../</c> segments are ignored.
    /// </summary>
    private bool IsAllowed(MappedFile file) =>
        Matches(_allowed, Path.GetFileName(file.File))
        || Matches(_allowed, Glob.TrimParents(file.DisplayPath))
        || (GetPathInWebRoot(file) is { } path && Matches(_allowed, path));

    /// <returns><c>wwwroot/…</c>, or null if the file is not in the published <c>wwwroot</c>.</returns>
    private string? GetPathInWebRoot(MappedFile file) =>
        webRoot is not null && PathResolver.Contains(webRoot, file.File)
            ? $"{WebRootName}/{Path.GetRelativePath(webRoot, file.File).Replace('\\', '/')}"
            : null;

    private static bool Matches(IReadOnlyList<Glob> globs, string path)
    {
        if (globs.Count == 0)
        {
            return false;
        }

        var characters = Glob.GetCharacters(path);
        return globs.Any(glob => glob.Matches(characters));
    }

    private static IReadOnlyList<Glob> CreateGlobs(params IReadOnlyList<string> patterns) =>
        [.. patterns.Select(Glob.ParseNameOrPath)];

    /// <summary>Creates the valid ones, and reports the others.</summary>
    private static List<Glob> CreateGlobs(IReadOnlyList<string> patterns, DiagnosticBag problems)
    {
        var globs = new List<Glob>();
        foreach (var pattern in patterns.Where(pattern => !string.IsNullOrWhiteSpace(pattern)))
        {
            try
            {
                globs.Add(Glob.ParseNameOrPath(pattern));
            }
            catch (FormatException failure)
            {
                problems.Add(DiscoveryDiagnostics.PatternNotValid(pattern, SettingTable.Allow, failure.Message));
            }
        }

        return globs;
    }
}
