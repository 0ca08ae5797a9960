using System.Text;

namespace Serverless.Assets.Emulator.Api;

/// <summary>Reads and decodes the text of a form: a URL-encoded body, or one field of a multipart body.</summary>
internal static class FormText
{
    /// <summary>In bytes, of all text of a form together.</summary>
    public const int MaxSize = 4 * 1024 * 1024;

    private static readonly UTF8Encoding StrictUtf8 = new(false, throwOnInvalidBytes: true);

    /// <summary>Reads a stream to its end.</summary>
    /// <param name="maxSize">In bytes.</param>
    /// <exception cref="ApiException">The stream contains more.</exception>
    public static async Task<ReadOnlyMemory<byte>> ReadAsync(
        Stream body,
        CancellationToken cancellationToken,
        int maxSize = MaxSize
    )
    {
        if (maxSize < 0)
        {
            throw ApiException.TooLarge();
        }

        var bytes = new MemoryStream();
        var buffer = new byte[16 * 1024];
        int count;
        while ((count = await body.ReadAsync(buffer, cancellationToken)) > 0)
        {
            if (bytes.Length + count > maxSize)
            {
                throw ApiException.TooLarge();
            }

            bytes.Write(buffer, 0, count);
        }

        return bytes.GetBuffer().AsMemory(0, (int)bytes.Length);
    }

    /// <exception cref="ApiException">The bytes are not UTF-8.</exception>
    public static string Decode(ReadOnlySpan<byte> bytes)
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
