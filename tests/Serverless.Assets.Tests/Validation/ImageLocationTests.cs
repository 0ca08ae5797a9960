using Serverless.Assets.Validation;

namespace Serverless.Assets.Tests.Validation;

public sealed class ImageLocationTests
{
    /// <summary>The largest value of a signed length field.</summary>
    private const int HugeLength = int.MaxValue;

    private static readonly byte[] Big = new byte[4 * 1024 * 1024];

    public static TheoryData<string> Formats => ["jpeg", "png", "webp", "webp with mark", "heic", "avif", "tiff"];

    [Theory]
    [MemberData(nameof(Formats))]
    public void The_place_is_found_in_every_format(string format)
    {
        Assert.True(HasGps(Picture(format, Pictures.Place)));
        Assert.True(HasGps(Picture(format, Pictures.BigEndianPlace)));
        Assert.False(HasGps(Picture(format, Pictures.NoPlace)));
    }

    [Theory]
    [InlineData("a.png")]
    [InlineData("a.jpg")]
    public void The_image_format_is_detected_from_the_content_not_the_file_name(string name)
    {
        using var temp = new TempFolder();
        Assert.True(ImageLocation.HasGps(temp.Write(name, Picture("heic", Pictures.Place))));
        Assert.True(ImageLocation.HasGps(temp.Write(name, Picture("png", Pictures.Place))));
    }

    [Theory]
    [InlineData("jpg", true)]
    [InlineData("jpeg", true)]
    [InlineData("heic", true)]
    [InlineData("heif", true)]
    [InlineData("avif", true)]
    [InlineData("png", true)]
    [InlineData("webp", true)]
    [InlineData("tif", true)]
    [InlineData("TIFF", true)]
    [InlineData("dng", true)]
    [InlineData("bin", false)]
    public void Files_with_the_extension_of_an_image_are_read(string extension, bool isRead)
    {
        using var temp = new TempFolder();
        Assert.Equal(isRead, ImageLocation.HasGps(temp.Write($"a.{extension}", Pictures.Place)));
    }

    [Fact]
    public void Big_chunks_are_skipped_and_not_read()
    {
        AssertReadsLittle(
            Pictures.Png(("IHDR", new byte[13], null), ("IDAT", Big, null), ("eXIf", Pictures.Place, null)),
            hasGps: true
        );
        AssertReadsLittle(Pictures.Png(("IDAT", Big, null), ("IEND", [], null)), hasGps: false);
        AssertReadsLittle(
            Pictures.WebP(Big.Length + 200, ("VP8 ", [.. Big, 0], null), ("EXIF", Pictures.Place, null)),
            hasGps: true
        );
        AssertReadsLittle(Pictures.WebP(Big.Length, ("VP8 ", Big, null)), hasGps: false);
        AssertReadsLittle([.. Pictures.Place, .. Big], hasGps: true);
    }

    [Fact]
    public void Of_HEIF_only_the_beginning_is_read()
    {
        using var stream = new CountingStream([.. Picture("heic", Pictures.NoPlace), .. Big]);
        Assert.False(ImageLocation.HasGps(stream));
        Assert.InRange(stream.BytesRead, 1, 1_100_000);
    }

    [Fact]
    public void Malicious_lengths_are_handled_safely()
    {
        Assert.False(HasGps(Pictures.Png(("tEXt", [1, 2], HugeLength), ("IEND", [], null))));
        Assert.False(HasGps(Pictures.Png(("tEXt", [1, 2], -1), ("IEND", [], null))));
        Assert.False(HasGps(Pictures.Png(("eXIf", [1, 2], HugeLength))));
        Assert.False(HasGps(Pictures.WebP(HugeLength, ("VP8 ", [1, 2], null))));
        Assert.False(HasGps(Pictures.WebP(HugeLength, ("VP8 ", [1, 2], HugeLength))));
        Assert.False(HasGps(Pictures.WebP(-1, ("EXIF", [1, 2], -1))));
        Assert.False(HasGps([.. "II*\0"u8, 0xFF, 0xFF, 0xFF, 0x7F, .. new byte[8]]));
    }

    [Fact]
    public void Bytes_that_look_like_a_header_by_chance_do_not_end_the_search()
    {
        byte[] chance = [.. "II*\0"u8, 0xFF, 0xFF, 0xFF, 0x7F];
        Assert.True(HasGps(Picture("heic", [.. chance, .. Pictures.Place])));
        Assert.False(HasGps(Picture("heic", [.. chance, .. Pictures.NoPlace])));
    }

    [Fact]
    public void Very_long_directory_chains_are_handled_safely()
    {
        var chain = Pictures.ChainOfDirectories(200_000);
        Assert.False(HasGps(chain));
        Assert.False(HasGps(Picture("png", chain)));
        Assert.False(HasGps(Picture("heic", chain)));
        Assert.False(HasGps(Picture("jpeg", Pictures.ChainOfDirectories(3_600))));
    }

    [Theory]
    [MemberData(nameof(Formats))]
    public void A_picture_truncated_at_any_position_is_handled_safely(string format)
    {
        using var temp = new TempFolder();
        var whole = Picture(format, Pictures.Place);
        for (var length = 0; length < whole.Length; length++)
        {
            ImageLocation.HasGps(temp.Write("cut.png", whole[..length]));
        }
    }

    private static byte[] Picture(string format, byte[] tiff) =>
        format switch
        {
            "jpeg" => Pictures.Jpeg(tiff),
            "png" => Pictures.Png(
                ("IHDR", new byte[13], null),
                ("IDAT", [1, 2, 3], null),
                ("eXIf", tiff, null),
                ("IEND", [], null)
            ),
            "webp" => Pictures.WebP(200, ("VP8 ", [1, 2, 3], null), ("EXIF", tiff, null)),
            "webp with mark" => Pictures.WebP(200, ("EXIF", [.. "Exif\0\0"u8, .. tiff], null)),
            "tiff" => tiff,
            _ => Pictures.Heif(format, tiff),
        };

    private static bool HasGps(byte[] content)
    {
        using var temp = new TempFolder();
        return ImageLocation.HasGps(temp.Write("a.png", content));
    }

    private static void AssertReadsLittle(byte[] content, bool hasGps)
    {
        using var stream = new CountingStream(content);
        Assert.Equal(hasGps, ImageLocation.HasGps(stream));
        Assert.InRange(stream.BytesRead, 1, 1000);
    }

    /// <summary>Counts the bytes that are read from it.</summary>
    private sealed class CountingStream(byte[] content) : MemoryStream(content, writable: false)
    {
        public long BytesRead { get; private set; }

        public override int Read(byte[] buffer, int offset, int count) => Counted(base.Read(buffer, offset, count));

        public override int ReadByte()
        {
            var value = base.ReadByte();
            Counted(value < 0 ? 0 : 1);
            return value;
        }

        private int Counted(int count)
        {
            BytesRead += count;
            return count;
        }
    }
}
