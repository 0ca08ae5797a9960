using Serverless.Assets.Emulator.Storage;

namespace Serverless.Assets.Emulator.Hosting;

/// <summary>
/// The data folder of an emulator, locked until this object is disposed. Only its owner can read it.
/// <c>emulator.json</c> contains the address of the emulator. The file remains if the process is killed, so only the
/// lock indicates whether an emulator is running.
/// </summary>
internal sealed class DataFolder : IDisposable
{
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
        PreviousUrl = RunningEmulator.FindUrl(root);
    }

    /// <summary>
    /// The URL of the previous emulator, if it was killed or stopped while runs were using it. These runs expect the
    /// next emulator at the same address.
    /// </summary>
    public string? PreviousUrl { get; }

    /// <summary>
    /// Whether <see cref="Dispose"/> leaves <c>emulator.json</c>, so that the next emulator finds the URL in
    /// <see cref="PreviousUrl"/>.
    /// </summary>
    public bool KeepsUrl { get; set; }

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

    /// <summary>Publishes the emulator's URL and the ID that runs need to use the emulator.</summary>
    /// <exception cref="DataFolderException">The file can't be written.</exception>
    public void Announce(Uri url, string id) =>
        new RunningEmulator(url.GetLeftPart(UriPartial.Authority), Environment.ProcessId, id).Write(_root);

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
    public IContentStore OpenContents(HashSet<string> referenced)
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
        if (!KeepsUrl)
        {
            File.Delete(_running);
        }

        _lock.Dispose();
    }

    /// <summary>
    /// Whether the emulator has created a file or folder. If the data folder contains others, its permissions are not
    /// changed: it may be a project or a home folder, which other users may need to read.
    /// </summary>
    private static bool IsOwn(string path) =>
        Path.GetFileName(path) is var name
        && (name == ContentName || name.StartsWith("emulator.", StringComparison.Ordinal));

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
