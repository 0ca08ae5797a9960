namespace Serverless.Assets.Client;

/// <summary>Whether the service seems to limit requests per second instead of requests in flight.</summary>
internal sealed class LimitPerSecond
{
    /// <summary>How many reductions in a row are rejected too, at most, if the limit is on requests in flight.</summary>
    private const int MaxStrikes = 3;

    /// <summary>How many more limits that were computed from 429s fail than hold, at most.</summary>
    private const int MaxContradictions = 2;

    /// <summary>How many experiments in a row succeed, at most, if there is a limit per second.</summary>
    private const int MaxSuccesses = 1;

    private int _contradictions;
    private int _successes;
    private int _concurrency;
    private bool _hasRaiseFailed;

    public bool IsLikely { get; private set; }

    /// <summary>Call when the first request after a change of the limit is rejected.</summary>
    /// <param name="strikes">How many reductions in a row were rejected too.</param>
    /// <param name="isComputed">Whether the limit was computed from 429s and has not held before.</param>
    /// <param name="concurrency">The requests in flight that the requests of the last second amount to.</param>
    public void OnThrottled(int strikes, bool isComputed, int concurrency)
    {
        _concurrency = concurrency;
        _contradictions += isComputed ? 1 : 0;
        _successes = 0;
        IsLikely |= _contradictions > MaxContradictions || (_hasRaiseFailed && strikes > MaxStrikes);
    }

    /// <summary>Call when a higher limit was rejected.</summary>
    public void OnRaiseFailed() => _hasRaiseFailed = true;

    /// <summary>Call when a limit that was not raised has held for a round.</summary>
    /// <param name="isComputed">Whether it was computed from 429s and has not held before.</param>
    public void OnHeld(bool isComputed)
    {
        _contradictions = Math.Max(0, _contradictions - (isComputed ? 1 : 0));
        _hasRaiseFailed = false;
    }

    /// <summary>Call when a higher limit has held for a round.</summary>
    public void OnRaiseSucceeded(int limit)
    {
        _successes += limit > _concurrency ? 1 : 0; // with less, a limit per second is not reached
        IsLikely &= _successes <= MaxSuccesses;
    }
}
