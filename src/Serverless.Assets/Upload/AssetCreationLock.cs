using Serverless.Assets.Diagnostics;
using Serverless.Assets.Settings;
using Serverless.Assets.State;

namespace Serverless.Assets.Upload;

/// <summary>
/// Runs on one machine that create Assets in the same Service do so one after another, so that the projects of one build
/// do not create the same Asset at the same time. The lock is a locked file, which the operating system releases when a
/// process dies. It only saves work: a run that waits too long or cannot open the file continues without it. Runs on
/// other machines do not see it; <see cref="DuplicateAssetResolver"/> handles those.
/// </summary>
/// <param name="directory">Folder of the lock files, full path.</param>
/// <param name="cancellationToken">Of the whole run.</param>
internal sealed class AssetCreationLock(
    string directory,
    string serviceSid,
    EngineContext context,
    CancellationToken cancellationToken
)
{
    /// <summary>A run with large files holds the lock for long; then two at once are better than one that waits.</summary>
    private static readonly TimeSpan MaxWait = TimeSpan.FromSeconds(30);

    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(20);

    private readonly Lock _lock = new();
    private Task<bool>? _acquiring;
    private FileStream? _held;
    private bool _isReleased;

    /// <summary>Acquires the lock. The first call does the work; all others wait for it.</summary>
    /// <returns>Whether another run held it meanwhile and may have created Assets.</returns>
    public Task<bool> AcquireAsync()
    {
        lock (_lock)
        {
            return _acquiring ??= AcquireOnceAsync();
        }
    }

    /// <summary>Releases the lock for good. May be called more than once.</summary>
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
