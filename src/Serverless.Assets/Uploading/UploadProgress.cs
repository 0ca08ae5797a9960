using System.Collections.Concurrent;
using Serverless.Assets.Diagnostics;

namespace Serverless.Assets.Uploading;

/// <summary>How far a run is. Written by many threads, read by whoever shows it.</summary>
public sealed class UploadProgress
{
    private int _uploaded;
    private int _unchanged;
    private int _failed;
    private long _bytesSent;

    /// <summary>Files of the run.</summary>
    public int Total { get; internal set; }

    public int Uploaded => Volatile.Read(ref _uploaded);

    public int Unchanged => Volatile.Read(ref _unchanged);

    /// <summary>Files that the service has.</summary>
    public int Done => Uploaded + Unchanged;

    public int Failed => Volatile.Read(ref _failed);

    /// <summary>What is wrong with the files that failed, whatever ends the run.</summary>
    internal ConcurrentBag<Diagnostic> Failures { get; } = [];

    /// <summary>Content that left, with what was sent again.</summary>
    public long BytesSent => Interlocked.Read(ref _bytesSent);

    internal void OnDone(AssetStatus status) =>
        Interlocked.Increment(ref status == AssetStatus.Uploaded ? ref _uploaded : ref _unchanged);

    internal void OnFailed() => Interlocked.Increment(ref _failed);

    internal void OnBytesSent(int count) => Interlocked.Add(ref _bytesSent, count);
}
