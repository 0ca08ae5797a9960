using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http.Features;
using Serverless.Assets.Emulator.Faults;
using Serverless.Assets.Emulator.Hosting;
using Serverless.Assets.Emulator.Storage;

namespace Serverless.Assets.Emulator;

/// <summary>A running emulator. Many may run in one process, each with its own data folder.</summary>
public sealed class EmulatorServer : IAsyncDisposable
{
    private readonly DataFolder _folder;
    private readonly Database _database;
    private readonly WebApplication _application;
    private readonly FaultControl _faults;
    private readonly EmulatorOptions _options;
    private readonly CancellationTokenSource _stopping;
    private int _disposed;

    private EmulatorServer(
        EmulatorOptions options, DataFolder folder, Database database, FaultControl faults, CancellationTokenSource stopping,
        WebApplication application)
    {
        _options = options;
        _folder = folder;
        _database = database;
        _faults = faults;
        _stopping = stopping;
        _application = application;
        BaseAddress = new Uri("about:blank");
    }

    /// <summary>Address of the REST API, the uploads and the control endpoints, for instance <c>http://127.0.0.1:5005/</c>.</summary>
    public Uri BaseAddress { get; private set; }

    /// <summary>How the emulator misbehaves. Setting it does the same as <c>PUT /__emulator/faults</c>.</summary>
    /// <exception cref="ArgumentException">A value is out of its range.</exception>
    public EmulatorFaults Faults
    {
        get => _faults.Faults;
        set
        {
            ArgumentNullException.ThrowIfNull(value);
            Check(value);
            _faults.Faults = value;
        }
    }

    /// <summary>Starts an emulator, which listens when this returns.</summary>
    /// <exception cref="IOException">
    /// Another emulator has the data folder (the message names its address), or the port is taken.
    /// </exception>
    /// <exception cref="ArgumentException">A fault is out of its range.</exception>
    public static async Task<EmulatorServer> StartAsync(EmulatorOptions options, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(options);
        Check(options.Faults);
        var server = Open(options);
        try
        {
            await server._application.StartAsync(cancellationToken);
            var addresses = server._application.Services.GetRequiredService<IServer>().Features
                .GetRequiredFeature<IServerAddressesFeature>();
            server.BaseAddress = new Uri(addresses.Addresses.First());
            server._folder.Announce(server.BaseAddress);
            return server;
        }
        catch
        {
            await server.DisposeAsync();
            throw;
        }
    }

    /// <summary>
    /// Waits until the token is cancelled, the server is disposed of or, with
    /// <see cref="EmulatorOptions.ExitWhenInputCloses"/>, standard input ends. It does not throw then, and the server
    /// still runs until it is disposed of.
    /// </summary>
    public async Task WaitForShutdownAsync(CancellationToken cancellationToken = default)
    {
        using var end = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, _stopping.Token);
        var waiting = Task.Delay(Timeout.Infinite, end.Token);
        if (_options.ExitWhenInputCloses)
        {
            waiting = Task.WhenAny(waiting, ReadToEndAsync(_options.Input ?? Console.OpenStandardInput(), end.Token)).Unwrap();
        }

        await waiting.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    /// <summary>Stops at once: requests that are under way are given two seconds.</summary>
    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _disposed, 1) != 0)
        {
            return;
        }

        await _stopping.CancelAsync();
        await _application.StopAsync();
        await _application.DisposeAsync();
        _database.Dispose();
        _folder.Dispose();
        _stopping.Dispose();
    }

    private static EmulatorServer Open(EmulatorOptions options)
    {
        var folder = DataFolder.Open(options.DataDirectory);
        Database? database = null;
        try
        {
            database = Database.Open(folder.Database);
            Schema.Upgrade(database);
            var contents = new ContentStore(folder.Content);
            contents.DeleteUnused(database);
            var faults = new FaultControl(options.Faults);
            var stopping = new CancellationTokenSource();
            var application = EmulatorApplication.Create(options, database, contents, faults, stopping.Token);
            return new EmulatorServer(options, folder, database, faults, stopping, application);
        }
        catch
        {
            database?.Dispose();
            folder.Dispose();
            throw;
        }
    }

    /// <summary>Blocking reads on a thread of their own: reading a console cannot be cancelled.</summary>
    private static Task ReadToEndAsync(Stream input, CancellationToken cancellationToken) => Task.Factory.StartNew(
        () =>
        {
            var buffer = new byte[256];
            while (!cancellationToken.IsCancellationRequested && input.Read(buffer) > 0)
            {
            }
        },
        cancellationToken, TaskCreationOptions.LongRunning, TaskScheduler.Default);

    private static void Check(EmulatorFaults faults)
    {
        if (faults.Problem() is { } problem)
        {
            throw new ArgumentException(problem, nameof(faults));
        }
    }
}
