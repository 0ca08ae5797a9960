using System.Globalization;
using Serverless.Assets.Client;
using Serverless.Assets.Diagnostics;
using Serverless.Assets.Settings;
using Serverless.Assets.Telemetry;

namespace Serverless.Assets.Upload;

/// <summary>The progress of an upload. Thread-safe.</summary>
/// <param name="total">The number of files in the run.</param>
internal sealed class UploadProgress(int total)
{
    private int _uploaded;
    private int _unchanged;
    private int _failed;
    private int _prepared;
    private long _bytesSent;
    private long _bytesToSend;
    private volatile ConcurrencyGate? _gate;
    private int _lastLimit;

    /// <summary>The number of files in the run.</summary>
    public int Total => total;

    public int Uploaded => Volatile.Read(ref _uploaded);

    public int Unchanged => Volatile.Read(ref _unchanged);

    /// <summary>The number of files that were uploaded or are unchanged.</summary>
    public int Done => Uploaded + Unchanged;

    public int Failed => Volatile.Read(ref _failed);

    /// <summary>
    /// The number of files whose Asset is known, including files that are done. A new file takes two requests: this
    /// counts the first.
    /// </summary>
    public int Prepared => Volatile.Read(ref _prepared);

    /// <summary>The bytes of content that were sent, including those sent again.</summary>
    public long BytesSent => Interlocked.Read(ref _bytesSent);

    /// <summary>
    /// The bytes of all files except those that turn out to be unchanged or fail, so it shrinks towards the number that
    /// is actually sent. 0 before the files have been examined.
    /// </summary>
    public long BytesToSend => Interlocked.Read(ref _bytesToSend);

    /// <summary>The number of requests in flight; 0 after the run.</summary>
    public int InFlight => _gate?.InFlight ?? 0;

    /// <summary>The limit on requests in flight; 0 before the run, and that of its end after it.</summary>
    public int ConcurrencyLimit => _gate?.Limit ?? Volatile.Read(ref _lastLimit);

    internal void Observe(ConcurrencyGate gate) => _gate = gate;

    /// <summary>The run has ended. Later runs may use the connection and its gate.</summary>
    internal void OnEnded()
    {
        Volatile.Write(ref _lastLimit, ConcurrencyLimit);
        _gate = null;
    }

    internal void OnBytesToSend(long difference) => Interlocked.Add(ref _bytesToSend, difference);

    internal void OnPrepared() => Interlocked.Increment(ref _prepared);

    internal void OnDone(AssetStatus status)
    {
        Interlocked.Increment(ref status == AssetStatus.Uploaded ? ref _uploaded : ref _unchanged);
        Count(status == AssetStatus.Uploaded ? "uploaded" : "unchanged");
    }

    internal void OnFailed()
    {
        Interlocked.Increment(ref _failed);
        Count("failed");
    }

    internal void OnBytesSent(int count)
    {
        Interlocked.Add(ref _bytesSent, count);
        AssetTelemetry.ContentSent.Add(count);
    }

    private static void Count(string status) =>
        AssetTelemetry.Assets.Add(1, new KeyValuePair<string, object?>(TelemetryNames.AssetStatus, status));
}

/// <summary>Logs the progress of a long upload every few seconds.</summary>
internal sealed class ProgressReport : IDisposable
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(5);

    private readonly UploadProgress _progress;
    private readonly IAssetLogger _logger;
    private readonly PeriodicAction _reports;
    private long _lastBytes;

    public ProgressReport(UploadProgress progress, EngineContext context)
    {
        _progress = progress;
        _logger = context.Logger;
        _reports = new PeriodicAction(context.Clock, Interval, Interval, Report);
    }

    public void Dispose() => _reports.Dispose();

    private void Report()
    {
        var bytes = _progress.BytesSent;
        var rate = (bytes - Interlocked.Exchange(ref _lastBytes, bytes)) / (long)Interval.TotalSeconds;
        var failed =
            _progress.Failed == 0 ? "" : string.Create(CultureInfo.InvariantCulture, $", {_progress.Failed} failed");
        var toSend = Math.Max(bytes, _progress.BytesToSend);
        _logger.Log(
            LogLevel.Progress,
            $"{_progress.Done} of {_progress.Total} assets done{failed}, "
                + $"{ByteSize.Format(bytes)} of {ByteSize.Format(toSend)} sent, {ByteSize.Format(rate)}/s, "
                + $"{_progress.InFlight} of {_progress.ConcurrencyLimit} requests in flight"
        );
    }
}
