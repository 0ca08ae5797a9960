using System.Security.Cryptography;
using Serverless.Assets.Emulator.Control;
using Serverless.Assets.Emulator.Faults;
using Serverless.Assets.Emulator.Storage;

namespace Serverless.Assets.Emulator.Hosting;

/// <summary>
/// The objects that live as long as an emulator: the data folder with its stores, the runs that use it, the clock, the
/// fault settings, the statistics and the requests.
/// </summary>
internal sealed class EmulatorState : IDisposable
{
    private readonly CancellationTokenSource _stopping = new();
    private readonly Database _database;

    private EmulatorState(ServerlessEmulatorOptions options, DataFolder? folder, Database database)
    {
        _database = database;
        Options = options;
        Folder = folder;
        Stores = new Stores(database);
        Contents = folder?.OpenContents(Stores.GetContentHashes()) ?? new MemoryContentStore();
        Limiter = new RequestLimiter(options.Clock);
        Stats = new EmulatorStats(options.Clock, Limiter, options.OnCounted);
        Journal = new RequestJournal(options.KeepsRequests);
        RequestLog = new RequestLog();
        Leases = new Leases(options.ExitWhenUnused);
        Faults = new FaultControl(options.Faults);
        Behavior = new BehaviorControl(options.Behavior);
        Clock = new EmulatorClock(options.Clock, Faults);
        Stopping = _stopping.Token;
    }

    public ServerlessEmulatorOptions Options { get; }

    /// <summary>Identifies this start of the emulator.</summary>
    public string Id { get; } = RandomNumberGenerator.GetHexString(32, lowercase: true);

    /// <summary>Null: all data is in memory.</summary>
    public DataFolder? Folder { get; }

    public Stores Stores { get; }

    public IContentStore Contents { get; }

    public RequestLimiter Limiter { get; }

    public EmulatorStats Stats { get; }

    public RequestJournal Journal { get; }

    public RequestLog RequestLog { get; }

    public Leases Leases { get; }

    public FaultControl Faults { get; }

    public BehaviorControl Behavior { get; }

    public EmulatorClock Clock { get; }

    /// <summary>Canceled when the emulator stops.</summary>
    public CancellationToken Stopping { get; }

    /// <exception cref="IOException">
    /// The data folder can't be used, for instance because another emulator uses it.
    /// </exception>
    /// <exception cref="InvalidDataException">The database is not one of this version of the emulator.</exception>
    public static EmulatorState Open(ServerlessEmulatorOptions options)
    {
        var folder = options.InMemory ? null : DataFolder.Open(options.DataDirectory);
        Database? database = null;
        try
        {
            database = folder?.OpenDatabase() ?? DatabaseFile.Open(DatabaseFile.InMemory);
            return new EmulatorState(options, folder, database);
        }
        catch
        {
            database?.Dispose();
            folder?.Dispose();
            throw;
        }
    }

    /// <summary>Deletes all resources, files, requests and statistics, and applies the initial settings.</summary>
    public void Reset()
    {
        Stores.InTransaction(() =>
        {
            var count = Stores.DeleteAll();
            Contents.DeleteAllExcept([]); // in the transaction, so that it deletes nothing of a Service created since
            return count;
        });
        Faults.Settings = Options.Faults;
        Behavior.Current = Options.Behavior;
        Limiter.Reset();
        Stats.Reset();
        Journal.Clear();
        RequestLog.Clear();
    }

    /// <summary>Copies all resources and files.</summary>
    public EmulatorSnapshot CreateSnapshot()
    {
        var (tables, hashes) = Stores.InTransaction(() => (TableRows.ReadAll(_database), Stores.GetContentHashes()));
        return new EmulatorSnapshot(tables, hashes.ToDictionary(hash => hash, ReadContent, StringComparer.Ordinal));
    }

    /// <summary>Replaces all resources and files.</summary>
    public void Restore(EmulatorSnapshot snapshot)
    {
        foreach (var content in snapshot.Contents.Values)
        {
            Contents.Keep(IncomingBytes.Copy(content, contentType: ""));
        }

        Stores.InTransaction(() =>
        {
            TableRows.WriteAll(_database, snapshot.Tables);
            return snapshot;
        });
        Contents.DeleteAllExcept([.. snapshot.Contents.Keys]);
    }

    private byte[] ReadContent(string sha256)
    {
        using var content = Contents.OpenRead(sha256);
        using var bytes = new MemoryStream();
        content.CopyTo(bytes);
        return bytes.ToArray();
    }

    public Task StopAsync() => _stopping.CancelAsync();

    public void Dispose()
    {
        _database.Dispose();
        Folder?.Dispose();
        _stopping.Dispose();
    }
}
