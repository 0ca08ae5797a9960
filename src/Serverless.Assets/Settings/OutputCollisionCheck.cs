using Serverless.Assets.Client;
using Serverless.Assets.Deployment;
using Serverless.Assets.Diagnostics;
using Serverless.Assets.Files;
using Serverless.Assets.Manifest;
using Serverless.Assets.Services;
using Serverless.Assets.State;

namespace Serverless.Assets.Settings;

/// <summary>Finds settings that would make a run replace a file that it needs, or that another setting names.</summary>
internal static class OutputCollisionCheck
{
    private static readonly PathSetting[] Outputs =
    [
        SettingTable.ManifestPath,
        SettingTable.ReportPath,
        SettingTable.SummaryPath,
        SettingTable.OutputsPath,
    ];

    private static readonly PathSetting[] Folders = [SettingTable.StatePath, SettingTable.EmulatorData];

    /// <returns>An error for each setting that needs another path.</returns>
    public static IReadOnlyList<Diagnostic> FindProblems(SettingValues settings)
    {
        var problems = new List<Diagnostic>();
        var project = PathResolver.Resolve(settings.Project.Directory);
        foreach (var setting in Outputs.Concat(Folders).Where(settings.IsFromConfigFile))
        {
            var path = settings.GetFullPath(setting)!;
            if (GitFolder.Contains(project, PathResolver.Resolve(path)))
            {
                problems.Add(ConfigurationDiagnostics.OutputNotAllowed(setting, path, "in the folder .git"));
            }
        }

        var own = GetOwnFiles(settings);
        var outputs = new Dictionary<string, Setting>();
        foreach (var setting in Outputs)
        {
            if (settings.GetFullPath(setting) is not { } path || IsStream(path))
            {
                continue;
            }

            var key = PathResolver.GetComparisonKey(PathResolver.Resolve(path));
            if (own.TryGetValue(key, out var name))
            {
                problems.Add(ConfigurationDiagnostics.OutputNotAllowed(setting, path, name));
            }
            else if (!outputs.TryAdd(key, setting))
            {
                problems.Add(ConfigurationDiagnostics.OutputsCollide(setting, path, outputs[key]));
            }
        }

        return problems;
    }

    /// <summary>The other files that a run reads or writes, with their names for a message.</summary>
    private static Dictionary<string, string> GetOwnFiles(SettingValues settings)
    {
        var files = new Dictionary<string, string>();
        Add(settings.Project.ConfigFile, "the config file");
        foreach (var manifest in ServiceParts.GetManifestPaths(settings))
        {
            if (manifest != settings.ManifestPath)
            {
                Add(manifest, "the manifest of another Service");
            }

            Add(manifest + ManifestFile.PreviousSuffix, "the previous manifest");
            foreach (var record in RecordFiles.GetPaths(manifest))
            {
                Add(record, "a result file next to the manifest");
            }
        }

        var journal = Path.Combine(settings.StatePath, UploadState.FileName);
        Add(journal, "the upload state");
        Add(journal + Journal.LockSuffix, "the upload state");
        return files;

        void Add(string? path, string name)
        {
            if (path is not null)
            {
                files.TryAdd(PathResolver.GetComparisonKey(PathResolver.Resolve(path)), name);
            }
        }
    }

    /// <summary>Whether the path is that of a terminal or a pipe, which several settings can name.</summary>
    private static bool IsStream(string path) => FileStatus.GetKind(path) is not (FileKind.Regular or FileKind.None);
}
