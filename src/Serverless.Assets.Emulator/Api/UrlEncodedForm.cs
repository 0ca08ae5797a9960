using System.Globalization;
using System.Text;

namespace Serverless.Assets.Emulator.Api;

/// <summary>
/// Decodes <c>application/x-www-form-urlencoded</c>. Unlike a browser's decoder, it rejects what is not encoded
/// correctly instead of guessing what it means.
/// </summary>
internal static class UrlEncodedForm
{
    /// <summary>Enough for a Build with too many versions, so that it gets the service's error.</summary>
    public const int MaxFields = 10_000;

    /// <summary>Bytes in a body without files.</summary>
    public const int MaxSize = 4 * 1024 * 1024;

    /// <exception cref="ApiException">The body is too large or malformed.</exception>
    public static async Task<FormFields> ReadAsync(Stream body, CancellationToken cancellationToken)
    {
        var bytes = await ReadBytesAsync(body, cancellationToken);
        var fields = new FormFields();
        foreach (var range in bytes.Span.Split((byte)'&'))
        {
            var field = bytes.Span[range];
            if (field.Length > 0)
            {
                var equals = field.IndexOf((byte)'=');
                fields.Add(
                    Decode(equals < 0 ? field : field[..equals]),
                    equals < 0 ? "" : Decode(field[(equals + 1)..])
                );
            }
        }

        return fields;
    }

    /// <summary>Reads text up to the size that a body may have.</summary>
    /// <exception cref="ApiException">There is more.</exception>
    public static async Task<ReadOnlyMemory<byte>> ReadBytesAsync(Stream body, CancellationToken cancellationToken)
    {
        using var bytes = new MemoryStream();
        var buffer = new byte[16 * 1024];
        int count;
        while ((count = await body.ReadAsync(buffer, cancellationToken)) > 0)
        {
            if (bytes.Length + count > MaxSize)
            {
                throw ApiException.TooLarge();
            }

            bytes.Write(buffer, 0, count);
        }

        return bytes.ToArray();
    }

    private static string Decode(ReadOnlySpan<byte> encoded)
    {
        var bytes = new byte[encoded.Length];
        var length = 0;
        for (var i = 0; i < encoded.Length; i++)
        {
            bytes[length++] = encoded[i] switch
            {
                (byte)'+' => (byte)' ',
                (byte)'%' => DecodeByte(encoded, ref i),
                var other => other,
            };
        }

        return FormFields.DecodeText(bytes.AsSpan(0, length));
    }

    private static byte DecodeByte(ReadOnlySpan<byte> encoded, ref int i)
    {
        var digits = encoded.Slice(i + 1, Math.Min(2, encoded.Length - i - 1));
        if (digits.Length < 2 || !byte.TryParse(digits, NumberStyles.AllowHexSpecifier, null, out var value))
        {
            throw ApiException.Invalid("The post body contains an invalid percent-encoding");
        }

        i += 2;
        return value;
    }
}

/// <summary>The names and values of a form, in the order of the request.</summary>
internal sealed class FormFields
{
    private static readonly UTF8Encoding StrictUtf8 = new(false, throwOnInvalidBytes: true);

    private readonly Dictionary<string, List<string>> _values = new(StringComparer.Ordinal);
    private int _count;

    /// <exception cref="ApiException">There are too many fields.</exception>
    public void Add(string name, string value)
    {
        if (++_count > UrlEncodedForm.MaxFields)
        {
            throw ApiException.Invalid($"The post body has more than {UrlEncodedForm.MaxFields} fields");
        }

        if (!_values.TryGetValue(name, out var values))
        {
            _values.Add(name, values = []);
        }

        values.Add(value);
    }

    public IReadOnlyList<string> FindAll(string name) => _values.TryGetValue(name, out var values) ? values : [];

    /// <exception cref="ApiException">The bytes are not UTF-8.</exception>
    public static string DecodeText(ReadOnlySpan<byte> bytes)
    {
        try
        {
            return StrictUtf8.GetString(bytes);
        }
        catch (DecoderFallbackException)
        {
            throw ApiException.Invalid("The post body contains text that is not UTF-8");
        }
    }
}
