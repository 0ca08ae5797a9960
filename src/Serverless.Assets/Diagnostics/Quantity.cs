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
