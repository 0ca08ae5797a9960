using System.Diagnostics.Metrics;
using Serverless.Assets.Client;

namespace Serverless.Assets.Telemetry;

/// <summary>The engine's metrics, which use the client's meter. docs/telemetry.md lists all names.</summary>
internal static class AssetTelemetry
{
    /// <summary>Tagged with <see cref="TelemetryNames.AssetStatus"/>.</summary>
    public static Counter<int> Assets { get; } =
        ClientTelemetry.Meter.CreateCounter<int>(
            "serverless_assets.assets",
            "{asset}",
            "Assets that were uploaded, were unchanged, or failed."
        );

    /// <summary>Includes content that was sent again. Excludes the multipart framing.</summary>
    public static Counter<long> ContentSent { get; } =
        ClientTelemetry.Meter.CreateCounter<long>(
            "serverless_assets.content.sent",
            "By",
            "Content of files that was sent."
        );
}
