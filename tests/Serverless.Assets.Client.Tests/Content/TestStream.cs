namespace Serverless.Assets.Client.Tests.Content;

/// <summary>A stream of a caller, which a test can change, block and break.</summary>
internal sealed class TestStream(byte[] bytes, bool canSeek = true) : Stream
{
    private const int BlockSize = 16 * 1024;

    private long _position;

    /// <summary>The content, which can change.</summary>
    public byte[] Bytes { get; set; } = bytes;

    /// <summary>Called with the position before each read.</summary>
    public Func<long, CancellationToken, Task> OnRead { get; set; } = (_, _) => Task.CompletedTask;

    public int Reads { get; private set; }

    public bool IsDisposed { get; private set; }

    public override bool CanRead => !IsDisposed;

    public override bool CanSeek => canSeek && !IsDisposed;

    public override bool CanWrite => false;

    public override long Length => canSeek ? Bytes.Length : throw new NotSupportedException();

    public override long Position
    {
        get => canSeek ? _position : throw new NotSupportedException();
        set
        {
            ObjectDisposedException.ThrowIf(IsDisposed, this);
            _position = canSeek ? value : throw new NotSupportedException();
        }
    }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        Reads++;
        await OnRead(_position, cancellationToken);
        ObjectDisposedException.ThrowIf(IsDisposed, this);
        var start = (int)Math.Min(_position, Bytes.Length);
        var count = Math.Min(Math.Min(buffer.Length, BlockSize), Bytes.Length - start);
        Bytes.AsMemory(start, count).CopyTo(buffer);
        _position += count;
        return count;
    }

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override void Flush() { }

    protected override void Dispose(bool disposing)
    {
        IsDisposed = true;
        base.Dispose(disposing);
    }
}
