namespace Serverless.Assets.Client;

/// <summary>The time in which requests are sent at a limit and most of them are processed.</summary>
/// <param name="FirstNumber">The number of its first request.</param>
/// <param name="Size">The number of its requests: at first those of the raise, later as many as the limit.</param>
internal record struct Round(long FirstNumber, TimeSpan Started, int Size)
{
    public int Processed { get; set; }

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

    /// <summary>Tries a higher limit.</summary>
    Experiment,
}
