namespace Serverless.Assets.Cli.Tests.Support;

/// <summary>A span as a collector gets it.</summary>
/// <param name="Parent">Hexadecimal; empty: none.</param>
/// <param name="Kind">1: internal, 3: client.</param>
/// <param name="Status">0: unset, 2: error.</param>
internal sealed record OtlpSpan(
    string TraceId,
    string SpanId,
    string Parent,
    string Name,
    long Kind,
    long Status,
    IReadOnlyDictionary<string, string> Attributes
);
