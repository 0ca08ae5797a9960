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
    private byte[]? _bytes;

    /// <summary>If the content is too long, more than the limit: the rest is not read.</summary>
    internal override long? Length => _bytes?.Length;

    internal override async Task PrepareAsync(long maxLength, CancellationToken cancellationToken) =>
        _bytes ??= await ContentReader.ReadAsync(stream, maxLength, cancellationToken).ConfigureAwait(false);

    internal override Task WriteToAsync(Stream destination, CancellationToken cancellationToken) =>
        ContentReader.WriteAsync(_bytes, destination, cancellationToken);
}
