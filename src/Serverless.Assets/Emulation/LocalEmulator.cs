using System.Diagnostics;
using Serverless.Assets.Diagnostics;

namespace Serverless.Assets.Emulation;

/// <summary>
/// The emulator on a data folder, which all runs on that folder share. The first run starts it, as a process that
/// outlives the run if others use it and stops with the last of them. If it ends earlier, one of the runs starts it
/// again on the same port, and the requests in between are retried.
/// </summary>
internal sealed class LocalEmulator : IDisposable
{
    /// <summary>An emulator that ends as often as this in one run is not started again.</summary>
    private const int MaxRestarts = 10;

    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan MessageDelay = TimeSpan.FromSeconds(1);

    /// <summary>More than the emulator takes to start and to stop.</summary>
    private static readonly TimeSpan InUseTimeout = TimeSpan.FromSeconds(30);

    private readonly EmulatorProgram _program;
    private readonly string _dataDirectory;
    private readonly TimeProvider _clock;
    private readonly CancellationTokenSource _disposed = new();
    private readonly Task _watch;

    private EmulatorLease _lease; // only the watch replaces it
    private Process? _process;

    private LocalEmulator(
        EmulatorProgram program,
        string dataDirectory,
        TimeProvider clock,
        (EmulatorLease Lease, Process? Process) opened
    )
    {
        _program = program;
        _dataDirectory = dataDirectory;
        _clock = clock;
        (_lease, _process) = opened;
        BaseUrl = opened.Lease.BaseUrl;
        IsOwned = opened.Process is not null;
        _watch = Task.Run(WatchAsync);
    }

    /// <summary>The address, such as <c>http://127.0.0.1:5005</c>. It remains the same after a restart.</summary>
    public string BaseUrl { get; }

    /// <summary>Whether this object started it.</summary>
    public bool IsOwned { get; }

    /// <param name="dataDirectory">Full path.</param>
    /// <exception cref="AssetException">It did not start.</exception>
    public static async Task<LocalEmulator> OpenAsync(
        EmulatorProgram program,
        string dataDirectory,
        TimeProvider clock,
        IAssetLogger logger,
        CancellationToken cancellationToken
    )
    {
        var opened = await OpenLeaseAsync(program, dataDirectory, port: 0, clock, logger, cancellationToken)
            .ConfigureAwait(false);
        return new LocalEmulator(program, dataDirectory, clock, opened);
    }

    /// <summary>Stops the emulator if no other run uses it, also if it is just being started again.</summary>
    public void Dispose()
    {
        _disposed.Cancel();
        _watch.GetAwaiter().GetResult();
        _lease.End(_process);
        _lease.Dispose();
        _process?.Dispose();
        _disposed.Dispose();
    }

    /// <summary>Uses the emulator that runs on the data, or starts one.</summary>
    private static async Task<(EmulatorLease Lease, Process? Process)> OpenLeaseAsync(
        EmulatorProgram program,
        string dataDirectory,
        int port,
        TimeProvider clock,
        IAssetLogger? logger,
        CancellationToken cancellationToken
    )
    {
        var started = clock.GetTimestamp();
        var pause = FirstPause;
        Process? process = null;
        var isReported = false;
        while (true)
        {
            // An emulator that this run has started is leased even if the run is canceled: ending the lease stops it.
            var cancellation = process is null ? cancellationToken : CancellationToken.None;
            if (await EmulatorLease.TryTakeAsync(dataDirectory, cancellation).ConfigureAwait(false) is { } lease)
            {
                return (lease, process);
            }

            cancellationToken.ThrowIfCancellationRequested();
            var start = await EmulatorProcess
                .StartAsync(program, dataDirectory, port, cancellationToken)
                .ConfigureAwait(false);
            if (start.Process is not null && process is null)
            {
                process = start.Process;
                continue;
            }

            // Another run has started an emulator that does not respond yet, or one is stopping.
            start.Process?.Dispose();
            var waited = clock.GetElapsedTime(started);
            if (waited >= InUseTimeout)
            {
                throw EmulatorProcess.CreateFailure(program, dataDirectory, start.Problem);
            }

            if (waited >= MessageDelay && !isReported)
            {
                isReported = true;
                logger?.Log(LogLevel.Summary, $"Waiting for the emulator: {start.Problem}");
            }

            await Task.Delay(pause, clock, cancellationToken).ConfigureAwait(false);
            pause = pause * 2 < LongestPause ? pause * 2 : LongestPause;
        }
    }

    /// <summary>Starts the emulator again when it ends, or uses the one that another run has started.</summary>
    private async Task WatchAsync()
    {
        try
        {
            for (var restarts = 0; restarts < MaxRestarts; restarts++)
            {
                await _lease.Ended.WaitAsync(_disposed.Token).ConfigureAwait(false);
                var (lease, process) = await OpenLeaseAsync(
                        _program,
                        _dataDirectory,
                        new Uri(BaseUrl).Port,
                        _clock,
                        logger: null, // the logger of an MSBuild task accepts no messages after the task
                        _disposed.Token
                    )
                    .ConfigureAwait(false);
                _lease.Dispose();
                _process?.Dispose();
                (_lease, _process) = (lease, process);
            }
        }
        catch (OperationCanceledException)
        {
            // The run has ended.
        }
        catch (AssetException)
        {
            // The requests of the run fail too, with an error about the address.
        }
    }
}
