using Serverless.Assets.Emulator.Control;
using Serverless.Assets.Emulator.Hosting;

namespace Serverless.Assets.Emulator.Faults;

/// <summary>The body of an upload. Limits reading to the bandwidth, and counts the bytes that were transferred.</summary>
internal sealed class UploadStream(Stream inner, Bandwidth bandwidth, EmulatorStats stats) : BodyStream
{
    /// <summary>The maximum size of a read, small enough for many uploads to share the bandwidth evenly.</summary>
    private const int MaxRead = 16 * 1024;

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        var count = await inner.ReadAsync(buffer[..Math.Min(buffer.Length, MaxRead)], cancellationToken);
        await bandwidth.WaitAsync(count, cancellationToken);
        stats.CountBytes(count);
        return count;
    }
}
