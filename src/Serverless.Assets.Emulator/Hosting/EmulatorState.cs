using Serverless.Assets.Emulator.Faults;
using Serverless.Assets.Emulator.Storage;

namespace Serverless.Assets.Emulator.Hosting;

/// <summary>What one emulator holds on to: its folder, the database and contents in it, and the knobs.</summary>
internal sealed class EmulatorState : IDisposable
{
    private readonly CancellationTokenSource _stopping = new();

    private EmulatorState(EmulatorOptions options, DataFolder folder, Database database, ContentStore contents)
    {
        Options = options;
        Folder = folder;
        Database = database;
        Contents = contents;
        Faults = new FaultControl(options.Faults);
        Stopping = _stopping.Token;
    }

    public EmulatorOptions Options { get; }

    public DataFolder Folder { get; }

    public Database Database { get; }

    public ContentStore Contents { get; }

    public FaultControl Faults { get; }

    /// <summary>Ends what would otherwise wait for ever.</summary>
    public CancellationToken Stopping { get; }

    /// <exception cref="DataFolderInUseException">Another emulator has the folder.</exception>
    public static EmulatorState Open(EmulatorOptions options)
    {
        var folder = DataFolder.Open(options.DataDirectory);
        Database? database = null;
        try
        {
            database = Database.Open(folder.Database);
            Schema.Upgrade(database);
            var contents = new ContentStore(folder.Content);
            contents.DeleteUnused(database);
            return new EmulatorState(options, folder, database, contents);
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
        Database.Dispose();
        Folder.Dispose();
        _stopping.Dispose();
    }
}
