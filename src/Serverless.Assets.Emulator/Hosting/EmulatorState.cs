using System.Security.Cryptography;
using Serverless.Assets.Emulator.Control;
using Serverless.Assets.Emulator.Faults;
using Serverless.Assets.Emulator.Storage;

namespace Serverless.Assets.Emulator.Hosting;

/// <summary>
/// The objects that live as long as an emulator: the data folder with its stores, the runs that use it, the clock and
/// the fault settings.
/// </summary>
internal sealed class EmulatorState : IDisposable
{
    private readonly CancellationTokenSource _stopping = new();
    private readonly Database _database;

    private EmulatorState(ServerlessEmulatorOptions options, DataFolder folder, Database database)
    {
        _database = database;
        Options = options;
        Folder = folder;
        Stores = new Stores(database);
        Contents = folder.OpenContents(Stores.GetContentHashes());
        Leases = new Leases(options.ExitWhenUnused);
        Faults = new FaultControl(options.Faults);
        Clock = new EmulatorClock(options.Clock, Faults);
        Stopping = _stopping.Token;
    }

    public ServerlessEmulatorOptions Options { get; }

    /// <summary>Identifies this start of the emulator.</summary>
    public string Id { get; } = RandomNumberGenerator.GetHexString(32, lowercase: true);

    public DataFolder Folder { get; }

    public Stores Stores { get; }

    public ContentStore Contents { get; }

    public Leases Leases { get; }

    public FaultControl Faults { get; }

    public EmulatorClock Clock { get; }

    /// <summary>Canceled when the emulator stops.</summary>
    public CancellationToken Stopping { get; }

    /// <exception cref="IOException">
    /// The data folder can't be used, for instance because another emulator uses it.
    /// </exception>
    /// <exception cref="InvalidDataException">The database is not one of this version of the emulator.</exception>
    public static EmulatorState Open(ServerlessEmulatorOptions options)
    {
        var folder = DataFolder.Open(options.DataDirectory);
        Database? database = null;
        try
        {
            database = folder.OpenDatabase();
            return new EmulatorState(options, folder, database);
        }
        catch
        {
            database?.Dispose();
            folder.Dispose();
            throw;
        }
    }

    public Task StopAsync()
    {
        Folder.KeepsUrl = Leases.IsInUse;
        return _stopping.CancelAsync();
    }

    public void Dispose()
    {
        _database.Dispose();
        Folder.Dispose();
        _stopping.Dispose();
    }
}
