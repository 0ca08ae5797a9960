using System.Buffers;
using Serverless.Assets.Files;

namespace Serverless.Assets.State;

/// <summary>
/// An append-only file of <see cref="JournalLine"/>s. A crash loses at most the line being written. Several processes
/// can share a journal: each append holds a lock file for microseconds, and first removes the incomplete line that a
/// crashed writer may have left.
/// </summary>
internal sealed class Journal(string path, IFileSystem files, TimeProvider clock)
{
    /// <summary>The suffix of the lock file's path.</summary>
    public const string LockSuffix = ".lock";

    public const int FormatVersion = 1;

    /// <summary>In bytes; much more than a journal has before it is compacted.</summary>
    private const int MaxLength = 256 * 1024 * 1024;

    /// <summary>
    /// How long to wait for another process, which holds the lock for microseconds unless it compacts.
    /// </summary>
    private static readonly TimeSpan LockTimeout = TimeSpan.FromSeconds(2);

    /// <summary>The time span of entries that a power failure can lose. A process crash loses none.</summary>
    private static readonly TimeSpan SyncInterval = TimeSpan.FromSeconds(1);

    private readonly Lock _lock = new();
    private long _lastSync = clock.GetTimestamp();

    public string Path { get; } = path;

    /// <summary>Reads all intact lines.</summary>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public JournalContents Read()
    {
        lock (_lock)
        {
            using var gate = AcquireLock();
            return files.Exists(Path) ? Parse(ReadBytes()) : JournalContents.Empty;
        }
    }

    /// <exception cref="IOException">The file cannot be written, for example because the disk is full.</exception>
    public void Append(params IReadOnlyList<JournalEntry> entries)
    {
        lock (_lock)
        {
            using var gate = AcquireLock();
            using var stream = files.OpenExclusive(Path);
            RemoveIncompleteLine(stream);
            if (stream.Position == 0)
            {
                stream.Write(JournalLine.Write(new JournalEntry { Version = FormatVersion }));
            }

            stream.Write(Serialize(entries));
            if (clock.GetElapsedTime(_lastSync) >= SyncInterval)
            {
                Sync(stream);
            }
        }
    }

    /// <summary>Flushes all entries to the disk.</summary>
    public void Sync()
    {
        lock (_lock)
        {
            using var gate = AcquireLock();
            using var stream = files.OpenExclusive(Path);
            Sync(stream);
        }
    }

    /// <summary>Replaces the journal with a shorter one.</summary>
    /// <param name="compact">Receives the current contents, including lines of other processes.</param>
    public void Rewrite(Func<JournalContents, IEnumerable<JournalEntry>> compact)
    {
        lock (_lock)
        {
            using var gate = AcquireLock();
            var contents = files.Exists(Path) ? Parse(ReadBytes()) : JournalContents.Empty;
            files.WriteAtomically(
                Path,
                Serialize(compact(contents).Prepend(new JournalEntry { Version = FormatVersion }))
            );
        }
    }

    private static ReadOnlySpan<byte> Serialize(IEnumerable<JournalEntry> entries)
    {
        var lines = new ArrayBufferWriter<byte>();
        foreach (var entry in entries)
        {
            lines.Write(JournalLine.Write(entry));
        }

        return lines.WrittenSpan;
    }

    private static JournalContents Parse(byte[] bytes)
    {
        var entries = new List<JournalEntry>();
        var broken = 0;
        var start = 0;
        while (start < bytes.Length)
        {
            var length = bytes.AsSpan(start).IndexOf((byte)'\n');
            if (length < 0)
            {
                break; // truncated by a crash; the next append removes it
            }

            if (JournalLine.Read(bytes.AsSpan(start, length)) is { } entry)
            {
                entries.Add(entry);
            }
            else
            {
                broken++;
            }

            start += length + 1;
        }

        // The first writer may have crashed while writing the first line.
        var isNew = JournalLine.Write(new JournalEntry { Version = FormatVersion }).AsSpan().StartsWith(bytes);
        return !isNew && entries.FirstOrDefault()?.Version != FormatVersion
            ? JournalContents.Unreadable
            : new JournalContents(entries.Skip(1).ToList(), broken, IsUnreadable: false);
    }

    private byte[] ReadBytes()
    {
        using var stream = files.OpenExclusive(Path);
        if (stream.Length > MaxLength)
        {
            throw new IOException($"it is larger than {MaxLength / (1024 * 1024)} MB");
        }

        var bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
        return bytes;
    }

    private static void RemoveIncompleteLine(FileStream stream)
    {
        var end = stream.Length;
        var last = new byte[1];
        while (end > 0)
        {
            stream.Position = end - 1;
            stream.ReadExactly(last);
            if (last[0] == '\n')
            {
                break;
            }

            end--;
        }

        if (end < stream.Length)
        {
            stream.SetLength(end);
        }

        stream.Position = end;
    }

    private void Sync(FileStream stream)
    {
        stream.Flush(flushToDisk: true);
        _lastSync = clock.GetTimestamp();
    }

    private FileStream AcquireLock()
    {
        var started = clock.GetTimestamp();
        while (true)
        {
            try
            {
                return files.OpenExclusive(Path + LockSuffix);
            }
            catch (IOException failure)
                when (LockedFile.IsHeldByAnother(failure) && clock.GetElapsedTime(started) < LockTimeout)
            {
                Thread.Sleep(Random.Shared.Next(1, 5));
            }
        }
    }
}
