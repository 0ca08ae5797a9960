using System.Net;
using System.Net.Http.Headers;
using System.Text;

namespace Serverless.Assets.Client;

/// <summary>
/// The multipart body of an upload: <c>Path</c>, <c>Visibility</c>, and <c>Content</c> with file name and content type.
/// </summary>
internal static class UploadBody
{
    /// <param name="onProgress">Called after each write of content.</param>
    public static HttpContent Create(string path, Visibility visibility, AssetContent content, Action onProgress)
    {
        var body = new MultipartFormDataContent($"serverless-assets-{Guid.NewGuid():n}");
        Add(body, Field(path), "Path", fileName: null);
        Add(body, Field(visibility.ToWireValue()), "Visibility", fileName: null);
        Add(body, new ContentPart(content, onProgress), "Content", path[(path.LastIndexOf('/') + 1)..]);
        return body;
    }

    private static ByteArrayContent Field(string value) => new(Encoding.UTF8.GetBytes(value));

    /// <summary>
    /// Quotes names, as RFC 7578 does and some servers require. A valid path needs no escaping inside quotes.
    /// </summary>
    private static void Add(MultipartFormDataContent body, HttpContent part, string name, string? fileName)
    {
        part.Headers.ContentDisposition = new ContentDispositionHeaderValue("form-data")
        {
            Name = $"\"{name}\"",
            FileName = fileName is null ? null : $"\"{fileName}\"",
        };
        body.Add(part);
    }

    private sealed class ContentPart : HttpContent
    {
        private readonly AssetContent _content;
        private readonly Action _onProgress;

        public ContentPart(AssetContent content, Action onProgress)
        {
            _content = content;
            _onProgress = onProgress;
            Headers.ContentType = content.ContentType;
        }

        protected override Task SerializeToStreamAsync(
            Stream stream,
            TransportContext? context,
            CancellationToken cancellationToken
        ) => _content.WriteToAsync(new ProgressStream(stream, _onProgress), cancellationToken);

        protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) =>
            SerializeToStreamAsync(stream, context, CancellationToken.None);

        protected override bool TryComputeLength(out long length)
        {
            length = _content.Length;
            return true;
        }
    }
}

/// <summary>A write-only stream that reports each completed write.</summary>
internal sealed class ProgressStream(Stream inner, Action onWritten) : WriteOnlyStream
{
    public override async ValueTask WriteAsync(
        ReadOnlyMemory<byte> buffer,
        CancellationToken cancellationToken = default
    )
    {
        await inner.WriteAsync(buffer, cancellationToken).ConfigureAwait(false);
        onWritten();
    }

    public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        WriteAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override void Write(byte[] buffer, int offset, int count)
    {
        inner.Write(buffer, offset, count);
        onWritten();
    }

    public override Task FlushAsync(CancellationToken cancellationToken) => inner.FlushAsync(cancellationToken);

    public override void Flush() => inner.Flush();
}
