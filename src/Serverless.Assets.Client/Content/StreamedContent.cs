using System.Globalization;

namespace Serverless.Assets.Client;

/// <summary>Content that is read while it is sent, from the start for each attempt.</summary>
/// <param name="open">Opens the content at its start. The result is disposed.</param>
/// <param name="length">In bytes. Other lengths are an error: the content must not change.</param>
internal sealed class StreamedContent(Func<Stream> open, long length, string? contentType, string? fileName)
    : AssetContent(contentType, fileName)
{
    internal override long? Length => length;

    internal override async Task WriteToAsync(Stream destination, CancellationToken cancellationToken)
    {
        using var source = ContentReader.Open(open);
        var written = 0L;
        await foreach (var block in ContentReader.ReadBlocksAsync(source, cancellationToken).ConfigureAwait(false))
        {
            written += block.Length;
            if (written > length)
            {
                throw Changed("more");
            }

            await destination.WriteAsync(block, cancellationToken).ConfigureAwait(false);
        }

        if (written < length)
        {
            throw Changed("fewer");
        }
    }

    private AssetContentException Changed(string difference) =>
        new(
            new IOException(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"it has {difference} than the {length} bytes that it had at first"
                )
            )
        );
}
