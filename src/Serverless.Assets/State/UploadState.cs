using System.Collections.Concurrent;
using Serverless.Assets.Client;
using Serverless.Assets.Diagnostics;
using Serverless.Assets.Files;
using Serverless.Assets.Planning;

namespace Serverless.Assets.State;

/// <summary>
/// Records which content was uploaded as which Asset Version, the hash of each file, and the limit on concurrent
/// requests that the last run found. The state is only an
/// optimization: if it is missing, damaged or not writable, files are uploaded again and the run succeeds.
/// </summary>
internal sealed class UploadState : IDisposable
{
    public const string FileName = "uploads.journal";

    /// <summary>A journal with more lines is compacted if most of them are outdated.</summary>
    private const int FewLines = 500;

    private readonly Journal _journal;
    private readonly string _projectDirectory;
    private readonly IFileSystem _files;
    private readonly IAssetLogger _logger;
    private readonly TimeProvider _clock;
    private readonly RememberedUploads _uploads = new();
    private readonly ConcurrentDictionary<AssetKey, RememberedUpload> _assets = new();
    private readonly ConcurrentDictionary<string, RememberedHash> _hashes = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<ConcurrencyKey, RememberedConcurrency> _limits = new();
    private readonly ConcurrentDictionary<string, byte> _filesInUse = new(StringComparer.Ordinal);
    private readonly ConcurrentQueue<JournalEntry> _queued = new();
    private readonly Lock _writing = new();
    private readonly List<JournalEntry> _unwritten = [];
    private int _lines;
    private int _failedToWrite;

    private UploadState(
        Journal journal,
        string projectDirectory,
        IFileSystem files,
        IAssetLogger logger,
        TimeProvider clock
    )
    {
        _journal = journal;
        _projectDirectory = projectDirectory;
        _files = files;
        _logger = logger;
        _clock = clock;
    }

    /// <param name="folder">The full path. Created if it does not exist.</param>
    /// <param name="projectDirectory">The full path; the files are named relative to it.</param>
    public static UploadState Open(
        string folder,
        string projectDirectory,
        IFileSystem files,
        IAssetLogger logger,
        TimeProvider clock
    )
    {
        var journal = new Journal(Path.Combine(folder, FileName), files, clock);
        var state = new UploadState(journal, projectDirectory, files, logger, clock);
        state.Load();
        return state;
    }

    public RememberedUpload? FindUpload(StateKey key) => _uploads.Find(key);

    /// <summary>Whether an upload with another key was recorded as this version.</summary>
    public bool HasOtherUpload(Sid assetVersionSid, StateKey key) => _uploads.HasOther(assetVersionSid, key);

    public void RecordUpload(RememberedUpload upload)
    {
        Remember(upload);
        Append(new JournalEntry { Upload = upload });
    }

    /// <summary>Finds the Asset that an earlier run used for a path, regardless of its content.</summary>
    public Sid? FindAssetSid(AssetKey key) => _assets.GetValueOrDefault(key)?.AssetSid;

    /// <summary>Gets the Service of all uploads, in any account; null if there are none, or those of several Services.</summary>
    public Sid? FindOnlyService()
    {
        var services = _assets.Keys.Select(key => key.ServiceSid).Distinct().Take(2).ToList();
        return services.Count == 1 ? services[0] : null;
    }

    /// <summary>Whether the Assets of all paths are known, in any account.</summary>
    public bool HasAssets(Sid serviceSid, IEnumerable<AssetPath> paths)
    {
        var known = _assets.Keys.Where(key => key.ServiceSid == serviceSid).Select(key => key.Path).ToHashSet();
        return paths.All(known.Contains);
    }

    /// <summary>Records that an Asset Version no longer exists.</summary>
    public void Forget(Sid assetVersionSid)
    {
        _uploads.Forget(assetVersionSid);
        Append(new JournalEntry { Forget = assetVersionSid });
    }

    /// <param name="file">Path relative to the project.</param>
    /// <returns>Null if the file has changed since it was hashed.</returns>
    public ContentHash? FindHash(string file, FileStamp stamp)
    {
        _filesInUse[file] = 0;
        return _hashes.TryGetValue(file, out var remembered) && remembered.Stamp == stamp ? remembered.Hash : null;
    }

    /// <summary>
    /// Records a hash. It is written with the next upload or at the end; if it is lost, the file is hashed again.
    /// </summary>
    public void RecordHash(string file, FileStamp stamp, ContentHash hash)
    {
        var remembered = new RememberedHash(file, stamp, hash);
        _hashes[file] = remembered;
        _filesInUse[file] = 0;
        _queued.Enqueue(new JournalEntry { Hash = remembered });
    }

    /// <summary>Finds the limit on concurrent requests that an earlier run found.</summary>
    /// <param name="user">The user name of the credentials.</param>
    /// <param name="api">The base URL of the API.</param>
    /// <returns>1 to <see cref="RememberedConcurrency.MaxLimit"/>; null if none is known or it is too old.</returns>
    public int? FindConcurrencyLimit(string user, Uri api) =>
        _limits.TryGetValue(ConcurrencyKey.From(user, api), out var remembered)
        && remembered.IsUsable(_clock.GetUtcNow())
            ? remembered.Limit
            : null;

    /// <summary>
    /// Records the limit on concurrent requests that a run found, unless nearly the same is known. It is written with
    /// the next upload or at the end.
    /// </summary>
    /// <param name="limit">A value that <see cref="RememberedConcurrency.IsValid"/> rejects is not recorded.</param>
    public void RecordConcurrencyLimit(string user, Uri api, int limit)
    {
        var key = ConcurrencyKey.From(user, api);
        var now = _clock.GetUtcNow();
        var known = _limits.GetValueOrDefault(key);
        if (RememberedConcurrency.IsValid(limit) && (known is null || known.IsOutdatedBy(limit, now)))
        {
            var found = new RememberedConcurrency(key, limit, now);
            _limits[key] = found;
            _queued.Enqueue(JournalEntry.From(found));
        }
    }

    /// <summary>Flushes all entries to the disk, and compacts the journal if that is worthwhile.</summary>
    public void Flush()
    {
        Write(isLast: true); // pending hashes
        if (_lines == 0 || _failedToWrite > 0)
        {
            return;
        }

        Try(() =>
        {
            var now = _clock.GetUtcNow();
            if (_lines > FewLines && _lines > 2 * CountWorthKeeping(now))
            {
                _journal.Rewrite(contents =>
                {
                    var kept = JournalCompaction.Compact(contents.Entries, now, Exists).ToList();
                    _lines = kept.Count;
                    return kept;
                });
            }
            else
            {
                _journal.Sync();
            }
        });
    }

    public void Dispose() => Flush();

    private int CountWorthKeeping(DateTimeOffset now) =>
        _uploads.All.Count(upload => JournalCompaction.IsWorthKeeping(upload, now)) + _filesInUse.Count;

    private bool Exists(string file) => _files.Exists(Path.Combine(_projectDirectory, file));

    private void Load()
    {
        try
        {
            var contents = _journal.Read();
            if (contents.IsUnreadable || contents.BrokenLines > 0)
            {
                _logger.Warn(
                    contents.IsUnreadable
                        ? StateDiagnostics.StateUnreadable(_journal.Path, "it is not an upload state of this version")
                        : StateDiagnostics.StateDamaged(_journal.Path, contents.BrokenLines)
                );
                _journal.Rewrite(static now => now.Entries); // another process may have appended lines meanwhile
            }

            foreach (var entry in contents.Entries)
            {
                Apply(entry);
            }

            _lines = contents.Entries.Count;
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            _logger.Warn(StateDiagnostics.StateUnreadable(_journal.Path, failure.Message));
            _failedToWrite = 1;
        }
    }

    private void Apply(JournalEntry entry)
    {
        if (entry.Upload is { } upload)
        {
            Remember(upload);
        }

        if (entry.Hash is { } hash)
        {
            _hashes[hash.File] = hash;
        }

        if (entry.Concurrency is { } limit)
        {
            _limits[limit.Key] = limit;
        }

        if (entry.Forget is { } assetVersionSid)
        {
            _uploads.Forget(assetVersionSid);
        }
    }

    private void Remember(RememberedUpload upload)
    {
        _uploads.Add(upload);
        _assets.AddOrUpdate(
            AssetKey.From(upload.Key),
            upload,
            (_, other) => other.KnownAt > upload.KnownAt ? other : upload
        );
    }

    /// <summary>
    /// Returns when the entry is written: what follows must not start before. If another caller is writing, the next one
    /// writes the entries of all that wait, so a burst of responses opens the file twice at most.
    /// </summary>
    private void Append(JournalEntry entry)
    {
        _queued.Enqueue(entry);
        lock (_writing)
        {
            if (!_queued.IsEmpty)
            {
                Write(isLast: false);
            }
        }
    }

    /// <summary>Writes all entries that are not written yet.</summary>
    /// <param name="isLast">
    /// Whether no write follows. Otherwise, the next one writes the entries if this process has too many open files now.
    /// </param>
    private void Write(bool isLast)
    {
        lock (_writing)
        {
            while (_queued.TryDequeue(out var entry))
            {
                _unwritten.Add(entry);
            }

            if (_unwritten.Count == 0 || _failedToWrite > 0)
            {
                return;
            }

            Try(() =>
            {
                try
                {
                    _journal.Append(_unwritten);
                    _lines += _unwritten.Count;
                    _unwritten.Clear();
                }
                catch (IOException failure) when (!isLast && OpenFileLimit.IsCauseOf(failure)) { }
            });
        }
    }

    private void Try(Action write)
    {
        try
        {
            write();
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            if (Interlocked.Exchange(ref _failedToWrite, 1) == 0)
            {
                _logger.Warn(StateDiagnostics.StateNotWritable(_journal.Path, failure.Message));
            }
        }
    }
}
