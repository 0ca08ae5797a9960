namespace Serverless.Assets.Client;

/// <summary>The time in which requests are sent at a limit and most of them are processed.</summary>
/// <param name="FirstNumber">The number of its first request.</param>
/// <param name="Size">The number of its requests: at first those of the raise, later as many as the limit.</param>
/// <param name="LongUntil">
/// Until then, only few of its requests may still be in flight when it ends, because it would be unclear whether those were
/// the reason for a 429. Later, many of them take so long that they would delay it.
/// </param>
internal record struct Round(long FirstNumber, TimeSpan Started, int Size, TimeSpan LongUntil)
{
    /// <summary>The share of its requests that ends a round: a few that take much longer do not delay it.</summary>
    private const double Share = 0.75;

    private const double LongShare = 0.9;

    public int Processed { get; set; }

    public readonly bool IsOver(TimeSpan now) => Processed >= Size * (now < LongUntil ? LongShare : Share);

    /// <summary>Whether a request had to wait because of the limit.</summary>
    public bool IsLimited { get; set; }
}

/// <summary>What <see cref="AdaptiveConcurrency"/> is doing.</summary>
internal enum Stage
{
    /// <summary>Doubles the limit after each round.</summary>
    Startup,

    /// <summary>Keeps the limit.</summary>
    Steady,

    /// <summary>Uses a limit that was computed from 429s, until it has held for a round.</summary>
    Computed,

    /// <summary>Tries a higher limit.</summary>
    Experiment,
}
