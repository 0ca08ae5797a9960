using System.Collections.Concurrent;

namespace Serverless.Assets.Emulator.Storage;

/// <summary>Stores content in memory.</summary>
internal sealed class MemoryContentStore : IContentStore
{
    private readonly ConcurrentDictionary<string, byte[]> _contents = new(StringComparer.Ordinal);

    public async Task<IncomingContent> ReceiveAsync(
        Stream source,
        long maxSize,
        string contentType,
        CancellationToken cancellationToken
    )
    {
        using var target = new MemoryStream();
        var (sha256, size) = await ContentCopy.ReceiveAsync(default, source, target, maxSize, cancellationToken);
        return new IncomingBytes(target.ToArray(), sha256, size, contentType);
    }

    public void Keep(IncomingContent content) => _contents[content.Sha256] = ((IncomingBytes)content).Bytes;

    public Stream OpenRead(string sha256) =>
        _contents.TryGetValue(sha256, out var content)
            ? new MemoryStream(content, writable: false)
            : throw new StoredContentException(sha256, "it does not exist");

    public void Delete(string sha256) => _contents.TryRemove(sha256, out _);
}
