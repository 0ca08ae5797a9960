using Serverless.Assets.Emulator.Hosting;

namespace Serverless.Assets.Emulator;

/// <summary>A running emulator. Many may run in one process, each with its own data folder.</summary>
public sealed class EmulatorServer : IAsyncDisposable
{
    private readonly EmulatorState _state;
    private readonly WebApplication _application;
    private int _disposed;

    private EmulatorServer(EmulatorState state, WebApplication application)
    {
        _state = state;
        _application = application;
        BaseAddress = new Uri(application.Urls.First());
    }

    /// <summary>Address of the REST API, the uploads and the control endpoints, for instance <c>http://127.0.0.1:5005/</c>.</summary>
    public Uri BaseAddress { get; }

    /// <summary>How the emulator misbehaves. Setting it does the same as <c>PUT /__emulator/faults</c>.</summary>
    /// <exception cref="ArgumentException">A value is out of its range.</exception>
    public EmulatorFaults Faults
    {
        get => _state.Faults.Faults;
        set
        {
            ArgumentNullException.ThrowIfNull(value);
            Check(value);
            _state.Faults.Faults = value;
        }
    }

    /// <summary>Starts an emulator, which listens when this returns.</summary>
    /// <exception cref="IOException">
    /// Another emulator has the data folder (the message names its address), or the port is taken.
    /// </exception>
    /// <exception cref="ArgumentException">A fault is out of its range.</exception>
    public static async Task<EmulatorServer> StartAsync(
        EmulatorOptions options,
        CancellationToken cancellationToken = default
    )
    {
        ArgumentNullException.ThrowIfNull(options);
        Check(options.Faults);
        var state = EmulatorState.Open(options);
        WebApplication? application = null;
        try
        {
            application = EmulatorApplication.Create(state);
            await application.StartAsync(cancellationToken);
            var server = new EmulatorServer(state, application);
            state.Folder.Announce(server.BaseAddress);
            return server;
        }
        catch
        {
            if (application is not null)
            {
                await application.DisposeAsync();
            }

            state.Dispose();
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
        using var end = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, _state.Stopping);
        var waiting = Task.Delay(Timeout.Infinite, end.Token);
        if (_state.Options.ExitWhenInputCloses)
        {
            var input = _state.Options.Input ?? Console.OpenStandardInput();
            waiting = Task.WhenAny(waiting, ReadToEndAsync(input, end.Token)).Unwrap();
        }

        await waiting.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    /// <summary>Stops the server; requests that are under way are given two seconds.</summary>
    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _disposed, 1) != 0)
        {
            return;
        }

        await _state.StopAsync();
        await _application.StopAsync();
        await _application.DisposeAsync();
        _state.Dispose();
    }

    /// <summary>Blocking reads on a thread of their own: reading a console cannot be cancelled.</summary>
    private static Task ReadToEndAsync(Stream input, CancellationToken cancellationToken) =>
        Task.Factory.StartNew(
            () =>
            {
                var buffer = new byte[256];
                while (!cancellationToken.IsCancellationRequested && input.Read(buffer) > 0) { }
            },
            cancellationToken,
            TaskCreationOptions.LongRunning,
            TaskScheduler.Default
        );

    private static void Check(EmulatorFaults faults)
    {
        if (faults.FindProblem() is { } problem)
        {
            throw new ArgumentException(problem.ToString(), nameof(faults));
        }
    }
}
