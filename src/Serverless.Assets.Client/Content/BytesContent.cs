using System.Buffers;

namespace Serverless.Assets.Client;

/// <summary>Content in memory.</summary>
internal class BytesContent(byte[] bytes, string? contentType, string? fileName) : AssetContent(contentType, fileName)
{
    internal override long? Length => bytes.Length;

    internal override Task WriteToAsync(Stream destination, CancellationToken cancellationToken) =>
        ContentReader.WriteAsync(bytes, destination, cancellationToken);
}

/// <summary>Text in UTF-8.</summary>
internal sealed class TextContent(byte[] utf8, string? contentType, string? fileName)
    : BytesContent(utf8, contentType, fileName)
{
    private protected override string FallbackContentType => "text/plain; charset=utf-8";
}

/// <summary>The rest of a stream that cannot seek. It is read once, into memory, so that attempts can be repeated.</summary>
internal sealed class BufferedContent(Stream stream, string? contentType, string? fileName)
    : AssetContent(contentType, fileName)
{
    private readonly ArrayBufferWriter<byte> _bytes = new();
    private bool _isReading;
    private volatile bool _isPrepared;
    private bool _isComplete;

    /// <summary>If the content is too long, more than the limit: the rest is not read.</summary>
    internal override long? Length => _isPrepared ? _bytes.WrittenCount : null;

    internal override async Task PrepareAsync(long maxLength, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (Interlocked.Exchange(ref _isReading, true))
        {
            throw new AssetContentException(
                new InvalidOperationException(
                    "an upload is reading the stream, or has read a part of it and then failed or was canceled"
                )
            );
        }

        if (!_isComplete)
        {
            _isComplete = await ContentReader
                .ReadAsync(stream, _bytes, maxLength, cancellationToken)
                .ConfigureAwait(false);
        }

        _isPrepared = true;
        Volatile.Write(ref _isReading, false); // not after a failure: the bytes that were read last are lost
    }

    internal override Task WriteToAsync(Stream destination, CancellationToken cancellationToken) =>
        ContentReader.WriteAsync(_bytes.WrittenMemory, destination, cancellationToken);
}
