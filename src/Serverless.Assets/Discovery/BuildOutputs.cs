using Serverless.Assets.Files;

namespace Serverless.Assets.Discovery;

/// <summary>
/// The folders that builds write to: those of the project, wherever they are, and those of other projects, which are
/// recognized by their location or content. In a folder with a project file, only the files that belong to an assembly. And
/// logs of builds, in any folder.
/// </summary>
internal sealed class BuildOutputs
{
    private const string ProjectExtension = "proj"; // .csproj, .fsproj, .esproj, …

    /// <summary>What NuGet writes to the intermediate folder of every project.</summary>
    private const string IntermediateFile = "project.assets.json";

    /// <summary>What the SDK writes beside the assembly of a project, and publishes with it.</summary>
    private static readonly string[] AssemblyCompanions = [".deps.json", ".runtimeconfig.json"];

    private static readonly string[] AssemblyExtensions = [".dll", ".exe", ".pdb"];

    /// <summary>The ends of other names that begin with the name of an assembly. The program on Unix has none.</summary>
    private static readonly string[] NamesOfAssembly =
    [
        "",
        ".xml",
        .. AssemblyCompanions,
        ".staticwebassets.runtime.json",
        ".staticwebassets.endpoints.json",
    ];

    /// <summary>Logs of builds, which contain the environment variables, and results of tests.</summary>
    private static readonly string[] LogExtensions = [".binlog", ".trx"];

    private static readonly string[] ProjectFolders = ["bin", "obj"];

    /// <summary>Files that show the root of a repository.</summary>
    private static readonly string[] SolutionExtensions = [".sln", ".slnx"];

    private static readonly EnumerationOptions AllEntries = new() { AttributesToSkip = 0 };

    private readonly IReadOnlyList<string> _folders;
    private readonly Dictionary<string, bool> _isOutput = new(PathResolver.Comparer);
    private readonly Dictionary<string, IReadOnlySet<string>> _besideProject = new(PathResolver.Comparer);

    private BuildOutputs(IReadOnlyList<string> folders) => _folders = folders;

    /// <param name="projectDirectory">Full path. Its folders <c>bin</c> and <c>obj</c> are outputs.</param>
    /// <param name="outputFolders">Full paths of the other outputs. They need not exist.</param>
    public static BuildOutputs Find(string projectDirectory, IEnumerable<string> outputFolders)
    {
        var project = PathResolver.Resolve(projectDirectory);

        // A project can write its outputs beside its sources. Then the folder as a whole is not an output.
        return new BuildOutputs([
            .. ProjectFolders
                .Select(name => Path.Combine(project, name))
                .Concat(outputFolders)
                .Select(PathResolver.Resolve)
                .Where(folder => !PathResolver.Contains(folder, project)),
        ]);
    }

    /// <summary>Whether the file or folder is an output of the project, or lies in one.</summary>
    /// <param name="resolvedPath">Full path without links.</param>
    public bool Contains(string resolvedPath) => _folders.Any(folder => PathResolver.Contains(folder, resolvedPath));

    /// <summary>Whether a folder is an output of any project.</summary>
    /// <param name="folder">Full path.</param>
    public bool IsOutput(string folder)
    {
        if (!_isOutput.TryGetValue(folder, out var isOutput))
        {
            var info = new DirectoryInfo(folder);
            isOutput = IsOutputByPlace(info) || IsOutputByContents(info);
            _isOutput.Add(folder, isOutput);
        }

        return isOutput;
    }

    /// <summary>Whether a file is a log of a build, wherever it is, or an output beside a project file.</summary>
    /// <param name="file">Full path.</param>
    public bool IsOutputFile(string file) =>
        LogExtensions.Contains(Path.GetExtension(file), StringComparer.OrdinalIgnoreCase) || IsBesideProject(file);

    /// <summary>A project can write its outputs beside its sources.</summary>
    private bool IsBesideProject(string file)
    {
        var (folder, name) = (Path.GetDirectoryName(file)!, Path.GetFileName(file));
        if (!_besideProject.TryGetValue(folder, out var names))
        {
            names = GetFileNames(new DirectoryInfo(folder)).ToHashSet(PathResolver.Comparer);
            names = names.Any(IsProject) ? names : new HashSet<string>();
            _besideProject.Add(folder, names);
        }

        return names.Count > 0
            && (
                AssemblyExtensions.Contains(Path.GetExtension(name), StringComparer.OrdinalIgnoreCase)
                || NamesOfAssembly.Any(suffix =>
                    name.EndsWith(suffix, StringComparison.OrdinalIgnoreCase)
                    && names.Contains(name[..^suffix.Length] + ".dll")
                )
            );
    }

    /// <summary><c>bin</c> and <c>obj</c> belong to a project, and <c>artifacts</c> to a repository.</summary>
    private static bool IsOutputByPlace(DirectoryInfo folder) =>
        ProjectFolders.Contains(folder.Name, PathResolver.Comparer)
            ? GetFileNames(folder.Parent!).Any(IsProject)
            : folder.Name.Equals("artifacts", PathResolver.Comparison)
                && ProjectFolders.Any(name => Directory.Exists(Path.Combine(folder.FullName, name)))
                && GetFileNames(folder.Parent!).Any(name => IsProject(name) || IsRepository(name));

    private static bool IsOutputByContents(DirectoryInfo folder)
    {
        var names = GetFileNames(folder).ToHashSet(StringComparer.OrdinalIgnoreCase);
        return !names.Any(IsProject)
            && (
                names.Contains(IntermediateFile)
                || names.Any(name =>
                    AssemblyCompanions.Any(suffix =>
                        name.EndsWith(suffix, StringComparison.OrdinalIgnoreCase)
                        && names.Contains(name[..^suffix.Length] + ".dll")
                    )
                )
            );
    }

    private static bool IsProject(string name) =>
        Path.GetExtension(name) is { Length: > 1 } extension
        && extension.EndsWith(ProjectExtension, StringComparison.OrdinalIgnoreCase);

    private static bool IsRepository(string name) =>
        SolutionExtensions.Contains(Path.GetExtension(name), StringComparer.OrdinalIgnoreCase)
        || name.Equals("Directory.Build.props", StringComparison.OrdinalIgnoreCase);

    /// <returns>Empty if the folder cannot be read, which the search reports.</returns>
    private static IEnumerable<string> GetFileNames(DirectoryInfo folder)
    {
        try
        {
            return [.. folder.EnumerateFiles("*", AllEntries).Select(file => file.Name)];
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            return [];
        }
    }
}
