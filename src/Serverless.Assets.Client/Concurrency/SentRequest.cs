using System.Numerics;

namespace Serverless.Assets.Client;

/// <summary>A request in flight, as <see cref="AdaptiveConcurrency"/> sees it.</summary>
/// <param name="Number">Counts the requests in the order in which they were sent.</param>
/// <param name="SentAt">The time since the client was created.</param>
/// <param name="InFlight">The number of requests in flight when it was sent, including itself.</param>
internal readonly record struct SentRequest(long Number, RequestKind Kind, TimeSpan SentAt, int InFlight);

/// <summary>Requests whose durations can be compared: of one operation, and of similar length.</summary>
/// <param name="Operation">As in <see cref="ApiOperation"/>.</param>
/// <param name="Magnitude">The binary logarithm of the length of the body; bodies below 4 KiB count as equal.</param>
internal readonly record struct RequestKind(string Operation, int Magnitude)
{
    private const long SmallBody = 4096;

    private const long LongBody = 65_536;

    public bool HasLongBody => Magnitude >= BitOperations.Log2((ulong)LongBody);

    /// <param name="bodyBytes">The length of the body in bytes.</param>
    public static RequestKind Create(string operation, long bodyBytes) =>
        new(operation, BitOperations.Log2((ulong)Math.Max(bodyBytes, SmallBody)));
}

/// <summary>How an attempt ended.</summary>
internal enum RequestOutcome
{
    /// <summary>There was a response other than 429, so the limit was not exceeded.</summary>
    Processed,

    /// <summary>The response was 429, or this process has too many open files.</summary>
    Throttled,

    /// <summary>There was no response, which says nothing about the limit.</summary>
    Lost,
}
