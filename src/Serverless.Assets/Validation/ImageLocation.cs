using System.Buffers;
using System.Buffers.Binary;
using MetadataExtractor.Formats.Exif;
using MetadataExtractor.Formats.Jpeg;
using Serverless.Assets.Client;

namespace Serverless.Assets.Validation;

/// <summary>
/// Detects GPS coordinates in the metadata of an image. JPEG is left to MetadataExtractor, which reads it in segments
/// of at most 64 KB. For other formats it loads complete chunks, or the complete file, into memory, so this class reads
/// those formats itself.
/// </summary>
internal static class ImageLocation
{
    /// <summary>Large enough for headers, and small so that skipped data is not read into the buffer.</summary>
    private const int BufferSize = 1024;

    /// <summary>HEIF and AVIF files have their metadata near the beginning.</summary>
    private const int MaxSearchedHeifBytes = 1024 * 1024;

    /// <summary>
    /// An image has one or two Exif headers. More are ignored, so that a crafted file cannot prolong the search.
    /// </summary>
    private const int MaxHeifHeaders = 8;

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

    /// <summary>
    /// Whether an image has a GPS latitude. False for a file that is damaged, unreadable, or not an image.
    /// </summary>
    /// <param name="file">Full path.</param>
    public static bool HasGps(string file)
    {
        if (!Extensions.Contains(Path.GetExtension(file)))
        {
            return false;
        }

        try
        {
            using var stream = new BufferedStream(RegularFile.OpenRead(file), BufferSize);
            return HasGps(stream);
        }
        catch (Exception)
        {
            // The result is only a warning and must never fail a build. MetadataExtractor can throw almost any
            // exception for a damaged or crafted image, and the upload reports files that cannot be read.
            return false;
        }
    }

    /// <summary>
    /// Detects the format by content, because phones save HEIF images with the extension <c>.jpg</c>.
    /// </summary>
    /// <param name="stream">A seekable stream at its beginning.</param>
    internal static bool HasGps(Stream stream)
    {
        Span<byte> signature = stackalloc byte[SignatureLength];
        if (stream.ReadAtLeast(signature, SignatureLength, throwOnEndOfStream: false) < SignatureLength)
        {
            return false;
        }

        return signature switch
        {
            _ when signature.StartsWith((ReadOnlySpan<byte>)[0xFF, 0xD8]) => JpegHasGps(stream),
            _ when signature.StartsWith((ReadOnlySpan<byte>)[0x89, (byte)'P', (byte)'N', (byte)'G']) => PngHasGps(
                stream
            ),
            _ when signature.StartsWith("RIFF"u8) && signature[8..].SequenceEqual("WEBP"u8) => WebPHasGps(stream),
            _ when signature[4..].StartsWith("ftyp"u8) => HeifHasGps(stream),
            _ => ExifReader.HasLatitude(stream, 0),
        };
    }

    private static bool JpegHasGps(Stream stream)
    {
        stream.Position = 0;
        return JpegMetadataReader
            .ReadMetadata(stream)
            .OfType<GpsDirectory>()
            .Any(gps => gps.ContainsTag(GpsDirectory.TagLatitude));
    }

    /// <summary>A chunk consists of its length, its type, its data, and a checksum of four bytes.</summary>
    private static bool PngHasGps(Stream stream)
    {
        const int FileSignatureLength = 8;
        Span<byte> header = stackalloc byte[8];
        for (
            long position = FileSignatureLength;
            TryRead(stream, position, header);
            position += header.Length + BinaryPrimitives.ReadUInt32BigEndian(header) + 4
        )
        {
            if (header[4..].SequenceEqual("eXIf"u8))
            {
                return ExifReader.HasLatitude(stream, position + header.Length);
            }
        }

        return false;
    }

    /// <summary>A chunk consists of its type, its length, and its data, which is padded to an even length.</summary>
    private static bool WebPHasGps(Stream stream)
    {
        Span<byte> header = stackalloc byte[8];
        for (long position = SignatureLength; TryRead(stream, position, header); )
        {
            var length = BinaryPrimitives.ReadUInt32LittleEndian(header[4..]);
            position += header.Length;
            if (header.StartsWith("EXIF"u8))
            {
                // Some programs write the marker of a JPEG segment before the data.
                return ExifReader.HasLatitude(stream, position)
                    || ExifReader.HasLatitude(stream, position + "Exif\0\0"u8.Length);
            }

            position += length + (length & 1);
        }

        return false;
    }

    /// <summary>Searches for the Exif header directly, which avoids the nested boxes that locate it.</summary>
    private static bool HeifHasGps(Stream stream)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(MaxSearchedHeifBytes);
        try
        {
            stream.Position = 0;
            var length = stream.ReadAtLeast(
                buffer.AsSpan(0, MaxSearchedHeifBytes),
                MaxSearchedHeifBytes,
                throwOnEndOfStream: false
            );
            var headers = 0;
            for (var i = SignatureLength; i < length && headers < MaxHeifHeaders; i++)
            {
                if (ExifReader.IsHeader(buffer.AsSpan(i, length - i)))
                {
                    headers++;
                    if (ExifReader.HasLatitude(stream, i))
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

    private static bool TryRead(Stream stream, long position, Span<byte> header)
    {
        stream.Position = position;
        return stream.ReadAtLeast(header, header.Length, throwOnEndOfStream: false) == header.Length;
    }

    /// <summary>
    /// Reads Exif data, which has the layout of a TIFF file. It reads only the two directories that lead to the
    /// latitude and follows no other reference, so a crafted file cannot cause a deep or endless search.
    /// </summary>
    private static class ExifReader
    {
        private const int HeaderLength = 8;
        private const int EntryLength = 12;
        private const ushort GpsDirectoryTag = 0x8825;
        private const ushort LatitudeTag = 2;

        private static ReadOnlySpan<byte> LittleEndian => "II*\0"u8;

        private static ReadOnlySpan<byte> BigEndian => "MM\0*"u8;

        public static bool IsHeader(ReadOnlySpan<byte> bytes) =>
            bytes.StartsWith(LittleEndian) || bytes.StartsWith(BigEndian);

        /// <param name="stream">A seekable stream. Its position changes.</param>
        /// <param name="start">Position of the TIFF header. Offsets in the data are relative to it.</param>
        /// <returns>False also if an offset leads out of the data: bytes can look like a header by chance.</returns>
        public static bool HasLatitude(Stream stream, long start)
        {
            try
            {
                return FindLatitude(stream, start);
            }
            catch (EndOfStreamException)
            {
                return false;
            }
        }

        private static bool FindLatitude(Stream stream, long start)
        {
            Span<byte> header = stackalloc byte[HeaderLength];
            stream.Position = start;
            if (stream.ReadAtLeast(header, HeaderLength, throwOnEndOfStream: false) < HeaderLength || !IsHeader(header))
            {
                return false;
            }

            var isLittleEndian = header.StartsWith(LittleEndian);
            var directory = ReadUInt32(header[4..], isLittleEndian);
            return FindEntry(stream, start, directory, GpsDirectoryTag, isLittleEndian) is { } gps
                && FindEntry(stream, start, gps, LatitudeTag, isLittleEndian) is not null;
        }

        /// <returns>The entry's value or the offset of its value, or null if the directory has no such entry.</returns>
        private static uint? FindEntry(Stream stream, long start, uint directory, ushort tag, bool isLittleEndian)
        {
            Span<byte> entry = stackalloc byte[EntryLength];
            stream.Position = start + directory;
            stream.ReadExactly(entry[..2]);
            for (int remaining = ReadUInt16(entry, isLittleEndian); remaining > 0; remaining--)
            {
                stream.ReadExactly(entry);
                if (ReadUInt16(entry, isLittleEndian) == tag)
                {
                    return ReadUInt32(entry[8..], isLittleEndian);
                }
            }

            return null;
        }

        private static ushort ReadUInt16(ReadOnlySpan<byte> bytes, bool isLittleEndian) =>
            isLittleEndian
                ? BinaryPrimitives.ReadUInt16LittleEndian(bytes)
                : BinaryPrimitives.ReadUInt16BigEndian(bytes);

        private static uint ReadUInt32(ReadOnlySpan<byte> bytes, bool isLittleEndian) =>
            isLittleEndian
                ? BinaryPrimitives.ReadUInt32LittleEndian(bytes)
                : BinaryPrimitives.ReadUInt32BigEndian(bytes);
    }
}
