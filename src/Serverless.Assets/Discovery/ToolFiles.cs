using Serverless.Assets.Deployment;
using Serverless.Assets.Emulation;
using Serverless.Assets.Files;
using Serverless.Assets.Manifest;
using Serverless.Assets.Services;
using Serverless.Assets.Settings;
using Serverless.Assets.State;

namespace Serverless.Assets.Discovery;

/// <summary>
/// The files that runs of this project read and write, wherever the settings put them: the manifest and the records
/// beside it, reports, the config file, the upload state and the emulator's data.
/// </summary>
internal sealed class ToolFiles
{
    private static readonly string[] StateFiles = [UploadState.FileName, UploadState.FileName + Journal.LockSuffix];

    /// <summary>
    /// What the emulator writes to its data folder. The emulator shares no code with the engine and has its own copy of
    /// these names.
    /// </summary>
    internal static IReadOnlyList<string> EmulatorFiles { get; } =
    ["emulator.db", "emulator.db-shm", "emulator.db-wal", RunningEmulator.FileName, "emulator.lock", "emulator.port"];

    /// <summary>Files that show that a folder is the data folder of an emulator, also of another run.</summary>
    private static readonly string[] EmulatorMarkers = ["emulator.db", "emulator.lock"];

    private const string RecordPrefix = "serverless-assets.";

    private static readonly string[] RecordSuffixes = [".json", ".json" + ManifestFile.PreviousSuffix];

    private readonly string _project;
    private readonly HashSet<string> _files;
    private readonly IReadOnlyList<string> _folders;

    private ToolFiles(string project, IEnumerable<string?> files, IEnumerable<string> folders)
    {
        _project = PathResolver.Resolve(project);
        _files = files.OfType<string>().Select(PathResolver.Resolve).ToHashSet(PathResolver.Comparer);
        _folders = [.. folders.Select(PathResolver.Resolve)];
    }

    /// <param name="request">Its settings contain the paths.</param>
    public static ToolFiles From(CollectRequest request)
    {
        var settings = request.Settings;
        var emulatorData = EmulatorDefaults.GetDataDirectory(settings);
        return new ToolFiles(
            settings.Project.Directory,
            [
                .. ServiceParts
                    .GetManifestPaths(settings)
                    .SelectMany(manifest =>
                        RecordFiles.GetPaths(manifest).Append(manifest).Append(manifest + ManifestFile.PreviousSuffix)
                    ),
                settings.GetFullPath(SettingTable.SummaryPath),
                settings.GetFullPath(SettingTable.OutputsPath),
                settings.GetFullPath(SettingTable.ReportPath),
                settings.Project.ConfigFile,
                .. StateFiles.Select(name => Path.Combine(settings.StatePath, name)),
                .. EmulatorFiles.Select(name => Path.Combine(emulatorData, name)),
                .. request.OutputFiles,
            ],
            [settings.StatePath, emulatorData]
        );
    }

    /// <summary>Whether the settings name the file.</summary>
    /// <param name="file">Full path.</param>
    public bool Contains(string file) => _files.Contains(PathResolver.Resolve(file));

    /// <summary>
    /// Whether a file or folder is one of them. The state and data folders are excluded as a whole only if they are
    /// below the folder that is searched: the user may have set them to a folder that contains the assets.
    /// </summary>
    /// <param name="resolvedRoot">Full path of the folder that is searched, without links.</param>
    /// <param name="resolvedPath">Full path of a file or folder in it, without links.</param>
    /// <param name="isFolder">Whether the path is that of a folder.</param>
    public bool Contains(string resolvedRoot, string resolvedPath, bool isFolder) =>
        _files.Contains(resolvedPath)
        || _folders.Any(folder =>
            !PathResolver.Contains(folder, resolvedRoot) && PathResolver.Contains(folder, resolvedPath)
        )
        || (
            isFolder
                ? Array.TrueForAll(EmulatorMarkers, name => File.Exists(Path.Combine(resolvedPath, name)))
                : HasRecords(resolvedRoot) && IsRecord(Path.GetFileName(resolvedPath))
        );

    /// <summary>
    /// Whether runs with other settings, such as another configuration or output path, may have left their manifests,
    /// records and upload states in the folder.
    /// </summary>
    private bool HasRecords(string resolvedRoot) =>
        PathResolver.Contains(_project, resolvedRoot) || PathResolver.Contains(resolvedRoot, _project);

    private static bool IsRecord(string name) =>
        StateFiles.Contains(name, StringComparer.OrdinalIgnoreCase)
        || name.StartsWith(RecordPrefix, StringComparison.OrdinalIgnoreCase)
            && RecordSuffixes.Any(suffix => name.EndsWith(suffix, StringComparison.OrdinalIgnoreCase));
}
