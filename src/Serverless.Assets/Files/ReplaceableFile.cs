using Serverless.Assets.Client;

namespace Serverless.Assets.Files;

/// <summary>Finds the file that a write to a path replaces.</summary>
internal static class ReplaceableFile
{
    /// <summary>
    /// Folders with links to the open files of a process. Replacing such a file would have no effect on the process
    /// that has it open.
    /// </summary>
    private static readonly string[] OpenFiles = ["/dev/fd/", "/proc/"];

    /// <summary>Follows links, so that a link stays and its target is replaced. The file need not exist.</summary>
    /// <param name="path">Full path.</param>
    /// <exception cref="NotRegularFileException">The path leads to something that must not be replaced.</exception>
    /// <exception cref="IOException">The links form a cycle.</exception>
    public static string Resolve(string path)
    {
        RegularFile.Require(FileStatus.GetKind(path));
        RequireNotOpen(path);
        var file = path;
        for (var links = 0; new FileInfo(file).LinkTarget is { } target; links++)
        {
            if (links == PathResolver.MaxLinks)
            {
                throw new IOException($"'{path}' is a symbolic link that leads to itself");
            }

            file = Path.GetFullPath(target, Path.GetDirectoryName(file)!);
            RequireNotOpen(file);
        }

        return file;
    }

    private static void RequireNotOpen(string path)
    {
        if (!OperatingSystem.IsWindows() && OpenFiles.Any(folder => path.StartsWith(folder, StringComparison.Ordinal)))
        {
            throw new NotRegularFileException(FileKind.CharacterDevice, "an open file of a process");
        }
    }
}
