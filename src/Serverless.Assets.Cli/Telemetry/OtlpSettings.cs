using System.Globalization;
using OpenTelemetry.Exporter;

namespace Serverless.Assets.Cli.Telemetry;

/// <summary>
/// Applies the variables for a single signal, which take precedence over the common ones. The exporter itself reads
/// only the common ones.
/// </summary>
internal static class OtlpSettings
{
    /// <param name="signal"><c>TRACES</c> or <c>METRICS</c>.</param>
    public static void Apply(string signal, Func<string, string?> environment, OtlpExporterOptions options)
    {
        if (Own("ENDPOINT") is { } endpoint)
        {
            options.Endpoint = new Uri(endpoint); // used as is: the specification appends no path
        }

        if (Own("PROTOCOL") is { } protocol)
        {
            options.Protocol = protocol == "http/protobuf" ? OtlpExportProtocol.HttpProtobuf : OtlpExportProtocol.Grpc;
        }

        if (Own("HEADERS") is { } headers)
        {
            options.Headers = headers;
        }

        if (int.TryParse(Own("TIMEOUT"), NumberStyles.None, CultureInfo.InvariantCulture, out var timeout))
        {
            options.TimeoutMilliseconds = timeout;
        }

        string? Own(string name) =>
            environment($"OTEL_EXPORTER_OTLP_{signal}_{name}") is { Length: > 0 } value ? value : null;
    }
}
