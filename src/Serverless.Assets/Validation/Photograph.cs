using MetadataExtractor;
using MetadataExtractor.Formats.Exif;

namespace Serverless.Assets.Validation;

/// <summary>Reads whether a picture tells where it was taken.</summary>
internal static class Photograph
{
    private static readonly HashSet<string> Extensions = new(StringComparer.OrdinalIgnoreCase)
    {
        ".jpg", ".jpeg", ".heic", ".heif", ".avif", ".png", ".webp", ".tif", ".tiff", ".dng",
    };

    public static bool TellsPlace(string file)
    {
        if (!Extensions.Contains(Path.GetExtension(file)))
        {
            return false;
        }

        try
        {
            return ImageMetadataReader.ReadMetadata(file).OfType<GpsDirectory>().Any(gps => gps.ContainsTag(GpsDirectory.TagLatitude));
        }
        catch (Exception failure) when (failure is ImageProcessingException or IOException or UnauthorizedAccessException)
        {
            return false; // no picture after all; whether the file can be read is found out where it is sent
        }
    }
}
