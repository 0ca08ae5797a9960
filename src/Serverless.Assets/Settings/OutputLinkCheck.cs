using Serverless.Assets.Deployment;
using Serverless.Assets.Diagnostics;
using Serverless.Assets.Files;
using Serverless.Assets.Manifest;
using Serverless.Assets.Services;

namespace Serverless.Assets.Settings;

/// <summary>
/// Finds symbolic links through which a run would write outside the project. A link can come from someone else, as a
/// config file can, so a run writes through one that leads out only if the user named its path, on the command line or
/// in a project file.
/// </summary>
internal sealed class OutputLinkCheck
{
    private static readonly EnumerationOptions AllEntries = new() { AttributesToSkip = 0 };

    private readonly SettingValues _settings;
    private readonly DiagnosticBag _problems = [];
    private readonly string _project;

    private OutputLinkCheck(SettingValues settings)
    {
        _settings = settings;
        _project = PathResolver.Resolve(settings.Project.Directory);
    }

    /// <param name="accepted">The settings that the operation uses.</param>
    /// <returns>An error for each link.</returns>
    public static IReadOnlyList<Diagnostic> FindProblems(SettingValues settings, IEnumerable<Setting> accepted)
    {
        var check = new OutputLinkCheck(settings);
        var used = accepted.ToHashSet();
        if (used.Contains(SettingTable.ManifestPath))
        {
            check.CheckManifest();
        }

        if (used.Contains(SettingTable.StatePath))
        {
            check.CheckFolder(SettingTable.StatePath, settings.StatePath);
        }

        if (settings.Get(SettingTable.Emulator))
        {
            var setting = settings.IsGiven(SettingTable.EmulatorData)
                ? SettingTable.EmulatorData
                : SettingTable.StatePath;
            check.CheckFolder(setting, EmulatorDefaults.GetDataDirectory(settings));
        }

        return check._problems;
    }

    private void CheckManifest()
    {
        var setting = SettingTable.ManifestPath;
        var roots = GetRoots(setting, Path.GetDirectoryName(_settings.ManifestPath)!);
        foreach (var manifest in ServiceParts.GetManifestPaths(_settings))
        {
            if (!IsNamedByUser(setting) || manifest != _settings.ManifestPath)
            {
                Check(setting, manifest, roots);
            }

            foreach (var file in RecordFiles.GetPaths(manifest).Prepend(manifest + ManifestFile.PreviousSuffix))
            {
                Check(setting, file, roots);
            }
        }
    }

    /// <summary>Checks a folder and the links directly in it.</summary>
    private void CheckFolder(PathSetting setting, string folder)
    {
        folder = Path.TrimEndingDirectorySeparator(folder);
        var roots = GetRoots(setting, folder);
        if (!IsNamedByUser(setting) && !Check(setting, folder, roots))
        {
            return;
        }

        if (Directory.Exists(folder))
        {
            foreach (var entry in new DirectoryInfo(folder).EnumerateFileSystemInfos("*", AllEntries))
            {
                if (entry.LinkTarget is not null)
                {
                    Check(setting, entry.FullName, roots);
                }
            }
        }
    }

    /// <returns>Whether the path is one that a run may write to.</returns>
    private bool Check(PathSetting setting, string path, IReadOnlyList<string> roots)
    {
        var target = PathResolver.Resolve(path);
        var root = roots.FirstOrDefault(root => PathResolver.Contains(root, target));
        var leadsToGit = root is not null && GitFolder.Contains(root, target) && !GitFolder.Contains(path);
        if (root is not null && !leadsToGit)
        {
            return true;
        }

        _problems.Add(ConfigurationDiagnostics.OutputLinkLeadsOut(path, target, _settings.Project.Directory, setting));
        return false;
    }

    private bool IsNamedByUser(Setting setting) => _settings.IsGiven(setting) && !_settings.IsFromConfigFile(setting);

    /// <param name="folder">The folder that is written to.</param>
    /// <returns>The full paths, without links, of the folders in which a run may write.</returns>
    private IReadOnlyList<string> GetRoots(Setting setting, string folder) =>
        IsNamedByUser(setting) ? [_project, PathResolver.Resolve(folder)]
        : _settings.IsFromConfigFile(setting) && Path.GetDirectoryName(_settings.Project.ConfigFile) is { } config
            ? [_project, PathResolver.Resolve(config)]
        : [_project];
}
