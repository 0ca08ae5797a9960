using System.Text.Json;
using System.Text.Json.Serialization;
using Serverless.Assets.Emulator.Control;

namespace Serverless.Assets.Emulator.Hosting;

/// <summary>
/// The data folder of an emulator, locked until this object is disposed. Only its owner can read it. <c>emulator.json</c>
/// contains the address of the emulator. It remains if the process is killed, so only the lock indicates whether an
/// emulator is running.
/// </summary>
internal sealed class DataFolder : IDisposable
{
    private const string LockName = "emulator.lock";
    private const string RunningName = "emulator.json";
    private const string DatabaseName = "emulator.db";
    private const string ContentName = "content";

    private readonly FileStream _lock;
    private readonly string _running;

    private DataFolder(string root, FileStream fileLock)
    {
        _lock = fileLock;
        _running = Path.Combine(root, RunningName);
        Root = root;
        DatabasePath = Path.Combine(root, DatabaseName);
        ContentPath = Path.Combine(root, ContentName);
        PreviousUrl = FindRunningUrl(root);
    }

    public string Root { get; }

    public string DatabasePath { get; }

    public string ContentPath { get; }

    /// <summary>
    /// The URL of the last emulator, if it was killed or runs were using it when it stopped: they expect the next one at
    /// this address.
    /// </summary>
    public string? PreviousUrl { get; }

    /// <summary>Whether <c>emulator.json</c> remains for <see cref="PreviousUrl"/> of the next emulator.</summary>
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
    public void Announce(Uri url, string id)
    {
        var incomplete = _running + ".new";
        try
        {
            using (var file = PrivateFiles.Open(incomplete, FileMode.Create))
            {
                JsonSerializer.Serialize(
                    file,
                    new RunningEmulator(url.GetLeftPart(UriPartial.Authority), Environment.ProcessId, id),
                    ControlJson.Default.RunningEmulator
                );
            }

            File.Move(incomplete, _running, overwrite: true);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw DataFolderException.ForFile(Root, incomplete, exception);
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
    /// Whether the emulator has created a file or folder. The permissions of a folder with others remain as they are: a
    /// project or the home folder, which other users may have to read.
    /// </summary>
    private static bool IsOwn(string path) =>
        Path.GetFileName(path) is var name
        && (name == ContentName || name.StartsWith("emulator.", StringComparison.Ordinal));

    private static FileStream Lock(string root)
    {
        var file = Path.Combine(root, LockName);
        try
        {
            return PrivateFiles.Open(file, FileMode.OpenOrCreate, FileAccess.ReadWrite);
        }
        catch (IOException exception) when (DataFolderException.IsSharingViolation(exception))
        {
            throw new DataFolderInUseException(root, FindRunningUrl(root));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw DataFolderException.ForFile(root, file, exception);
        }
    }

    private static string? FindRunningUrl(string root)
    {
        try
        {
            var json = File.ReadAllBytes(Path.Combine(root, RunningName));
            return JsonSerializer.Deserialize(json, ControlJson.Default.RunningEmulator)?.Url;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or JsonException)
        {
            return null; // the emulator is still starting
        }
    }
}

/// <summary>The content of <c>emulator.json</c>. A newer emulator may add fields.</summary>
/// <param name="Id">A secret, different for each start.</param>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Skip)]
internal sealed record RunningEmulator(string Url, int Pid, string Id);
