namespace Serverless.Assets.Client.Tests.Concurrency;

/// <summary>How a service of a <see cref="ConcurrencySimulation"/> limits requests. Times are in seconds.</summary>
internal sealed record SimulatedService
{
    /// <summary>The duration of a request; each takes up to 6 % more, so that rounds do not stay in step.</summary>
    public double Latency { get; init; } = 0.1;

    /// <summary>The share of requests that take <see cref="SlowLatency"/> instead, at random.</summary>
    public double SlowShare { get; init; }

    public double SlowLatency { get; init; }

    /// <summary>The number of requests in flight that are processed at a time.</summary>
    public Func<double, int> Allowed { get; init; } = _ => int.MaxValue;

    /// <summary>The number of requests that are processed within any second; 0 means any number.</summary>
    public int PerSecond { get; init; }

    /// <summary>The duration of a 429; null means that of any other response.</summary>
    public double? ThrottledLatency { get; init; }

    /// <summary>Whether a rejected request counts as in flight until its response.</summary>
    public bool ThrottledOccupiesSlot { get; init; }

    /// <summary>The bytes per second of a line that all content shares; 0 means an unlimited line.</summary>
    public double Bandwidth { get; init; }
}
