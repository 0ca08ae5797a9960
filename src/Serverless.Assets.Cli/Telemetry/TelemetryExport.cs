using System.Runtime.CompilerServices;
using Serverless.Assets.Diagnostics;

namespace Serverless.Assets.Cli.Telemetry;

/// <summary>
/// Sends a run's traces and metrics to a collector if OpenTelemetry's environment variables name one.
/// </summary>
internal static class TelemetryExport
{
    /// <summary>Runs the work, and exports its telemetry.</summary>
    public static async Task<T> DuringAsync<T>(
        Func<string, string?> environment,
        IAssetLogger logger,
        Func<Task<T>> run
    )
    {
        var export = Start(environment, logger);
        try
        {
            return await run().ConfigureAwait(false);
        }
        finally
        {
            if (export is not null)
            {
                await export.DisposeAsync().ConfigureAwait(false);
            }
        }
    }

    /// <returns>Null if no collector is configured.</returns>
    private static OtlpExport? Start(Func<string, string?> environment, IAssetLogger logger)
    {
        if (string.Equals(environment("OTEL_SDK_DISABLED"), "true", StringComparison.OrdinalIgnoreCase))
        {
            return null;
        }

        var (traces, metrics) = (FindEndpoint("TRACES", environment), FindEndpoint("METRICS", environment));
        return traces is null && metrics is null ? null : StartOtlp(traces, metrics, environment, logger);
    }

    /// <summary>A separate method, so that OpenTelemetry's assemblies are loaded only if they are needed.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static OtlpExport? StartOtlp(
        string? traces,
        string? metrics,
        Func<string, string?> environment,
        IAssetLogger logger
    )
    {
        foreach (var endpoint in new[] { traces, metrics }.OfType<string>())
        {
            if (
                !Uri.TryCreate(endpoint, UriKind.Absolute, out var address) || address.Scheme is not ("http" or "https")
            )
            {
                logger.Warn(
                    ServiceDiagnostics.TelemetryNotSent(
                        GetOrigin(endpoint),
                        "it is not an address such as http://host:port"
                    )
                );
                return null;
            }
        }

        try
        {
            return new OtlpExport(traces, metrics, environment, logger);
        }
        catch (Exception refused)
            when (refused is ArgumentException or FormatException or NotSupportedException or InvalidOperationException)
        {
            // The message may quote a header, which may be a secret.
            logger.Warn(
                ServiceDiagnostics.TelemetryNotSent(
                    GetOrigin((traces ?? metrics)!),
                    "the OTEL_EXPORTER_OTLP_… variables are not valid"
                )
            );
            return null;
        }
    }

    /// <summary>
    /// Gets the part of an address that is safe to show: scheme, host and port. Empty if it is not an address.
    /// </summary>
    public static string GetOrigin(string endpoint) =>
        Uri.TryCreate(endpoint, UriKind.Absolute, out var address) && address.Authority.Length > 0
            ? $"{address.Scheme}://{address.Authority}"
            : "OTEL_EXPORTER_OTLP_ENDPOINT";

    /// <returns>Null if the signal is not exported.</returns>
    private static string? FindEndpoint(string signal, Func<string, string?> environment) =>
        string.Equals(environment($"OTEL_{signal}_EXPORTER"), "none", StringComparison.OrdinalIgnoreCase) ? null
        : environment($"OTEL_EXPORTER_OTLP_{signal}_ENDPOINT") is { Length: > 0 } own ? own
        : environment("OTEL_EXPORTER_OTLP_ENDPOINT") is { Length: > 0 } common ? common
        : null;
}
