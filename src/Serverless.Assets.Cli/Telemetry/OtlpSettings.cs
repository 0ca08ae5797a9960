using System.Globalization;
using OpenTelemetry.Exporter;

namespace Serverless.Assets.Cli.Telemetry;

/// <summary>The variables for traces or metrics only, which win over the common ones. Of those the exporter takes care itself, of these not.</summary>
internal static class OtlpSettings
{
    /// <param name="signal"><c>TRACES</c> or <c>METRICS</c>.</param>
    public static void Apply(string signal, Func<string, string?> environment, OtlpExporterOptions options)
    {
        if (Own("ENDPOINT") is { } endpoint)
        {
            options.Endpoint = new Uri(endpoint); // as it is: by the specification nothing is added to it
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
