namespace Serverless.Assets.Emulator.Hosting;

/// <summary>
/// Files and folders that no other user can read: 0600 and 0700 on Unix. On Windows, they inherit the access rights of
/// the folder above, which for a user's own folders exclude other users.
/// </summary>
internal static class PrivateFiles
{
    private const UnixFileMode File = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    private const UnixFileMode Folder = File | UnixFileMode.UserExecute;

    /// <summary>Creates a folder. Does not change an existing one.</summary>
    public static void CreateFolder(string path)
    {
        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(path);
        }
        else
        {
            Directory.CreateDirectory(path, Folder);
        }
    }

    /// <summary>Opens a file, for exclusive access by default. Restricts the permissions of an existing one.</summary>
    /// <exception cref="IOException">
    /// It is a link, which can lead to the file of someone else, or a pipe, or can't be opened.
    /// </exception>
    public static FileStream Open(string path, FileMode mode, FileShare share = FileShare.None)
    {
        if (new FileInfo(path).LinkTarget is not null)
        {
            throw new IOException($"'{path}' is a symbolic link");
        }

        var options = new FileStreamOptions
        {
            Mode = mode,
            Access = FileAccess.ReadWrite, // to open a pipe for one of the two would wait for the other end
            Share = share,
            BufferSize = 0,
        };
        if (!OperatingSystem.IsWindows() && mode != FileMode.Open)
        {
            options.UnixCreateMode = File;
        }

        var file = new FileStream(path, options);
        try
        {
            if (!file.CanSeek)
            {
                throw new IOException($"'{path}' is a pipe");
            }

            if (!OperatingSystem.IsWindows())
            {
                System.IO.File.SetUnixFileMode(file.SafeFileHandle, File);
            }

            return file;
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    /// <summary>Restricts the permissions of an existing file or folder.</summary>
    public static void Restrict(string path)
    {
        if (!OperatingSystem.IsWindows())
        {
            System.IO.File.SetUnixFileMode(path, Directory.Exists(path) ? Folder : File);
        }
    }
}
