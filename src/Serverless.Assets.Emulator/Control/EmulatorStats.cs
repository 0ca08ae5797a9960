using Serverless.Assets.Emulator.Faults;

namespace Serverless.Assets.Emulator.Control;

/// <summary>Counts requests, bytes and faults since the start or the last reset.</summary>
internal sealed class EmulatorStats(TimeProvider timeProvider, RequestLimiter limiter, Action? onCounted = null)
{
    private readonly Lock _lock = new();
    private readonly SortedDictionary<string, long> _operations = new(StringComparer.Ordinal);
    private readonly SortedDictionary<string, long> _faults = new(StringComparer.Ordinal);
    private readonly DateTimeOffset _startedAt = timeProvider.GetUtcNow();
    private long _requests;
    private long _bytes;

    /// <param name="operation">For instance <c>Asset.List</c>.</param>
    public void CountRequest(string operation)
    {
        lock (_lock)
        {
            _requests++;
            Increment(_operations, operation);
        }

        onCounted?.Invoke();
    }

    /// <summary>Counts a request to a site, which is an operation but not one of the API's requests.</summary>
    public void CountSiteRequest()
    {
        lock (_lock)
        {
            Increment(_operations, "Site");
        }

        onCounted?.Invoke();
    }

    public void CountFault(Fault fault)
    {
        lock (_lock)
        {
            Increment(_faults, GetName(fault));
        }

        onCounted?.Invoke();
    }

    public void CountBytes(long count) => Interlocked.Add(ref _bytes, count);

    public void Reset()
    {
        lock (_lock)
        {
            _operations.Clear();
            _faults.Clear();
            _requests = 0;
            Interlocked.Exchange(ref _bytes, 0);
            limiter.ResetMostInFlight();
        }
    }

    public StatsResponse CreateResponse()
    {
        lock (_lock)
        {
            return new StatsResponse(
                _requests,
                new SortedDictionary<string, long>(_operations, StringComparer.Ordinal),
                limiter.MostInFlight,
                Interlocked.Read(ref _bytes),
                new SortedDictionary<string, long>(_faults, StringComparer.Ordinal),
                _startedAt
            );
        }
    }

    /// <summary>The kind of a fault in the statistics.</summary>
    public static string GetName(Fault fault) =>
        fault switch
        {
            Fault.TooManyRequests => "429",
            Fault.Error500 => "500",
            Fault.Html503 => "503",
            Fault.Html502 => "502",
            Fault.Hang => "hang",
            Fault.Reset => "reset",
            Fault.ListPage => "listPage",
            Fault.Rejected => "rejected",
            Fault.ResetAfterWork => "resetAfterWork",
            Fault.Truncated => "truncated",
            Fault.BrokenJson => "brokenJson",
            _ => throw new ArgumentOutOfRangeException(nameof(fault), fault, "Not a fault."),
        };

    private static void Increment(SortedDictionary<string, long> counts, string name) =>
        counts[name] = counts.GetValueOrDefault(name) + 1;
}

/// <summary>The response of <c>GET /__emulator/stats</c>.</summary>
internal sealed record StatsResponse(
    long Requests,
    IReadOnlyDictionary<string, long> ByOperation,
    int MostInFlight,
    long BytesReceived,
    IReadOnlyDictionary<string, long> Faults,
    DateTimeOffset StartedAt
);
