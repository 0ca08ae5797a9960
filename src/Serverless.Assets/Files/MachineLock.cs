using System.Security.Cryptography;
using System.Text;
using Serverless.Assets.Client;
using Serverless.Assets.Diagnostics;
using Serverless.Assets.Settings;

namespace Serverless.Assets.Files;

/// <summary>
/// Serializes the work of concurrent runs on one machine. The lock is a locked file, which the operating system
/// releases if a process dies. It is only an optimization: a run that waits too long or cannot open the file continues
/// without it, and runs on other machines do not see it.
/// </summary>
internal sealed class MachineLock : IDisposable
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(20);

    private readonly string _directory;
    private readonly string _name;
    private readonly TimeSpan _maxWait;
    private readonly SanitizedText _reason;
    private readonly EngineContext _context;
    private readonly CancellationToken _cancellationToken;
    private readonly Lock _lock = new();
    private Task<bool>? _acquiring;
    private FileStream? _held;
    private bool _isReleased;

    private MachineLock(
        string directory,
        string name,
        TimeSpan maxWait,
        SanitizedText reason,
        EngineContext context,
        CancellationToken cancellationToken
    )
    {
        _directory = directory;
        _name = name;
        _maxWait = maxWait;
        _reason = reason;
        _context = context;
        _cancellationToken = cancellationToken;
    }

    /// <summary>
    /// Creates the lock for creating Assets in a Service, so that the projects of a build do not create the same Asset
    /// twice. A run with large files can hold it for a long time; then it is better to run concurrently.
    /// </summary>
    /// <param name="cancellationToken">The token of the whole operation.</param>
    /// <returns>Null if there is no folder for lock files.</returns>
    public static MachineLock? ForAssetCreation(
        Sid serviceSid,
        EngineContext context,
        CancellationToken cancellationToken
    ) =>
        Create(
            $"{serviceSid}.lock",
            TimeSpan.FromSeconds(30),
            $"another upload on this machine that is creating Assets in {serviceSid}",
            context,
            cancellationToken
        );

    /// <summary>
    /// Waits for the turn to deploy to an Environment, so that concurrent runs do not overwrite each other's deployment.
    /// The service takes a minute for a Build. Look at the Environment afterwards, not before.
    /// </summary>
    /// <returns>Ends the turn; null if there is no folder for lock files.</returns>
    public static async Task<MachineLock?> AcquireForDeploymentAsync(
        Sid serviceSid,
        string environment,
        EngineContext context,
        CancellationToken cancellationToken
    )
    {
        var turn = Create(
            $"{serviceSid}-{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(environment)))[..16]}.lock",
            TimeSpan.FromMinutes(10),
            $"another deployment on this machine to {environment}",
            context,
            cancellationToken
        );
        if (turn is not null)
        {
            await turn.AcquireAsync().ConfigureAwait(false);
        }

        return turn;
    }

    private bool IsReleased
    {
        get
        {
            lock (_lock)
            {
                return _isReleased;
            }
        }
    }

    private static MachineLock? Create(
        string name,
        TimeSpan maxWait,
        SanitizedText reason,
        EngineContext context,
        CancellationToken cancellationToken
    ) =>
        context.LockDirectory is { } directory
            ? new MachineLock(directory, name, maxWait, reason, context, cancellationToken)
            : null;

    /// <summary>Acquires the lock. All callers share one attempt.</summary>
    /// <returns>Whether another run held the lock.</returns>
    public Task<bool> AcquireAsync()
    {
        lock (_lock)
        {
            return _acquiring ??= AcquireOnceAsync();
        }
    }

    /// <summary>Releases the lock permanently, and ends the wait for it. May be called more than once.</summary>
    public void Release()
    {
        lock (_lock)
        {
            _isReleased = true;
            _held?.Dispose();
            _held = null;
        }
    }

    public void Dispose() => Release();

    private async Task<bool> AcquireOnceAsync()
    {
        var place = LockFolder.Prepare(_directory);
        if (place.Folder is not { } folder)
        {
            OnNoPlace(place);
            return false;
        }

        var path = Path.Combine(folder, _name);
        var started = _context.Clock.GetTimestamp();
        for (var hasWaited = false; ; hasWaited = true)
        {
            try
            {
                Hold(_context.Files.OpenExclusive(path));
                return hasWaited;
            }
            catch (IOException failure) when (LockedFile.IsHeldByAnother(failure))
            {
                if (_context.Clock.GetElapsedTime(started) >= _maxWait)
                {
                    _context.Logger.Log(
                        LogLevel.Detail,
                        $"Stopped waiting for {_reason} after {_maxWait.TotalSeconds:0} seconds"
                    );
                    return hasWaited;
                }

                if (!hasWaited)
                {
                    _context.Logger.Log(LogLevel.Detail, $"Waiting for {_reason}");
                }
            }
            catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
            {
                OnNoPlace(new LockFolderResult(null, failure.Message));
                return hasWaited;
            }

            await Task.Delay(Interval, _context.Clock, _cancellationToken).ConfigureAwait(false);
            if (IsReleased)
            {
                return true; // the run has ended for another reason, and its logger may be gone
            }
        }
    }

    private void OnNoPlace(LockFolderResult place)
    {
        if (place.IsForeign)
        {
            _context.Logger.Warn(StateDiagnostics.LockFolderNotTrusted(_directory, place.Problem));
        }

        _context.Logger.Log(
            LogLevel.Detail,
            $"Not waiting for {_reason}, because the lock file can't be opened: {place.Problem}"
        );
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
