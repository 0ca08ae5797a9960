namespace Serverless.Assets.Cli.Telemetry;

/// <summary>The names of the signals in environment variables.</summary>
internal static class OtlpSignal
{
    public const string Traces = "TRACES";
    public const string Metrics = "METRICS";
}

/// <summary>Where the environment sends a signal.</summary>
/// <param name="Variable">The variable that has the address: <c>OTEL_EXPORTER_OTLP_ENDPOINT</c>.</param>
/// <param name="Address">Any text. It may contain secrets.</param>
/// <param name="Protocol">Any text; null for the default.</param>
internal sealed record OtlpEndpoint(string Variable, string Address, string? Protocol)
{
    public const string Grpc = "grpc";
    private const string HttpProtobuf = "http/protobuf";

    /// <summary>
    /// The part of the address that is safe to show: scheme, host and port. The name of the variable if it is not an
    /// address.
    /// </summary>
    public string Origin =>
        Uri.TryCreate(Address, UriKind.Absolute, out var address) && address.Authority.Length > 0
            ? $"{address.Scheme}://{address.Authority}"
            : Variable;

    /// <summary>Why nothing can be sent; null if the endpoint is valid.</summary>
    public string? Problem =>
        !Uri.TryCreate(Address, UriKind.Absolute, out var address) || address.Scheme is not ("http" or "https")
            ? "it is not an address such as http://host:port"
        : Protocol is not (null or Grpc or HttpProtobuf)
            ? $"the protocol '{Protocol}' is not supported: expected {Grpc} or {HttpProtobuf}"
        : null;

    /// <param name="signal">One of <see cref="OtlpSignal"/>.</param>
    /// <returns>Null if the signal is not exported.</returns>
    public static OtlpEndpoint? Find(string signal, Func<string, string?> environment)
    {
        if (string.Equals(environment($"OTEL_{signal}_EXPORTER"), "none", StringComparison.OrdinalIgnoreCase))
        {
            return null;
        }

        var endpoint = FindVariable("ENDPOINT");
        return endpoint is null
            ? null
            : new OtlpEndpoint(
                endpoint,
                environment(endpoint)!,
                FindVariable("PROTOCOL") is { } protocol ? environment(protocol) : null
            );

        // The variable for the signal, if it is set, else the one for all signals.
        string? FindVariable(string name) =>
            new[] { $"OTEL_EXPORTER_OTLP_{signal}_{name}", $"OTEL_EXPORTER_OTLP_{name}" }.FirstOrDefault(variable =>
                environment(variable) is { Length: > 0 }
            );
    }
}
