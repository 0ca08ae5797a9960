using Serverless.Assets.Emulator.Faults;
using Serverless.Assets.Emulator.Storage;

namespace Serverless.Assets.Emulator.Hosting;

/// <summary>
/// The objects that live as long as an emulator: the data folder with its stores, the clock and the fault settings.
/// </summary>
internal sealed class EmulatorState : IDisposable
{
    private readonly CancellationTokenSource _stopping = new();
    private readonly Database _database;

    private EmulatorState(EmulatorOptions options, DataFolder folder, Database database)
    {
        _database = database;
        Options = options;
        Folder = folder;
        Stores = new Stores(database);
        Contents = new ContentStore(folder.ContentPath);
        Faults = new FaultControl(options.Faults);
        Clock = new EmulatorClock(options.Clock, Faults);
        Stopping = _stopping.Token;
    }

    public EmulatorOptions Options { get; }

    public DataFolder Folder { get; }

    public Stores Stores { get; }

    public ContentStore Contents { get; }

    public FaultControl Faults { get; }

    public EmulatorClock Clock { get; }

    /// <summary>Canceled when the emulator stops.</summary>
    public CancellationToken Stopping { get; }

    /// <exception cref="DataFolderInUseException">Another emulator uses the data folder.</exception>
    public static EmulatorState Open(EmulatorOptions options)
    {
        var folder = DataFolder.Open(options.DataDirectory);
        Database? database = null;
        try
        {
            database = Database.Open(folder.DatabasePath);
            Schema.Upgrade(database);
            var state = new EmulatorState(options, folder, database);
            state.Contents.DeleteAllExcept(state.Stores.GetContentHashes());
            return state;
        }
        catch
        {
            database?.Dispose();
            folder.Dispose();
            throw;
        }
    }

    public Task StopAsync() => _stopping.CancelAsync();

    public void Dispose()
    {
        _database.Dispose();
        Folder.Dispose();
        _stopping.Dispose();
    }
}

/// <summary>The service's time: the time of <paramref name="timeProvider"/>, shifted by the fault settings.</summary>
internal sealed class EmulatorClock(TimeProvider timeProvider, FaultControl faults)
{
    public DateTimeOffset Now => timeProvider.GetUtcNow() + TimeSpan.FromSeconds(faults.Settings.ClockShiftSeconds);
}
