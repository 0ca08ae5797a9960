using System.Globalization;

namespace Serverless.Assets.Emulator.Api;

/// <summary>
/// Decodes <c>application/x-www-form-urlencoded</c>. Unlike a browser, it rejects invalid encodings instead
/// of guessing what they mean.
/// </summary>
internal static class UrlEncodedForm
{
    /// <exception cref="ApiException">The body is too large or malformed.</exception>
    public static async Task<FormFields> ReadAsync(Stream body, CancellationToken cancellationToken)
    {
        var bytes = await FormText.ReadAsync(body, cancellationToken);
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

        return FormText.Decode(bytes.AsSpan(0, length));
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
