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

        var traces = OtlpEndpoint.Find(OtlpSignal.Traces, environment);
        var metrics = OtlpEndpoint.Find(OtlpSignal.Metrics, environment);
        return traces is null && metrics is null ? null : StartOtlp(traces, metrics, environment, logger);
    }

    /// <summary>A separate method, so that OpenTelemetry's assemblies are loaded only if they are needed.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static OtlpExport? StartOtlp(
        OtlpEndpoint? traces,
        OtlpEndpoint? metrics,
        Func<string, string?> environment,
        IAssetLogger logger
    )
    {
        foreach (var endpoint in new[] { traces, metrics }.OfType<OtlpEndpoint>())
        {
            if (endpoint.Problem is { } problem)
            {
                logger.Warn(ServiceDiagnostics.TelemetryNotSent(endpoint.Origin, problem));
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
                    (traces ?? metrics)!.Origin,
                    "the OTEL_EXPORTER_OTLP_… variables are not valid"
                )
            );
            return null;
        }
    }
}
