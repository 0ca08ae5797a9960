using System.Text;

namespace Serverless.Assets.Client;

/// <summary>
/// The content of an Asset Version, with its file name and content type. It is read again for each attempt of an upload.
/// </summary>
public abstract class AssetContent
{
    private static readonly UTF8Encoding StrictUtf8 = new(
        encoderShouldEmitUTF8Identifier: false,
        throwOnInvalidBytes: true
    );

    /// <exception cref="ArgumentException">The content type is not a media type, or the file name is empty.</exception>
    internal AssetContent(string? contentType, string? fileName)
    {
        if (contentType is not null && !ContentTypes.IsValid(contentType))
        {
            throw new ArgumentException(
                $"'{contentType}' is not a media type: expected type/subtype, optionally with parameters (RFC 9110, "
                    + "section 8.3.1).",
                nameof(contentType)
            );
        }

        if (fileName is not null)
        {
            ArgumentException.ThrowIfNullOrWhiteSpace(fileName);
            if (fileName.Contains('/', StringComparison.Ordinal))
            {
                throw new ArgumentException(
                    $"'{fileName}' is not a file name: it must not contain a folder.",
                    nameof(fileName)
                );
            }
        }

        ContentType = contentType;
        FileName = fileName;
    }

    /// <summary>
    /// The media type that the site serves the content with, such as <c>image/png</c>; null means the one of the
    /// extension of the file name, otherwise of the path (IANA and mime-db), otherwise <c>application/octet-stream</c>,
    /// or <c>text/plain; charset=utf-8</c> for text.
    /// </summary>
    public string? ContentType { get; }

    /// <summary>
    /// The file name that the upload states, without a folder; null means the last segment of the path. It does not
    /// change the URL.
    /// </summary>
    public string? FileName { get; }

    /// <summary>The length in bytes; null if it is known only once <see cref="PrepareAsync"/> has read the content.</summary>
    internal abstract long? Length { get; }

    /// <summary>The content type if neither file name nor path tell.</summary>
    private protected virtual string FallbackContentType => ContentTypes.Unknown;

    /// <summary>Creates content that streams a file.</summary>
    /// <param name="path">The path of a regular file. It must not change until the upload is complete.</param>
    /// <param name="contentType">See <see cref="ContentType"/>.</param>
    /// <param name="fileName">See <see cref="FileName"/>; null means the name of the file.</param>
    /// <exception cref="IOException">The file is missing, or is not a regular file.</exception>
    /// <exception cref="UnauthorizedAccessException">The file may not be read.</exception>
    /// <exception cref="ArgumentException">The content type is not a media type, or a name is empty.</exception>
    public static AssetContent FromFile(string path, string? contentType = null, string? fileName = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        var file = Path.GetFullPath(path); // the current folder can change before the upload
        try
        {
            RegularFile.Require(FileStatus.GetKind(file));
        }
        catch (NotRegularFileException failure)
        {
            throw new NotRegularFileException(failure.Kind, subject: $"'{file}'");
        }

        return new StreamedContent(
            () => RegularFile.OpenRead(file),
            new FileInfo(file).Length,
            contentType,
            fileName ?? Path.GetFileName(file)
        );
    }

    /// <summary>
    /// Creates content from the rest of a stream. One that can seek is read from its current position, again for each
    /// attempt; do not use it for anything else until the upload is complete. Another stream is read once, into memory,
    /// before the first request; if that fails or is canceled, the content cannot be used again. The stream is not
    /// disposed.
    /// </summary>
    /// <param name="contentType">See <see cref="ContentType"/>.</param>
    /// <param name="fileName">See <see cref="FileName"/>.</param>
    /// <exception cref="ArgumentException">
    /// The stream cannot be read, the content type is not a media type, or the file name is empty.
    /// </exception>
    public static AssetContent FromStream(Stream stream, string? contentType = null, string? fileName = null)
    {
        ArgumentNullException.ThrowIfNull(stream);
        if (!stream.CanRead)
        {
            throw new ArgumentException("The stream cannot be read.", nameof(stream));
        }

        if (!stream.CanSeek)
        {
            return new BufferedContent(stream, contentType, fileName);
        }

        var start = stream.Position;
        var shared = new SharedStream(stream);
        return new StreamedContent(
            () => shared.OpenRead(start),
            Math.Max(stream.Length - start, 0),
            contentType,
            fileName
        );
    }

    /// <param name="bytes">Must not change until the upload is complete.</param>
    /// <param name="contentType">See <see cref="ContentType"/>.</param>
    /// <param name="fileName">See <see cref="FileName"/>.</param>
    /// <exception cref="ArgumentException">The content type is not a media type, or the file name is empty.</exception>
    public static AssetContent FromBytes(byte[] bytes, string? contentType = null, string? fileName = null)
    {
        ArgumentNullException.ThrowIfNull(bytes);
        return new BytesContent(bytes, contentType, fileName);
    }

    /// <summary>Creates content from text, in UTF-8 without a byte order mark.</summary>
    /// <param name="contentType">See <see cref="ContentType"/>.</param>
    /// <param name="fileName">See <see cref="FileName"/>.</param>
    /// <exception cref="ArgumentException">
    /// The text has an unpaired surrogate, the content type is not a media type, or the file name is empty.
    /// </exception>
    public static AssetContent FromText(string text, string? contentType = null, string? fileName = null)
    {
        ArgumentNullException.ThrowIfNull(text);
        return new TextContent(StrictUtf8.GetBytes(text), contentType, fileName);
    }

    /// <summary>Reads what has to be in memory before the first request.</summary>
    /// <param name="maxLength">In bytes. If there are more, the rest need not be read.</param>
    /// <exception cref="AssetContentException">The content cannot be read.</exception>
    internal virtual Task PrepareAsync(long maxLength, CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>Writes the whole content, which has <see cref="Length"/> bytes. A retry calls it again.</summary>
    /// <exception cref="AssetContentException">The content cannot be read; the upload is not retried.</exception>
    internal abstract Task WriteToAsync(Stream destination, CancellationToken cancellationToken);

    /// <summary>Gets the content type of an upload to a path.</summary>
    internal string GetContentType(string path)
    {
        if (ContentType is not null)
        {
            return ContentType;
        }

        var ofFile = ContentTypes.FromFileName(FileName ?? path);
        var known = ofFile == ContentTypes.Unknown ? ContentTypes.FromFileName(path) : ofFile;
        return known == ContentTypes.Unknown ? FallbackContentType : known;
    }
}

/// <summary>
/// The content of an upload could not be read, or changed meanwhile. The upload is not retried, because the failure is
/// local. The attempt created no Asset Version, but one before it, whose response was lost, may have.
/// </summary>
public sealed class AssetContentException : Exception
{
    internal AssetContentException(Exception inner)
        : base($"The content could not be read: {inner.Message}", inner) { }
}
