using Serverless.Assets.Upload;

namespace Serverless.Assets.Cli.Output;

/// <summary>Shows the progress of an upload at the bottom of the terminal.</summary>
internal sealed class TerminalProgress : IAsyncDisposable
{
    /// <summary>A run that finishes earlier shows no progress.</summary>
    private static readonly TimeSpan Delay = TimeSpan.FromMilliseconds(300);

    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(100);

    private readonly ConsoleLogger _logger;
    private readonly ProgressMeter _meter;
    private readonly PeriodicAction _drawing;

    private TerminalProgress(ConsoleLogger logger, UploadProgress progress, TimeProvider clock)
    {
        _logger = logger;
        _meter = new ProgressMeter(progress, clock);
        _logger.BeginProgress();
        AppDomain.CurrentDomain.ProcessExit += Restore;
        _drawing = new PeriodicAction(
            clock,
            Delay,
            Interval,
            () => _logger.DrawProgress(new ProgressFrame(_meter.Read()))
        );
    }

    /// <summary>Runs the work, and shows its progress if the terminal is interactive.</summary>
    public static async Task<T> WhileAsync<T>(
        CliConsole console,
        ConsoleLogger logger,
        bool isJson,
        UploadProgress progress,
        TimeProvider clock,
        Func<Task<T>> work
    )
    {
        if (!console.IsInteractive || isJson || !logger.ShowsProgress)
        {
            return await work().ConfigureAwait(false);
        }

        var display = new TerminalProgress(logger, progress, clock);
        await using (display.ConfigureAwait(false))
        {
            return await work().ConfigureAwait(false);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _drawing.DisposeAsync().ConfigureAwait(false);
        Restore(null, EventArgs.Empty);
        AppDomain.CurrentDomain.ProcessExit -= Restore;
    }

    /// <summary>Also runs if the process exits during the work, to show the cursor again.</summary>
    private void Restore(object? sender, EventArgs e) => _logger.EndProgress();
}
