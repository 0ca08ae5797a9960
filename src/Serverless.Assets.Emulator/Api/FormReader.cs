using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Net.Http.Headers;
using Serverless.Assets.Emulator.Control;
using Serverless.Assets.Emulator.Faults;
using Serverless.Assets.Emulator.Storage;

namespace Serverless.Assets.Emulator.Api;

/// <summary>Reads the body of a request: its fields into memory, the file of an upload to disk.</summary>
internal sealed class FormReader(ContentLibrary contents, Bandwidth bandwidth, EmulatorStats stats)
{
    private const string FileField = "Content";

    /// <summary>Characters in a boundary (RFC 2046).</summary>
    private const int MaxBoundaryLength = 70;

    /// <summary>
    /// Bytes of a multipart body: a file of the maximum size, the maximum of text, and as much for the headers of the
    /// parts. The proxy in front of the service has a limit too, which is not known.
    /// </summary>
    private const long MaxMultipartSize = ServiceLimits.MaxPublicOrProtectedSize + (2 * FormText.MaxSize);

    /// <returns>An empty form if the body is neither URL-encoded nor multipart.</returns>
    /// <exception cref="ApiException">The body is malformed.</exception>
    public async Task<RequestForm> ReadAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        if (request.ContentType is null || !MediaTypeHeaderValue.TryParse(request.ContentType, out var type))
        {
            return RequestForm.Empty;
        }

        if (type.MediaType.Equals("multipart/form-data", StringComparison.OrdinalIgnoreCase))
        {
            var boundary = GetBoundary(type);
            LimitBody(request, MaxMultipartSize);
            return await ReadMultipartAsync(request.Body, boundary, cancellationToken);
        }

        if (!type.MediaType.Equals("application/x-www-form-urlencoded", StringComparison.OrdinalIgnoreCase))
        {
            return RequestForm.Empty;
        }

        LimitBody(request, FormText.MaxSize);
        stats.CountBytes(request.ContentLength ?? 0);
        return new RequestForm(await UrlEncodedForm.ReadAsync(request.Body, cancellationToken), content: null);
    }

    /// <summary>
    /// Rejects a body by its announced length before any of it is read. Without one, the server stops reading at the
    /// limit.
    /// </summary>
    private static void LimitBody(HttpRequest request, long maxSize)
    {
        if (request.ContentLength > maxSize)
        {
            throw ApiException.TooLarge();
        }

        request.HttpContext.Features.GetRequiredFeature<IHttpMaxRequestBodySizeFeature>().MaxRequestBodySize = maxSize;
    }

    private static string GetBoundary(MediaTypeHeaderValue type) =>
        HeaderUtilities.RemoveQuotes(type.Boundary).Value switch
        {
            null or "" => throw ApiException.Invalid("The multipart body has no boundary"),
            { Length: > MaxBoundaryLength } => throw RequestForm.TooLong("The boundary", MaxBoundaryLength),
            var boundary => boundary,
        };

    private async Task<RequestForm> ReadMultipartAsync(
        Stream body,
        string boundary,
        CancellationToken cancellationToken
    )
    {
        var reader = new MultipartReader(boundary, new UploadStream(body, bandwidth, stats));
        var fields = new FormFields();
        var textLeft = FormText.MaxSize;
        IncomingContent? content = null;
        string? fileName = null;
        try
        {
            while (await reader.ReadNextSectionAsync(cancellationToken) is { } section)
            {
                var disposition = GetDisposition(section);
                var name = HeaderUtilities.RemoveQuotes(disposition.Name).ToString();
                if (name != FileField)
                {
                    var text = await FormText.ReadAsync(section.Body, cancellationToken, textLeft - name.Length);
                    textLeft -= name.Length + text.Length;
                    fields.Add(name, FormText.Decode(text.Span));
                    continue;
                }

                if (content is not null)
                {
                    throw RequestForm.Repeated(FileField);
                }

                fileName = HeaderUtilities.RemoveQuotes(disposition.FileName).Value;
                content = await contents.ReceiveAsync(
                    section.Body,
                    ServiceLimits.MaxPublicOrProtectedSize,
                    ContentType.Validate(section.ContentType),
                    cancellationToken
                );
            }

            return new RequestForm(fields, content, fileName);
        }
        catch
        {
            content?.Dispose();
            throw;
        }
    }

    private static ContentDispositionHeaderValue GetDisposition(MultipartSection section)
    {
        var header = section.ContentDisposition;
        if (header is not null && header.Any(char.IsControl))
        {
            throw ApiException.Invalid("A name in the multipart body contains control characters");
        }

        return ContentDispositionHeaderValue.TryParse(header, out var disposition)
            ? disposition
            : throw ApiException.Invalid("A part of the multipart body has no valid Content-Disposition");
    }
}
