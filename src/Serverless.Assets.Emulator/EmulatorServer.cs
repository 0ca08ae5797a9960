using Serverless.Assets.Emulator.Hosting;

namespace Serverless.Assets.Emulator;

/// <summary>A running emulator. A process can run several, each with its own data folder.</summary>
public sealed class EmulatorServer : IAsyncDisposable
{
    private readonly EmulatorState _state;
    private readonly WebApplication _application;
    private int _isDisposed;

    private EmulatorServer(EmulatorState state, WebApplication application)
    {
        _state = state;
        _application = application;
        BaseAddress = new Uri(application.Urls.First());
    }

    /// <summary>
    /// The origin of the REST API, the upload endpoint and the control endpoints, for instance
    /// <c>http://127.0.0.1:5005/</c>.
    /// </summary>
    public Uri BaseAddress { get; }

    /// <summary>The fault settings. Setting them is the same as <c>PUT /__emulator/faults</c>.</summary>
    /// <exception cref="ArgumentException">A setting is out of range.</exception>
    public EmulatorFaults Faults
    {
        get => _state.Faults.Settings;
        set
        {
            ArgumentNullException.ThrowIfNull(value);
            ThrowIfInvalid(value);
            _state.Faults.Settings = value;
        }
    }

    /// <summary>Starts an emulator. It accepts requests when the returned task completes.</summary>
    /// <exception cref="IOException">
    /// Another emulator uses the data folder (the message contains its URL), or the port is in use.
    /// </exception>
    /// <exception cref="InvalidDataException">A newer version of the emulator created the data folder.</exception>
    /// <exception cref="ArgumentException">A fault setting is out of range.</exception>
    public static async Task<EmulatorServer> StartAsync(
        EmulatorOptions options,
        CancellationToken cancellationToken = default
    )
    {
        ArgumentNullException.ThrowIfNull(options);
        ThrowIfInvalid(options.Faults);
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
    /// Waits until the token is canceled, the server is disposed or, with
    /// <see cref="EmulatorOptions.ExitWhenInputCloses"/>, standard input ends. None of these throws. The server runs
    /// until it is disposed.
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

    /// <summary>Stops the server. Requests in progress get two seconds to complete.</summary>
    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _isDisposed, 1) != 0)
        {
            return;
        }

        await _state.StopAsync();
        await _application.StopAsync();
        await _application.DisposeAsync();
        _state.Dispose();
    }

    /// <summary>Reads on a dedicated thread, because reading from a console blocks and cannot be canceled.</summary>
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

    private static void ThrowIfInvalid(EmulatorFaults faults)
    {
        if (faults.FindProblem() is { } problem)
        {
            throw new ArgumentException(problem.ToString(), nameof(faults));
        }
    }
}
