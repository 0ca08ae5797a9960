namespace Serverless.Assets.Cli.Tests.Support;

/// <summary>A point of a metric as a collector gets it.</summary>
/// <param name="Value">The last value, the sum, or of a histogram how often it was measured.</param>
/// <param name="Bounds">Of a histogram's buckets.</param>
internal sealed record OtlpPoint(
    string Metric,
    string Unit,
    double Value,
    IReadOnlyList<double> Bounds,
    IReadOnlyDictionary<string, string> Attributes
);
