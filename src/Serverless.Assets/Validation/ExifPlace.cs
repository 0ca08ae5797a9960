using System.Buffers.Binary;

namespace Serverless.Assets.Validation;

/// <summary>
/// Looks for a latitude in Exif data, which is laid out as a TIFF file. It reads only the entries of the two directories
/// that lead there, however large the file is, and follows nothing else: a file made to deceive can't make it go deep.
/// </summary>
internal static class ExifPlace
{
    private const int HeaderLength = 8;
    private const int EntryLength = 12;
    private const ushort GpsDirectoryTag = 0x8825;
    private const ushort LatitudeTag = 2;

    private static ReadOnlySpan<byte> LittleEndian => "II*\0"u8;

    private static ReadOnlySpan<byte> BigEndian => "MM\0*"u8;

    public static bool IsHeader(ReadOnlySpan<byte> bytes) =>
        bytes.StartsWith(LittleEndian) || bytes.StartsWith(BigEndian);

    /// <param name="stream">Can seek; its position changes.</param>
    /// <param name="start">Where the TIFF header is; offsets in the data count from there.</param>
    public static bool IsIn(Stream stream, long start)
    {
        Span<byte> header = stackalloc byte[HeaderLength];
        stream.Position = start;
        if (stream.ReadAtLeast(header, HeaderLength, throwOnEndOfStream: false) < HeaderLength || !IsHeader(header))
        {
            return false;
        }

        var isLittle = header.StartsWith(LittleEndian);
        return Find(stream, start, Number(header[4..], isLittle), GpsDirectoryTag, isLittle) is { } gps
            && Find(stream, start, gps, LatitudeTag, isLittle) is not null;
    }

    /// <returns>The value of the directory's entry, or where it is; null when the directory has no such entry.</returns>
    private static uint? Find(Stream stream, long start, uint directory, ushort tag, bool isLittle)
    {
        Span<byte> entry = stackalloc byte[EntryLength];
        stream.Position = start + directory;
        stream.ReadExactly(entry[..2]);
        for (int left = Short(entry, isLittle); left > 0; left--)
        {
            stream.ReadExactly(entry);
            if (Short(entry, isLittle) == tag)
            {
                return Number(entry[8..], isLittle);
            }
        }

        return null;
    }

    private static ushort Short(ReadOnlySpan<byte> bytes, bool isLittle) =>
        isLittle ? BinaryPrimitives.ReadUInt16LittleEndian(bytes) : BinaryPrimitives.ReadUInt16BigEndian(bytes);

    private static uint Number(ReadOnlySpan<byte> bytes, bool isLittle) =>
        isLittle ? BinaryPrimitives.ReadUInt32LittleEndian(bytes) : BinaryPrimitives.ReadUInt32BigEndian(bytes);
}
