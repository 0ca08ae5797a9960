using System.Text.Json;

namespace Serverless.Assets.Emulator.Hosting;

/// <summary>
/// The folder of one emulator, locked for as long as this object lives. <c>emulator.json</c> tells others where the
/// running one listens; the lock, not that file, tells whether there is one, because a killed process cannot clean up.
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
        Database = Path.Combine(root, "emulator.db");
        Content = Path.Combine(root, "content");
    }

    public string Database { get; }

    public string Content { get; }

    /// <exception cref="DataFolderInUseException">Another emulator has it.</exception>
    public static DataFolder Open(string root)
    {
        root = Path.GetFullPath(root);
        Directory.CreateDirectory(root);
        var folder = new DataFolder(root, Lock(root));
        File.Delete(folder._running); // that of one that was killed
        return folder;
    }

    public void Announce(Uri url)
    {
        using var file = File.Create(_running);
        using var json = new Utf8JsonWriter(file);
        json.WriteStartObject();
        json.WriteString("url", url.GetLeftPart(UriPartial.Authority));
        json.WriteNumber("pid", Environment.ProcessId);
        json.WriteEndObject();
    }

    public void Dispose()
    {
        File.Delete(_running);
        _lock.Dispose();
    }

    private static FileStream Lock(string root)
    {
        try
        {
            // FileShare.None and not Read: on Unix only None locks out a second writer.
            return new FileStream(
                Path.Combine(root, LockName),
                FileMode.OpenOrCreate,
                FileAccess.ReadWrite,
                FileShare.None
            );
        }
        catch (IOException)
        {
            throw new DataFolderInUseException(root, UrlOfRunning(root));
        }
    }

    private static string? UrlOfRunning(string root)
    {
        try
        {
            using var json = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(root, RunningName)));
            return json.RootElement.GetProperty("url").GetString();
        }
        catch (Exception problem) when (problem is IOException or JsonException or KeyNotFoundException)
        {
            return null; // it holds the lock and listens a moment later
        }
    }
}
