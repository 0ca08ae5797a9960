using Serverless.Assets.Emulator.Control;

namespace Serverless.Assets.Emulator.Faults;

/// <summary>The body of an upload. Limits reading to the bandwidth, and counts the bytes that were transferred.</summary>
internal sealed class UploadStream(Stream inner, Bandwidth bandwidth, EmulatorStats stats) : Stream
{
    /// <summary>The maximum size of a read, small enough for many uploads to share the bandwidth evenly.</summary>
    private const int MaxRead = 16 * 1024;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        var count = await inner.ReadAsync(buffer[..Math.Min(buffer.Length, MaxRead)], cancellationToken);
        await bandwidth.WaitAsync(count, cancellationToken);
        stats.CountBytes(count);
        return count;
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Flush() { }
}
