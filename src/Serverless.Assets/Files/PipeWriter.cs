using Serverless.Assets.Client;

namespace Serverless.Assets.Files;

/// <summary>
/// Writes to a pipe or a device, and waits only for a limited time if the program that reads the pipe does not.
/// </summary>
/// <param name="pipe">Not blocking. Disposed with this stream.</param>
internal sealed class PipeWriter(FileStream pipe) : WriteOnlyStream
{
    /// <summary>
    /// In bytes: what POSIX guarantees that a pipe accepts as a whole or not at all (<c>PIPE_BUF</c>).
    /// </summary>
    private const int BlockSize = 512;

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(20);
    private static readonly TimeSpan MaxWait = TimeSpan.FromSeconds(5);

    public override async ValueTask WriteAsync(
        ReadOnlyMemory<byte> buffer,
        CancellationToken cancellationToken = default
    )
    {
        for (var rest = buffer; rest.Length > 0; )
        {
            var block = rest[..Math.Min(BlockSize, rest.Length)];
            await WriteBlockAsync(block, cancellationToken).ConfigureAwait(false);
            rest = rest[block.Length..];
        }
    }

    public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        WriteAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override void Write(byte[] buffer, int offset, int count) =>
        WriteAsync(buffer.AsMemory(offset, count)).AsTask().GetAwaiter().GetResult();

    public override void Flush() { }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            pipe.Dispose();
        }

        base.Dispose(disposing);
    }

    private async Task WriteBlockAsync(ReadOnlyMemory<byte> block, CancellationToken cancellationToken)
    {
        for (var waited = TimeSpan.Zero; ; waited += Pause)
        {
            try
            {
                await pipe.WriteAsync(block, cancellationToken).ConfigureAwait(false);
                return;
            }
            catch (IOException full) when (full.HResult == UnixFile.WouldBlock)
            {
                if (waited >= MaxWait)
                {
                    throw new IOException("it is a pipe whose other end does not read", full);
                }
            }

            await Task.Delay(Pause, cancellationToken).ConfigureAwait(false);
        }
    }
}
