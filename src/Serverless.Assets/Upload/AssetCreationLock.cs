using Serverless.Assets.Diagnostics;
using Serverless.Assets.Settings;
using Serverless.Assets.State;

namespace Serverless.Assets.Upload;

/// <summary>
/// Serializes the creation of Assets in one Service by concurrent runs on one machine, so that the projects of a build
/// do not create the same Asset twice. The lock is a locked file, which the operating system releases if a process
/// dies. It is only an optimization: a run that waits too long or cannot open the file continues without it. Runs on
/// other machines do not see it; <see cref="DuplicateAssetResolver"/> handles those.
/// </summary>
/// <param name="directory">The full path of the folder for lock files.</param>
/// <param name="cancellationToken">The token of the whole run.</param>
internal sealed class AssetCreationLock(
    string directory,
    string serviceSid,
    EngineContext context,
    CancellationToken cancellationToken
)
{
    /// <summary>
    /// A run with large files can hold the lock for a long time; then it is better to run concurrently.
    /// </summary>
    private static readonly TimeSpan MaxWait = TimeSpan.FromSeconds(30);

    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(20);

    private readonly Lock _lock = new();
    private Task<bool>? _acquiring;
    private FileStream? _held;
    private bool _isReleased;

    /// <summary>Acquires the lock. All callers share one attempt.</summary>
    /// <returns>Whether another run held the lock and may have created Assets.</returns>
    public Task<bool> AcquireAsync()
    {
        lock (_lock)
        {
            return _acquiring ??= AcquireOnceAsync();
        }
    }

    /// <summary>Releases the lock permanently. May be called more than once.</summary>
    public void Release()
    {
        lock (_lock)
        {
            _isReleased = true;
            _held?.Dispose();
            _held = null;
        }
    }

    private async Task<bool> AcquireOnceAsync()
    {
        var started = context.Clock.GetTimestamp();
        for (var hasWaited = false; ; hasWaited = true)
        {
            try
            {
                Hold(context.Files.OpenExclusive(Path.Combine(directory, $"{serviceSid}.lock")));
                return hasWaited;
            }
            catch (IOException failure)
                when (Journal.IsHeldByAnother(failure) && context.Clock.GetElapsedTime(started) < MaxWait)
            {
                if (!hasWaited)
                {
                    context.Logger.Log(
                        LogLevel.Detail,
                        $"Waiting for another upload on this machine that is creating Assets in {serviceSid}"
                    );
                }
            }
            catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
            {
                context.Logger.Log(
                    LogLevel.Detail,
                    $"Not waiting for other uploads on this machine, because the lock file can't be opened: "
                        + $"{failure.Message}"
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
            if (_isReleased)
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
