using System.Globalization;
using Serverless.Assets.Emulator.Storage;

namespace Serverless.Assets.Emulator.Hosting;

/// <summary>
/// The data folder of an emulator, locked until this object is disposed. Only its owner can read it.
/// <c>emulator.json</c> contains the address of the emulator. The file remains if the process is killed, so only the
/// lock indicates whether an emulator is running.
/// </summary>
internal sealed class DataFolder : IDisposable
{
    private const string PortName = "emulator.port";
    private const string LockName = "emulator.lock";
    private const string DatabaseName = "emulator.db";
    private const string ContentName = "content";

    private readonly string _root;
    private readonly FileStream _lock;
    private readonly string _running;

    private DataFolder(string root, FileStream fileLock)
    {
        _root = root;
        _lock = fileLock;
        _running = RunningEmulator.GetPath(root);
        PreviousPort = FindPort(Path.Combine(root, PortName));
    }

    /// <summary>
    /// The port of the previous emulator; null if there was none. Runs that still use it, links to the sites and
    /// bookmarks expect the next emulator there.
    /// </summary>
    public ushort? PreviousPort { get; }

    /// <exception cref="DataFolderException">The folder can't be used.</exception>
    /// <exception cref="DataFolderInUseException">Another emulator uses the folder.</exception>
    public static DataFolder Open(string root)
    {
        root = Path.GetFullPath(root);
        try
        {
            PrivateFiles.CreateFolder(root);
            if (Directory.EnumerateFileSystemEntries(root).All(IsOwn))
            {
                PrivateFiles.Restrict(root);
            }
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw DataFolderException.ForFolder(root, root, exception);
        }

        var folder = new DataFolder(root, Lock(root));
        try
        {
            File.Delete(folder._running);
            return folder;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            folder._lock.Dispose();
            throw DataFolderException.ForFile(root, folder._running, exception);
        }
    }

    /// <summary>
    /// Publishes the emulator's URL and the ID that runs need to use the emulator, and records its port for the next one.
    /// </summary>
    /// <exception cref="DataFolderException">A file can't be written.</exception>
    public void Announce(Uri url, string id)
    {
        WritePort(Path.Combine(_root, PortName), url.Port);
        new RunningEmulator(url.GetLeftPart(UriPartial.Authority), Environment.ProcessId, id).Write(_root);
    }

    /// <summary>Opens the database, which no other user can read.</summary>
    /// <exception cref="DataFolderException">The file can't be created or opened.</exception>
    /// <exception cref="IOException">SQLite can't open the file.</exception>
    /// <exception cref="InvalidDataException">The database is not one of this version of the emulator.</exception>
    public Database OpenDatabase()
    {
        var database = Path.Combine(_root, DatabaseName);
        try
        {
            foreach (var file in new[] { $"{database}-wal", $"{database}-shm" })
            {
                if (File.Exists(file))
                {
                    PrivateFiles.Open(file, FileMode.Open).Dispose();
                }
            }

            // SQLite creates the other files with the permissions of the database.
            PrivateFiles.Open(database, FileMode.OpenOrCreate).Dispose();
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw DataFolderException.ForFile(_root, database, exception);
        }

        return DatabaseFile.Open(database);
    }

    /// <summary>Opens the uploaded files, and deletes those that nothing refers to.</summary>
    /// <param name="referenced">The SHA-256 of the files to keep.</param>
    /// <exception cref="DataFolderException">The files can't be changed.</exception>
    public FolderContentStore OpenContents(HashSet<string> referenced)
    {
        var path = Path.Combine(_root, ContentName);
        try
        {
            var contents = new FolderContentStore(path);
            contents.DeleteAllExcept(referenced);
            return contents;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw DataFolderException.ForFolder(_root, path, exception);
        }
    }

    public void Dispose()
    {
        File.Delete(_running);
        _lock.Dispose();
    }

    /// <summary>
    /// Whether the emulator has created a file or folder. If the data folder contains others, its permissions are not
    /// changed: it may be a project or a home folder, which other users may need to read.
    /// </summary>
    private static bool IsOwn(string path) =>
        Path.GetFileName(path) is var name
        && (name == ContentName || name.StartsWith("emulator.", StringComparison.Ordinal));

    /// <returns>Null if the file does not exist or contains anything else.</returns>
    private static ushort? FindPort(string file)
    {
        try
        {
            using var reader = new StreamReader(PrivateFiles.Open(file, FileMode.Open));
            var text = new char[8];
            var length = reader.ReadBlock(text);
            return ushort.TryParse(
                text.AsSpan(0, length),
                NumberStyles.None,
                CultureInfo.InvariantCulture,
                out var port
            )
                ? port
                : null;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    private void WritePort(string file, int port)
    {
        try
        {
            using var writer = new StreamWriter(PrivateFiles.Open(file, FileMode.Create));
            writer.Write(port.ToString(CultureInfo.InvariantCulture));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw DataFolderException.ForFile(_root, file, exception);
        }
    }

    private static FileStream Lock(string root)
    {
        var file = Path.Combine(root, LockName);
        try
        {
            return PrivateFiles.Open(file, FileMode.OpenOrCreate);
        }
        catch (IOException exception) when (DataFolderException.IsSharingViolation(exception))
        {
            throw new DataFolderInUseException(root, RunningEmulator.FindUrl(root));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw DataFolderException.ForFile(root, file, exception);
        }
    }
}
