using System.Collections.Concurrent;
using Serverless.Assets.Client;
using Serverless.Assets.Diagnostics;
using Serverless.Assets.Telemetry;

namespace Serverless.Assets.Upload;

/// <summary>How far a run is. Written by many threads, read by whoever shows it.</summary>
public sealed class UploadProgress
{
    private int _uploaded;
    private int _unchanged;
    private int _failed;
    private int _prepared;
    private long _bytesSent;
    private long _bytesToSend;
    private ConcurrencyGate? _gate;

    /// <summary>Files of the run.</summary>
    public int Total { get; internal set; }

    public int Uploaded => Volatile.Read(ref _uploaded);

    public int Unchanged => Volatile.Read(ref _unchanged);

    /// <summary>Files that the service has.</summary>
    public int Done => Uploaded + Unchanged;

    public int Failed => Volatile.Read(ref _failed);

    /// <summary>Files whose Asset is known or made, done or not: a file that is new to the service takes two requests, and this is after the first.</summary>
    public int Prepared => Volatile.Read(ref _prepared);

    /// <summary>What is wrong with the files that failed, whatever ends the run.</summary>
    internal ConcurrentBag<Diagnostic> Failures { get; } = [];

    /// <summary>Content that left, with what was sent again.</summary>
    public long BytesSent => Interlocked.Read(ref _bytesSent);

    /// <summary>
    /// Content of the files of the run less that of the files that turned out to be unchanged or failed, so it shrinks
    /// towards what is really sent. 0 until the files were looked at.
    /// </summary>
    public long BytesToSend => Interlocked.Read(ref _bytesToSend);

    /// <summary>Requests in flight.</summary>
    public int InFlight => _gate?.InFlight ?? 0;

    /// <summary>Requests that may be in flight now; 0 before the first.</summary>
    public int MostInFlight => _gate?.Limit ?? 0;

    internal void Observe(ConcurrencyGate gate) => _gate = gate;

    internal void OnBytesToSend(long difference) => Interlocked.Add(ref _bytesToSend, difference);

    internal void OnDone(AssetStatus status)
    {
        Interlocked.Increment(ref status == AssetStatus.Uploaded ? ref _uploaded : ref _unchanged);
        AssetTelemetry.Assets.Add(
            1,
            new KeyValuePair<string, object?>(
                TelemetryNames.AssetStatus,
                status == AssetStatus.Uploaded ? "uploaded" : "unchanged"
            )
        );
    }

    internal void OnPrepared() => Interlocked.Increment(ref _prepared);

    internal void OnFailed()
    {
        Interlocked.Increment(ref _failed);
        AssetTelemetry.Assets.Add(1, new KeyValuePair<string, object?>(TelemetryNames.AssetStatus, "failed"));
    }

    internal void OnBytesSent(int count)
    {
        Interlocked.Add(ref _bytesSent, count);
        AssetTelemetry.ContentSent.Add(count);
    }
}
