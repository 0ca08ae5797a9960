namespace Serverless.Assets.Client;

/// <summary>What a run may use of a limit that it shares with the other runs of its account.</summary>
/// <param name="Leads">Whether the run looks for the limit of all: the oldest of those that send requests.</param>
/// <param name="Total">The limit of all runs together; null if it is not known.</param>
/// <param name="Part">The part of this run; null if it looks for the limit by itself.</param>
internal sealed record LimitShare(bool Leads, int? Total, int? Part)
{
    /// <summary>The number of runs among which the total is divided.</summary>
    public int Runs { get; init; } = 1;
}

/// <summary>What a run tells others about its requests, and what it knows itself.</summary>
/// <param name="Id">Begins with the time of its start, so that the oldest run leads.</param>
/// <param name="Limit">The number of requests in flight that has held.</param>
/// <param name="IsBusy">Whether it sends requests, or is about to; otherwise it leaves its part to others.</param>
internal sealed record RunUsage(string Id, int Limit, bool IsBusy)
{
    /// <summary>Whether it knows that the limit is no higher, from 429s, the throughput or an earlier run.</summary>
    public bool HasFoundLimit { get; init; }

    /// <summary>Whether requests have waited lately because of its limit, and a higher one may be tried.</summary>
    public bool IsLimited { get; init; }

    /// <summary>The number of requests that it needs to have in flight; null if it may need more than it has.</summary>
    public int? Needed { get; init; }

    /// <summary>The total and the part that it has adopted last; null if it looks for the limit by itself.</summary>
    public AdoptedShare? Adopted { get; init; }

    /// <summary>Whether it uses a part of a shared limit. Others need not know.</summary>
    public bool HasPart { get; init; }

    /// <summary>The usual duration of a request. Others need not know.</summary>
    public TimeSpan Duration { get; init; }
}

/// <summary>A share that a run uses.</summary>
/// <param name="Total">Zero if it is not known.</param>
/// <param name="Rejected">How many requests less than <paramref name="Part"/> are in flight because of 429s since.</param>
internal readonly record struct AdoptedShare(int Total, int Part, int Rejected);
