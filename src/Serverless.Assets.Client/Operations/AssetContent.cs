using System.Net.Http.Headers;

namespace Serverless.Assets.Client;

/// <summary>The content of an Asset Version. It is read once per upload attempt.</summary>
public abstract class AssetContent
{
    private const int BufferSize = 64 * 1024;

    /// <param name="contentType">
    /// The media type that the site serves the content with, such as <c>image/png</c>.
    /// </param>
    protected AssetContent(string contentType) => ContentType = MediaTypeHeaderValue.Parse(contentType);

    /// <summary>The length in bytes.</summary>
    public abstract long Length { get; }

    internal MediaTypeHeaderValue ContentType { get; }

    /// <summary>Creates content that streams a file.</summary>
    /// <param name="contentType">The media type; null means <c>application/octet-stream</c>.</param>
    /// <exception cref="IOException">It is missing, or not a regular file.</exception>
    public static AssetContent FromFile(string path, string? contentType = null)
    {
        RegularFile.Require(FileStatus.GetKind(path));
        return new StreamContent(() => RegularFile.OpenRead(path), new FileInfo(path).Length, contentType);
    }

    /// <param name="bytes">Must not change until the upload is complete.</param>
    /// <param name="contentType">The media type; null means <c>application/octet-stream</c>.</param>
    public static AssetContent FromBytes(byte[] bytes, string? contentType = null) =>
        new StreamContent(() => new MemoryStream(bytes, writable: false), bytes.Length, contentType);

    /// <summary>Writes the whole content. A retry calls it again from the start.</summary>
    /// <exception cref="AssetContentException">The content cannot be read; the upload is not retried.</exception>
    protected internal abstract Task WriteToAsync(Stream destination, CancellationToken cancellationToken);

    private sealed class StreamContent(Func<Stream> open, long length, string? contentType)
        : AssetContent(contentType ?? "application/octet-stream")
    {
        public override long Length => length;

        protected internal override async Task WriteToAsync(Stream destination, CancellationToken cancellationToken)
        {
            var buffer = new byte[BufferSize];
            using var source = Read(open);
            while (await ReadAsync(source, buffer, cancellationToken).ConfigureAwait(false) is > 0 and var read)
            {
                await destination.WriteAsync(buffer.AsMemory(0, read), cancellationToken).ConfigureAwait(false);
            }
        }

        private static Stream Read(Func<Stream> open)
        {
            try
            {
                return open();
            }
            catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
            {
                throw new AssetContentException(failure);
            }
        }

        private static async ValueTask<int> ReadAsync(Stream source, byte[] buffer, CancellationToken cancellationToken)
        {
            try
            {
                return await source.ReadAsync(buffer, cancellationToken).ConfigureAwait(false);
            }
            catch (IOException failure)
            {
                throw new AssetContentException(failure);
            }
        }
    }
}

/// <summary>
/// The content of an upload could not be read. The upload is not retried, because the failure is local.
/// </summary>
public sealed class AssetContentException(Exception inner)
    : Exception($"The content could not be read: {inner.Message}", inner);
