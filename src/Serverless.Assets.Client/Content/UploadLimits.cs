using System.Globalization;

namespace Serverless.Assets.Client;

/// <summary>The documented limits on an upload.</summary>
internal static class UploadLimits
{
    private const long Megabyte = 1024 * 1024;

    /// <summary>
    /// Gets the size of the largest content, in bytes. The documentation says MB. This takes the larger interpretation,
    /// 1,024² bytes, so that nothing that the service accepts is rejected.
    /// </summary>
    public static long GetMaxLength(Visibility visibility) => (visibility == Visibility.Private ? 10 : 25) * Megabyte;

    /// <exception cref="ArgumentException">The content is longer than the service accepts.</exception>
    public static void Require(AssetContent content, Visibility visibility)
    {
        var limit = GetMaxLength(visibility);
        if (content.Length > limit)
        {
            throw new ArgumentException(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"The content exceeds {limit / Megabyte} MB ({limit} bytes), the service's limit for "
                        + $"{visibility.ToWireValue()} content: it has {content.Length} bytes"
                ) + (content is BufferedContent ? " or more." : "."),
                nameof(content)
            );
        }
    }
}
