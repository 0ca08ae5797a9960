using System.Text.Json;
using System.Text.Json.Serialization;
using Serverless.Assets.Emulator.Control;

namespace Serverless.Assets.Emulator.Hosting;

/// <summary>
/// The data folder of an emulator, locked until this object is disposed. <c>emulator.json</c> contains the address of
/// the emulator. It remains if the process is killed, so only the lock indicates whether an emulator is running.
/// </summary>
internal sealed class DataFolder : IDisposable
{
    private const string LockName = "emulator.lock";
    private const string RunningName = "emulator.json";

    private readonly FileStream _lock;
    private readonly string _running;

    private DataFolder(string root, FileStream fileLock)
    {
        _lock = fileLock;
        _running = Path.Combine(root, RunningName);
        DatabasePath = Path.Combine(root, "emulator.db");
        ContentPath = Path.Combine(root, "content");
    }

    public string DatabasePath { get; }

    public string ContentPath { get; }

    /// <exception cref="DataFolderInUseException">Another emulator uses the folder.</exception>
    public static DataFolder Open(string root)
    {
        root = Path.GetFullPath(root);
        Directory.CreateDirectory(root);
        var folder = new DataFolder(root, Lock(root));
        File.Delete(folder._running); // left by an emulator that was killed
        return folder;
    }

    /// <summary>Publishes the emulator's URL.</summary>
    public void Announce(Uri url) =>
        File.WriteAllBytes(
            _running,
            JsonSerializer.SerializeToUtf8Bytes(
                new RunningEmulator(url.GetLeftPart(UriPartial.Authority), Environment.ProcessId),
                ControlJson.Default.RunningEmulator
            )
        );

    public void Dispose()
    {
        File.Delete(_running);
        _lock.Dispose();
    }

    private static FileStream Lock(string root)
    {
        try
        {
            // On Unix, FileShare.Read would not lock out a second writer.
            return new FileStream(
                Path.Combine(root, LockName),
                FileMode.OpenOrCreate,
                FileAccess.ReadWrite,
                FileShare.None
            );
        }
        catch (IOException)
        {
            throw new DataFolderInUseException(root, FindRunningUrl(root));
        }
    }

    private static string? FindRunningUrl(string root)
    {
        try
        {
            var json = File.ReadAllBytes(Path.Combine(root, RunningName));
            return JsonSerializer.Deserialize(json, ControlJson.Default.RunningEmulator)?.Url;
        }
        catch (Exception exception) when (exception is IOException or JsonException)
        {
            return null; // the emulator is still starting
        }
    }
}

/// <summary>The content of <c>emulator.json</c>. A newer emulator may add fields.</summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Skip)]
internal sealed record RunningEmulator(string Url, int Pid);

/// <summary>Another emulator uses the data folder.</summary>
internal sealed class DataFolderInUseException(string folder, string? url)
    : IOException($"The data folder {folder} is in use by an emulator at {url ?? "an unknown address"}.");
