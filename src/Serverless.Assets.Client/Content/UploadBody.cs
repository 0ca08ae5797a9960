using System.Globalization;
using System.Net;
using System.Text;

namespace Serverless.Assets.Client;

/// <summary>
/// The multipart body of an upload: <c>Path</c>, <c>Visibility</c>, and <c>Content</c> with file name and content type.
/// </summary>
internal static class UploadBody
{
    /// <param name="onWritten">Called after each write of content.</param>
    /// <param name="progress">Receives the bytes of content that have been written; null: nobody asks.</param>
    public static HttpContent Create(
        string path,
        Visibility visibility,
        AssetContent content,
        Action onWritten,
        IProgress<long>? progress
    )
    {
        var body = new MultipartFormDataContent($"serverless-assets-{Guid.NewGuid():n}")
        {
            HeaderEncodingSelector = static (_, _) => Encoding.UTF8,
        };
        Add(body, Field(path), "Path", fileName: null);
        Add(body, Field(visibility.ToWireValue()), "Visibility", fileName: null);
        var part = new ContentPart(content, content.GetContentType(path), onWritten, progress);
        Add(body, part, "Content", content.FileName ?? path[(path.LastIndexOf('/') + 1)..]);
        return body;
    }

    private static ByteArrayContent Field(string value) => new(Encoding.UTF8.GetBytes(value));

    /// <summary>Quotes names, as RFC 7578 does and some servers require.</summary>
    private static void Add(MultipartFormDataContent body, HttpContent part, string name, string? fileName)
    {
        var disposition = $"form-data; name=\"{name}\"";
        part.Headers.TryAddWithoutValidation(
            "Content-Disposition",
            fileName is null ? disposition : $"{disposition}; filename=\"{Escape(fileName)}\""
        );
        body.Add(part);
    }

    /// <summary>
    /// Escapes what would end the quoted name or the header, as browsers do (HTML standard, multipart/form-data encoding
    /// algorithm). Other characters are sent in UTF-8.
    /// </summary>
    private static string Escape(string fileName)
    {
        var escaped = new StringBuilder(fileName.Length);
        foreach (var character in fileName)
        {
            if (character is '"' or '\\' || char.IsControl(character))
            {
                escaped.Append(CultureInfo.InvariantCulture, $"%{(int)character:X2}");
            }
            else
            {
                escaped.Append(character);
            }
        }

        return escaped.ToString();
    }

    private sealed class ContentPart : HttpContent
    {
        private readonly AssetContent _content;
        private readonly Action _onWritten;
        private readonly IProgress<long>? _progress;

        public ContentPart(AssetContent content, string contentType, Action onWritten, IProgress<long>? progress)
        {
            _content = content;
            _onWritten = onWritten;
            _progress = progress;
            Headers.TryAddWithoutValidation("Content-Type", contentType); // is valid, and stays as it is written
        }

        protected override Task SerializeToStreamAsync(
            Stream stream,
            TransportContext? context,
            CancellationToken cancellationToken
        )
        {
            var written = 0L;
            return _content.WriteToAsync(new ProgressStream(stream, OnWritten), cancellationToken);

            void OnWritten(int bytes)
            {
                written += bytes;
                _onWritten();
                try
                {
                    _progress?.Report(written);
                }
                catch (Exception failure)
                {
                    throw new ProgressException(failure);
                }
            }
        }

        protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) =>
            SerializeToStreamAsync(stream, context, CancellationToken.None);

        protected override bool TryComputeLength(out long length)
        {
            length = _content.Length ?? 0;
            return _content.Length is not null;
        }
    }
}

/// <summary>
/// The receiver of the progress threw an exception. It belongs to the caller, who gets the inner exception: an upload is
/// not retried for it, whatever it looks like.
/// </summary>
internal sealed class ProgressException(Exception inner) : Exception(inner.Message, inner);

/// <summary>A write-only stream that reports the bytes of each completed write.</summary>
internal sealed class ProgressStream(Stream inner, Action<int> onWritten) : WriteOnlyStream
{
    public override async ValueTask WriteAsync(
        ReadOnlyMemory<byte> buffer,
        CancellationToken cancellationToken = default
    )
    {
        await inner.WriteAsync(buffer, cancellationToken).ConfigureAwait(false);
        onWritten(buffer.Length);
    }

    public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        WriteAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override void Write(byte[] buffer, int offset, int count)
    {
        inner.Write(buffer, offset, count);
        onWritten(count);
    }

    public override Task FlushAsync(CancellationToken cancellationToken) => inner.FlushAsync(cancellationToken);

    public override void Flush() => inner.Flush();
}
