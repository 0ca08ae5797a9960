using System.Globalization;
using Serverless.Assets.Client;
using Serverless.Assets.Diagnostics;

namespace Serverless.Assets.Reporting.Html;

/// <summary>Formats numbers and names.</summary>
internal static class Format
{
    /// <summary><c>1,045</c></summary>
    public static string Count(long count) => count.ToString("N0", CultureInfo.InvariantCulture);

    /// <summary><c>1,045 files</c>, <c>1 file</c></summary>
    public static string Count(long count, string noun) => Quantity.Format(count, noun, "N0");

    /// <summary><c>85 ms</c>, <c>4.3 s</c>, <c>2 min 5 s</c></summary>
    public static string Time(TimeSpan time) =>
        time switch
        {
            { TotalSeconds: < 0.9995 } => string.Create(CultureInfo.InvariantCulture, $"{time.TotalMilliseconds:0} ms"),
            { TotalSeconds: < 59.95 } => string.Create(CultureInfo.InvariantCulture, $"{time.TotalSeconds:0.0} s"),
            _ => string.Create(
                CultureInfo.InvariantCulture,
                $"{Math.Floor(Math.Round(time.TotalSeconds) / 60):N0} min {Math.Round(time.TotalSeconds) % 60:0} s"
            ),
        };

    /// <param name="share">From 0 to 1. <c>0.042</c> becomes <c>4.2 %</c>.</param>
    public static string Share(double share) => string.Create(CultureInfo.InvariantCulture, $"{share * 100:0.0} %");

    /// <summary><c>20 KB</c>, or a dash if the size is unknown.</summary>
    public static string Size(long? bytes) => bytes is { } known ? ByteSize.Format(known) : "–";

    public static string Visibility(Visibility visibility) => visibility.ToWireValue();
}
