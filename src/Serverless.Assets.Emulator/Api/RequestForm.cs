using System.Globalization;
using System.Text;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Net.Http.Headers;
using Serverless.Assets.Emulator.Control;
using Serverless.Assets.Emulator.Faults;
using Serverless.Assets.Emulator.Storage;

namespace Serverless.Assets.Emulator.Api;

/// <summary>
/// The fields of a request, and the file of an upload. Disposing deletes the file unless the
/// <see cref="ContentStore"/> keeps it.
/// </summary>
internal sealed class RequestForm(IReadOnlyDictionary<string, List<string>> fields, IncomingContent? content)
    : IDisposable
{
    public static RequestForm Empty { get; } = new(new Dictionary<string, List<string>>(), null);

    public IncomingContent? Content => content;

    /// <summary>The first value of a field, or null.</summary>
    public string? Find(string name) => fields.TryGetValue(name, out var values) ? values[0] : null;

    /// <summary>All values of a field that can be repeated.</summary>
    public IReadOnlyList<string> FindAll(string name) => fields.TryGetValue(name, out var values) ? values : [];

    /// <exception cref="ApiException">The field is neither <c>true</c> nor <c>false</c>.</exception>
    public bool? FindFlag(string name) =>
        Find(name) switch
        {
            null or "" => null,
            var text when bool.TryParse(text, out var flag) => flag,
            _ => throw ApiException.Invalid($"{name} is not a valid boolean"),
        };

    /// <exception cref="ApiException">The field is missing or empty.</exception>
    public string GetRequired(string name) => Find(name) is { Length: > 0 } value ? value : throw Missing(name);

    /// <exception cref="ApiException">The field is missing, empty or too long.</exception>
    public string GetRequired(string name, int maxLength)
    {
        var value = GetRequired(name);
        return value.Length <= maxLength ? value : throw TooLong(name, maxLength);
    }

    public static ApiException Missing(string name) =>
        ApiException.Invalid($"Missing required parameter {name} in the post body");

    public static ApiException TooLong(string name, int maxLength) =>
        ApiException.Invalid(
            string.Create(CultureInfo.InvariantCulture, $"{name} is longer than {maxLength} characters")
        );

    public void Dispose() => content?.Dispose();
}

/// <summary>Reads the body of a request: its fields into memory, the file of an upload to disk.</summary>
internal sealed class FormReader(ContentStore contents, Bandwidth bandwidth, EmulatorStats stats)
{
    private const string FileField = "Content";
    private const string DefaultContentType = "application/octet-stream";

    /// <summary>Enough for a Build with too many versions, so that it gets the service's error.</summary>
    private const int MaxFields = 10_000;

    /// <returns>An empty form if the body is neither URL-encoded nor multipart.</returns>
    /// <exception cref="ApiException">The body is malformed.</exception>
    public async Task<RequestForm> ReadAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        if (request.ContentType is null || !MediaTypeHeaderValue.TryParse(request.ContentType, out var type))
        {
            return RequestForm.Empty;
        }

        try
        {
            if (type.MediaType.Equals("multipart/form-data", StringComparison.OrdinalIgnoreCase))
            {
                var boundary = HeaderUtilities.RemoveQuotes(type.Boundary).Value;
                return string.IsNullOrEmpty(boundary)
                    ? throw ApiException.Invalid("The multipart body has no boundary")
                    : await ReadMultipartAsync(request.Body, boundary, cancellationToken);
            }

            return type.MediaType.Equals("application/x-www-form-urlencoded", StringComparison.OrdinalIgnoreCase)
                ? await ReadUrlEncodedAsync(request, cancellationToken)
                : RequestForm.Empty;
        }
        catch (InvalidDataException exception)
        {
            throw ApiException.Invalid(exception.Message);
        }
        catch (IOException exception)
            when (exception is not BadHttpRequestException && !cancellationToken.IsCancellationRequested)
        {
            throw ApiException.Invalid(exception.Message); // a multipart body that ends early
        }
    }

    private async Task<RequestForm> ReadUrlEncodedAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        stats.CountBytes(request.ContentLength ?? 0);
        var values = await new FormPipeReader(request.BodyReader) { ValueCountLimit = MaxFields }.ReadFormAsync(
            cancellationToken
        );
        return new RequestForm(
            values.ToDictionary(field => field.Key, field => field.Value.OfType<string>().ToList()),
            null
        );
    }

    private async Task<RequestForm> ReadMultipartAsync(
        Stream body,
        string boundary,
        CancellationToken cancellationToken
    )
    {
        var reader = new MultipartReader(boundary, new UploadStream(body, bandwidth, stats));
        var fields = new Dictionary<string, List<string>>(StringComparer.Ordinal);
        IncomingContent? content = null;
        try
        {
            while (await reader.ReadNextSectionAsync(cancellationToken) is { } section)
            {
                if (!ContentDispositionHeaderValue.TryParse(section.ContentDisposition, out var disposition))
                {
                    continue;
                }

                var name = HeaderUtilities.RemoveQuotes(disposition.Name).ToString();
                if (name == FileField)
                {
                    content?.Dispose();
                    content = await contents.ReceiveAsync(
                        section.Body,
                        Limits.ServedSize,
                        section.ContentType ?? DefaultContentType,
                        cancellationToken
                    );
                }
                else
                {
                    AddTo(fields, name, await ReadTextAsync(section.Body, cancellationToken));
                }
            }

            return new RequestForm(fields, content);
        }
        catch
        {
            content?.Dispose();
            throw;
        }
    }

    private static void AddTo(Dictionary<string, List<string>> fields, string name, string value)
    {
        if (fields.TryGetValue(name, out var values))
        {
            values.Add(value);
        }
        else
        {
            fields.Add(name, [value]);
        }
    }

    private static async Task<string> ReadTextAsync(Stream body, CancellationToken cancellationToken)
    {
        using var reader = new StreamReader(body, Encoding.UTF8, detectEncodingFromByteOrderMarks: false);
        return await reader.ReadToEndAsync(cancellationToken);
    }
}
