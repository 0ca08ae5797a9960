namespace Serverless.Assets.Emulator.Hosting;

/// <summary>The data folder can't be used. The message has one line: the folder, the reason and the remedy.</summary>
internal class DataFolderException(string message, Exception? innerException = null)
    : IOException(message, innerException)
{
    private const string OrOther = "or choose another data folder.";

    /// <param name="path">The folder, in the data folder or itself, that could not be created or changed.</param>
    public static DataFolderException ForFolder(string folder, string path, Exception failure) =>
        Create(folder, path, FindFileInTheWay(path), failure);

    /// <param name="path">The file in the data folder that could not be created, opened or changed.</param>
    public static DataFolderException ForFile(string folder, string path, Exception failure) =>
        Create(folder, path, Directory.Exists(path) ? $"'{path}' is a folder" : null, failure);

    /// <summary>Whether another process has locked the file.</summary>
    public static bool IsSharingViolation(IOException failure) =>
        OperatingSystem.IsWindows()
            ? failure.HResult is unchecked((int)0x80070020) or unchecked((int)0x80070021)
            : failure.HResult is 11 or 35; // EWOULDBLOCK on Linux and on macOS

    private static DataFolderException Create(string folder, string path, string? inTheWay, Exception failure)
    {
        var (reason, remedy) = inTheWay is null ? Explain(path, failure) : (inTheWay, $"Move it, {OrOther}");
        return new DataFolderException($"The data folder {folder} can't be used: {reason}. {remedy}", failure);
    }

    private static (string Reason, string Remedy) Explain(string path, Exception failure) =>
        failure is UnauthorizedAccessException
            ? ($"access to '{path}' is denied", $"Correct the permissions or the owner, {OrOther}")
        : failure is PathTooLongException ? ("the path is too long", "Choose a data folder with a shorter path.")
        : IsReadOnly(failure) ? ("the file system is read-only", "Choose a data folder on one that can be written to.")
        : IsFull(failure) ? ("the disk is full, or your quota of it", $"Free some space, {OrOther}")
        : (failure.Message.ReplaceLineEndings(" ").TrimEnd('.', ' '), $"Correct this, {OrOther}");

    /// <summary>Finds a file where a folder should be: at the path or above it.</summary>
    private static string? FindFileInTheWay(string path)
    {
        for (var folder = path; folder is not null; folder = Path.GetDirectoryName(folder))
        {
            if (File.Exists(folder))
            {
                return $"'{folder}' is a file";
            }
        }

        return null;
    }

    private static bool IsReadOnly(Exception failure) =>
        failure.HResult == (OperatingSystem.IsWindows() ? unchecked((int)0x80070013) : 30); // EROFS

    private static bool IsFull(Exception failure) =>
        OperatingSystem.IsWindows()
            ? failure.HResult is unchecked((int)0x80070070) or unchecked((int)0x80070027)
            : failure.HResult is 28 or 122 or 69; // ENOSPC, and EDQUOT on Linux and on macOS
}

/// <summary>Another emulator uses the data folder.</summary>
internal sealed class DataFolderInUseException(string folder, string? url)
    : DataFolderException($"The data folder {folder} is in use by an emulator at {url ?? "an unknown address"}.");
