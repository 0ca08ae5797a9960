using System.Buffers;
using System.Runtime.CompilerServices;

namespace Serverless.Assets.Client;

/// <summary>Reads and writes content in blocks, and distinguishes failures to read it from those of the network.</summary>
internal static class ContentReader
{
    /// <summary>Small enough that each block is progress, even on a slow line.</summary>
    private const int BlockSize = 64 * 1024;

    /// <exception cref="AssetContentException">The content cannot be opened.</exception>
    public static Stream Open(Func<Stream> open)
    {
        try
        {
            return open();
        }
        catch (Exception failure)
        {
            throw new AssetContentException(failure);
        }
    }

    /// <summary>Reads a stream to its end. Each block is valid until the next one is requested.</summary>
    /// <exception cref="AssetContentException">The stream cannot be read.</exception>
    public static async IAsyncEnumerable<ReadOnlyMemory<byte>> ReadBlocksAsync(
        Stream source,
        [EnumeratorCancellation] CancellationToken cancellationToken
    )
    {
        var buffer = ArrayPool<byte>.Shared.Rent(BlockSize);
        try
        {
            while (await ReadAsync(source, buffer, cancellationToken).ConfigureAwait(false) is > 0 and var read)
            {
                yield return buffer.AsMemory(0, read);
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    /// <summary>Appends a stream to what is in memory, until that has more than <paramref name="maxLength"/> bytes.</summary>
    /// <returns>Whether the end of the stream was reached.</returns>
    /// <exception cref="AssetContentException">The stream cannot be read.</exception>
    public static async Task<bool> ReadAsync(
        Stream source,
        ArrayBufferWriter<byte> bytes,
        long maxLength,
        CancellationToken cancellationToken
    )
    {
        while (bytes.WrittenCount <= maxLength)
        {
            var read = await ReadAsync(source, bytes.GetMemory(BlockSize), cancellationToken).ConfigureAwait(false);
            if (read == 0)
            {
                return true;
            }

            bytes.Advance(read);
        }

        return false;
    }

    public static async Task WriteAsync(
        ReadOnlyMemory<byte> bytes,
        Stream destination,
        CancellationToken cancellationToken
    )
    {
        for (; bytes.Length > 0; bytes = bytes[Math.Min(BlockSize, bytes.Length)..])
        {
            await destination
                .WriteAsync(bytes[..Math.Min(BlockSize, bytes.Length)], cancellationToken)
                .ConfigureAwait(false);
        }
    }

    /// <summary>A stream of the caller can throw anything.</summary>
    private static async ValueTask<int> ReadAsync(
        Stream source,
        Memory<byte> buffer,
        CancellationToken cancellationToken
    )
    {
        cancellationToken.ThrowIfCancellationRequested(); // not every stream does this
        try
        {
            return await source.ReadAsync(buffer, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception failure)
        {
            cancellationToken.ThrowIfCancellationRequested(); // whatever the failure looks like, this caused it
            throw new AssetContentException(failure);
        }
    }
}
