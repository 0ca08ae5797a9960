using System.Buffers;
using System.Collections.Concurrent;

namespace Serverless.Assets.Emulator.Storage;

/// <summary>Stores content in memory.</summary>
internal sealed class MemoryContentStore : IContentStore
{
    private const int BufferSize = 64 * 1024;

    private readonly ConcurrentDictionary<string, byte[]> _contents = new(StringComparer.Ordinal);

    public async Task<IncomingContent> ReceiveAsync(
        Stream source,
        long maxSize,
        string contentType,
        CancellationToken cancellationToken
    )
    {
        var buffer = ArrayPool<byte>.Shared.Rent(BufferSize);
        try
        {
            using var target = new MemoryStream();
            var (sha256, size) = await ContentCopy.ReceiveAsync(
                buffer,
                count: 0,
                source,
                target,
                maxSize,
                cancellationToken
            );
            return new IncomingBytes(target.ToArray(), sha256, size, contentType);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    public void Keep(IncomingContent content) => _contents[content.Sha256] = ((IncomingBytes)content).Bytes;

    public Stream OpenRead(string sha256) =>
        _contents.TryGetValue(sha256, out var content)
            ? new MemoryStream(content, writable: false)
            : throw new StoredContentException(sha256, "it does not exist");

    public void Delete(string sha256) => _contents.TryRemove(sha256, out _);
}
