using System.Buffers;
using System.Buffers.Binary;
using MetadataExtractor.Formats.Exif;
using MetadataExtractor.Formats.Jpeg;

namespace Serverless.Assets.Validation;

/// <summary>
/// Reads whether a picture tells where it was taken. Only JPEG is left to MetadataExtractor, where it reads segments of at
/// most 64 KB: of the other formats it takes whole chunks or the whole file into memory.
/// </summary>
internal static class Photograph
{
    /// <summary>Enough for the headers; what is skipped must not be read into a large buffer.</summary>
    private const int BufferSize = 1024;

    /// <summary>HEIF and AVIF have their metadata near the beginning.</summary>
    private const int SearchedOfHeif = 1024 * 1024;

    /// <summary>A picture has one or two; more headers than this are there to keep the search busy.</summary>
    private const int HeadersTriedOfHeif = 8;

    private const int SignatureLength = 12;

    private static readonly HashSet<string> Extensions = new(StringComparer.OrdinalIgnoreCase)
    {
        ".jpg",
        ".jpeg",
        ".heic",
        ".heif",
        ".avif",
        ".png",
        ".webp",
        ".tif",
        ".tiff",
        ".dng",
    };

    public static bool TellsPlace(string file)
    {
        if (!Extensions.Contains(Path.GetExtension(file)))
        {
            return false;
        }

        try
        {
            using var stream = new FileStream(
                file,
                FileMode.Open,
                FileAccess.Read,
                FileShare.ReadWrite | FileShare.Delete,
                BufferSize
            );
            return TellsPlace(stream);
        }
        catch (Exception)
        {
            // Whatever goes wrong, this is only advice, and it must never fail a build: a broken or hostile picture makes
            // MetadataExtractor throw nearly anything. Whether the file can be read is found out where it is sent.
            return false;
        }
    }

    /// <summary>By what the file holds, not by its name: phones name HEIF pictures <c>.jpg</c>.</summary>
    /// <param name="stream">At its beginning; can seek.</param>
    internal static bool TellsPlace(Stream stream)
    {
        Span<byte> signature = stackalloc byte[SignatureLength];
        if (stream.ReadAtLeast(signature, SignatureLength, throwOnEndOfStream: false) < SignatureLength)
        {
            return false;
        }

        return signature switch
        {
            _ when signature.StartsWith((ReadOnlySpan<byte>)[0xFF, 0xD8]) => JpegTellsPlace(stream),
            _ when signature.StartsWith((ReadOnlySpan<byte>)[0x89, (byte)'P', (byte)'N', (byte)'G']) => PngTellsPlace(
                stream
            ),
            _ when signature.StartsWith("RIFF"u8) && signature[8..].SequenceEqual("WEBP"u8) => WebPTellsPlace(stream),
            _ when signature[4..].StartsWith("ftyp"u8) => HeifTellsPlace(stream),
            _ => ExifPlace.IsIn(stream, 0),
        };
    }

    private static bool JpegTellsPlace(Stream stream)
    {
        stream.Position = 0;
        return JpegMetadataReader
            .ReadMetadata(stream)
            .OfType<GpsDirectory>()
            .Any(gps => gps.ContainsTag(GpsDirectory.TagLatitude));
    }

    /// <summary>A chunk is its length, its type, its data and four bytes of checksum.</summary>
    private static bool PngTellsPlace(Stream stream)
    {
        const int AfterSignature = 8;
        Span<byte> header = stackalloc byte[8];
        for (
            long position = AfterSignature;
            Reads(stream, position, header);
            position += header.Length + BinaryPrimitives.ReadUInt32BigEndian(header) + 4
        )
        {
            if (header[4..].SequenceEqual("eXIf"u8))
            {
                return ExifPlace.IsIn(stream, position + header.Length);
            }
        }

        return false;
    }

    /// <summary>A chunk is its type, its length and its data, with a byte more when the length is odd.</summary>
    private static bool WebPTellsPlace(Stream stream)
    {
        Span<byte> header = stackalloc byte[8];
        for (long position = SignatureLength; Reads(stream, position, header); )
        {
            var length = BinaryPrimitives.ReadUInt32LittleEndian(header[4..]);
            position += header.Length;
            if (header.StartsWith("EXIF"u8))
            {
                // Some programs put the mark of a JPEG segment before the data.
                return ExifPlace.IsIn(stream, position) || ExifPlace.IsIn(stream, position + "Exif\0\0"u8.Length);
            }

            position += length + (length & 1);
        }

        return false;
    }

    /// <summary>The boxes tell by many detours where the metadata is; its header is easily found without them.</summary>
    private static bool HeifTellsPlace(Stream stream)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(SearchedOfHeif);
        try
        {
            stream.Position = 0;
            var length = stream.ReadAtLeast(
                buffer.AsSpan(0, SearchedOfHeif),
                SearchedOfHeif,
                throwOnEndOfStream: false
            );
            var tried = 0;
            for (var i = SignatureLength; i < length && tried < HeadersTriedOfHeif; i++)
            {
                if (ExifPlace.IsHeader(buffer.AsSpan(i, length - i)))
                {
                    tried++;
                    if (ExifPlace.IsIn(stream, i))
                    {
                        return true;
                    }
                }
            }

            return false;
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    private static bool Reads(Stream stream, long position, Span<byte> header)
    {
        stream.Position = position;
        return stream.ReadAtLeast(header, header.Length, throwOnEndOfStream: false) == header.Length;
    }
}
