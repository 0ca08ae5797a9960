using System.Buffers.Binary;
using System.Text;

namespace Serverless.Assets.TestSupport;

/// <summary>Minimal pictures: they contain nothing but metadata.</summary>
internal static class Pictures
{
    /// <summary>Exif metadata with a latitude.</summary>
    public static byte[] Place { get; } =
        Tiff(
            // IFD 0: the GPS directory is at byte 26.
            [.. Entry(tag: unchecked((short)0x8825), type: 4, count: 1, value: 26)],
            // The latitude: three rationals at byte 56.
            [.. Entry(tag: 1, type: 2, count: 2, value: 'N'), .. Entry(tag: 2, type: 5, count: 3, value: 56)],
            [53, 1, 33, 1, 0, 1]
        );

    /// <summary>The same metadata, big-endian.</summary>
    public static byte[] BigEndianPlace { get; } =
    [
        .. "MM\0*"u8,
        .. BigEndian(8),
        // IFD 0: the GPS directory is at byte 26.
        .. (byte[])[0, 1, 0x88, 0x25, 0, 4, .. BigEndian(1), .. BigEndian(26), .. BigEndian(0)],
        // The latitude: three rationals at byte 56.
        .. (byte[])[0, 2, 0, 1, 0, 2, .. BigEndian(2), (byte)'N', 0, 0, 0],
        .. (byte[])[0, 2, 0, 5, .. BigEndian(3), .. BigEndian(56), .. BigEndian(0)],
        .. new[] { 53, 1, 33, 1, 0, 1 }.SelectMany(BigEndian),
    ];

    /// <summary>Exif metadata without entries.</summary>
    public static byte[] NoPlace { get; } = Tiff();

    /// <summary>Start of image, the metadata as segment APP1, end of image.</summary>
    public static byte[] Jpeg(byte[] tiff)
    {
        byte[] exif = [.. "Exif\0\0"u8, .. tiff];
        return [0xFF, 0xD8, 0xFF, 0xE1, (byte)((exif.Length + 2) >> 8), (byte)(exif.Length + 2), .. exif, 0xFF, 0xD9];
    }

    /// <param name="chunks">Type and data, and the declared length if it differs from the actual one.</param>
    public static byte[] Png(params (string Type, byte[] Data, int? Length)[] chunks) =>
        [
            0x89,
            .. "PNG\r\n"u8,
            0x1A,
            0x0A,
            .. chunks.SelectMany(chunk =>
                (byte[])
                    [
                        .. BigEndian(chunk.Length ?? chunk.Data.Length),
                        .. Encoding.ASCII.GetBytes(chunk.Type),
                        .. chunk.Data,
                        0,
                        0,
                        0,
                        0,
                    ]
            ),
        ];

    /// <param name="chunks">Type and data, and the declared length if it differs from the actual one.</param>
    public static byte[] WebP(int riffLength, params (string Type, byte[] Data, int? Length)[] chunks) =>
        [
            .. "RIFF"u8,
            .. Int(riffLength),
            .. "WEBP"u8,
            .. chunks.SelectMany(chunk =>
                (byte[])
                    [
                        .. Encoding.ASCII.GetBytes(chunk.Type),
                        .. Int(chunk.Length ?? chunk.Data.Length),
                        .. chunk.Data,
                        .. new byte[chunk.Data.Length & 1],
                    ]
            ),
        ];

    /// <summary>A box that names the format, and one that contains the metadata.</summary>
    public static byte[] Heif(string brand, byte[] tiff) =>
        [
            .. BigEndian(20),
            .. "ftyp"u8,
            .. Encoding.ASCII.GetBytes(brand),
            0,
            0,
            0,
            0,
            .. "mif1"u8,
            .. BigEndian(tiff.Length + 18),
            .. "mdat"u8,
            .. BigEndian(6),
            .. "Exif\0\0"u8,
            .. tiff,
        ];

    /// <summary>
    /// Little-endian. Each directory consists of its number of entries, the entries, and no next directory.
    /// </summary>
    public static byte[] Tiff(byte[]? first = null, byte[]? second = null, int[]? numbers = null) =>
        [
            .. "II*\0"u8,
            .. Int(8),
            .. Directory(first ?? []),
            .. second is null ? [] : Directory(second),
            .. (numbers ?? []).SelectMany(Int),
        ];

    /// <summary>A long chain of directories, each with the offset of the next.</summary>
    public static byte[] ChainOfDirectories(int count)
    {
        using var tiff = new MemoryStream();
        tiff.Write([.. "II*\0"u8, .. Int(8)]);
        for (var i = 0; i < count; i++)
        {
            tiff.Write([1, 0, .. Entry(tag: 0x0129, type: 3, count: 1, value: 0), .. Int((int)tiff.Position + 18)]);
        }

        return tiff.ToArray();
    }

    private static byte[] Directory(byte[] entries) => [(byte)(entries.Length / 12), 0, .. entries, .. Int(0)];

    private static byte[] Entry(short tag, short type, int count, int value)
    {
        var entry = new byte[12];
        BinaryPrimitives.WriteInt16LittleEndian(entry, tag);
        BinaryPrimitives.WriteInt16LittleEndian(entry.AsSpan(2), type);
        BinaryPrimitives.WriteInt32LittleEndian(entry.AsSpan(4), count);
        BinaryPrimitives.WriteInt32LittleEndian(entry.AsSpan(8), value);
        return entry;
    }

    private static byte[] Int(int value)
    {
        var bytes = new byte[4];
        BinaryPrimitives.WriteInt32LittleEndian(bytes, value);
        return bytes;
    }

    private static byte[] BigEndian(int value)
    {
        var bytes = new byte[4];
        BinaryPrimitives.WriteInt32BigEndian(bytes, value);
        return bytes;
    }
}
