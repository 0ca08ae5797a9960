using System.Security.Cryptography;

namespace Serverless.Assets.Emulator.Storage;

/// <summary>Stores the content of files by SHA-256 (lowercase hexadecimal).</summary>
internal interface IContentStore
{
    /// <summary>
    /// Receives content. After <paramref name="maxSize"/> bytes, it only counts the rest and no longer stores it.
    /// </summary>
    Task<IncomingContent> ReceiveAsync(
        Stream source,
        long maxSize,
        string contentType,
        CancellationToken cancellationToken
    );

    /// <summary>Keeps received content, which <see cref="OpenRead"/> then finds.</summary>
    void Keep(IncomingContent content);

    /// <summary>Opens kept content.</summary>
    /// <exception cref="StoredContentException">There is none, or it can't be read.</exception>
    Stream OpenRead(string sha256);

    /// <summary>Deletes kept content. Streams that read it remain valid. Does nothing if it does not exist.</summary>
    void Delete(string sha256);
}

/// <summary>Received content that is deleted when it is disposed, unless the store keeps it.</summary>
internal abstract class IncomingContent(string sha256, long size, string contentType) : IDisposable
{
    public string Sha256 => sha256;

    /// <summary>In bytes.</summary>
    public long Size => size;

    public string ContentType => contentType;

    /// <summary>Opens the content before it is kept.</summary>
    public abstract Stream OpenRead();

    public abstract void Dispose();
}

/// <summary>Received content in memory.</summary>
internal sealed class IncomingBytes(byte[] bytes, string sha256, long size, string contentType)
    : IncomingContent(sha256, size, contentType)
{
    public byte[] Bytes => bytes;

    public static IncomingBytes Copy(ReadOnlySpan<byte> bytes, string contentType) =>
        new(bytes.ToArray(), Convert.ToHexStringLower(SHA256.HashData(bytes)), bytes.Length, contentType);

    public override Stream OpenRead() => new MemoryStream(bytes, writable: false);

    public override void Dispose() { }
}

/// <summary>Copies and hashes content.</summary>
internal static class ContentCopy
{
    /// <param name="buffer">The only memory that is used, however long the content is.</param>
    /// <param name="count">The bytes in the buffer that were already read from the source; at most the maximum size.</param>
    /// <returns>The SHA-256 of what was copied, and the number of bytes including those in the buffer.</returns>
    /// <inheritdoc cref="IContentStore.ReceiveAsync"/>
    public static async Task<(string Sha256, long Size)> ReceiveAsync(
        byte[] buffer,
        int count,
        Stream source,
        Stream target,
        long maxSize,
        CancellationToken cancellationToken
    )
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        long size = 0;
        do
        {
            size += count;
            if (size <= maxSize)
            {
                hash.AppendData(buffer, 0, count);
                await target.WriteAsync(buffer.AsMemory(0, count), cancellationToken);
            }
        } while ((count = await source.ReadAsync(buffer, cancellationToken)) > 0);

        return (Convert.ToHexStringLower(hash.GetHashAndReset()), size);
    }
}
