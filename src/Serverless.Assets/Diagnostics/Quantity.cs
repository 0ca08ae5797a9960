using System.Globalization;

namespace Serverless.Assets.Diagnostics;

/// <summary>Formats numbers of things.</summary>
internal static class Quantity
{
    /// <summary>Formats a number with a noun, as <c>1 file</c> or <c>1045 files</c>.</summary>
    /// <param name="noun">In the singular. Its plural ends with an s.</param>
    /// <param name="format"><c>N0</c> separates thousands.</param>
    public static string Format(long count, string noun, string? format = null) =>
        $"{count.ToString(format, CultureInfo.InvariantCulture)} {noun}{(count == 1 ? "" : "s")}";
}

/// <summary>Formats sizes.</summary>
internal static class ByteSize
{
    private static readonly string[] Units = ["B", "KB", "MB", "GB"];

    /// <summary>Formats a size as <c>512 B</c> or <c>19.8 KB</c>. 1 KB is 1,024 bytes.</summary>
    public static string Format(long bytes)
    {
        double size = bytes;
        var unit = 0;
        while (size >= 1024 && unit < Units.Length - 1)
        {
            size /= 1024;
            unit++;
        }

        return unit == 0
            ? string.Create(CultureInfo.InvariantCulture, $"{bytes} B")
            : string.Create(CultureInfo.InvariantCulture, $"{size:0.0} {Units[unit]}");
    }
}
