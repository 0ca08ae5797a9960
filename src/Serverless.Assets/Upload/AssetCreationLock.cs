using Serverless.Assets.Diagnostics;
using Serverless.Assets.Settings;
using Serverless.Assets.State;

namespace Serverless.Assets.Upload;

/// <summary>
/// Runs on one machine that create Assets in one Service do so one after the other: projects of one build don't create
/// the same Asset at once, to find out at the end and take it back. It is a lock on a file, which the system gives back
/// when a process dies. It only saves work: who waits too long or can't have the file goes on without it, and other
/// machines know nothing of it, for which there is <see cref="DuplicateAssetResolver"/>.
/// </summary>
/// <param name="folder">Folder of the lock files, full path.</param>
/// <param name="cancellationToken">Of the whole run.</param>
internal sealed class AssetCreationLock(
    string folder,
    string serviceSid,
    EngineContext context,
    CancellationToken cancellationToken
)
{
    /// <summary>A run whose files are large holds its turn for long; then both at once are better than one that waits.</summary>
    private static readonly TimeSpan MaxWait = TimeSpan.FromSeconds(30);

    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(20);

    private readonly Lock _lock = new();
    private Task? _entering;
    private FileStream? _held;
    private bool _hasLeft;

    /// <summary>Waits for the turn; the first call does, the others wait with it.</summary>
    /// <param name="onOthersWere">Runs when others had theirs meanwhile: what was known of the Assets before is old.</param>
    public Task EnterAsync(Func<CancellationToken, Task> onOthersWere)
    {
        lock (_lock)
        {
            return _entering ??= EnterOnceAsync(onOthersWere);
        }
    }

    /// <summary>All Assets are there, or the run is over. May be called again.</summary>
    public void Leave()
    {
        lock (_lock)
        {
            _hasLeft = true;
            _held?.Dispose();
            _held = null;
        }
    }

    private async Task EnterOnceAsync(Func<CancellationToken, Task> onOthersWere)
    {
        if (await AcquireAsync().ConfigureAwait(false))
        {
            await onOthersWere(cancellationToken).ConfigureAwait(false);
        }
    }

    /// <returns>Whether it had to be waited for.</returns>
    private async Task<bool> AcquireAsync()
    {
        var started = context.Clock.GetTimestamp();
        for (var hasWaited = false; ; hasWaited = true)
        {
            try
            {
                Hold(context.Files.OpenExclusive(Path.Combine(folder, $"{serviceSid}.lock")));
                return hasWaited;
            }
            catch (IOException failure)
                when (Journal.IsHeldByAnother(failure) && context.Clock.GetElapsedTime(started) < MaxWait)
            {
                if (!hasWaited)
                {
                    context.Logger.Log(
                        LogLevel.Detail,
                        $"Another upload on this machine is creating Assets in {serviceSid}: waiting for it"
                    );
                }
            }
            catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
            {
                context.Logger.Log(
                    LogLevel.Detail,
                    $"Creating Assets without waiting for other uploads on this machine: {failure.Message}"
                );
                return hasWaited;
            }

            await Task.Delay(Interval, context.Clock, cancellationToken).ConfigureAwait(false);
        }
    }

    private void Hold(FileStream held)
    {
        lock (_lock)
        {
            if (_hasLeft)
            {
                held.Dispose();
            }
            else
            {
                _held = held;
            }
        }
    }
}
