using System.Runtime.CompilerServices;
using System.Threading.Channels;

namespace Serverless.Assets.Emulator.Control;

/// <summary>A request to the API, the upload endpoint or a site that has ended.</summary>
/// <param name="Number">Counts the requests since the start of the emulator.</param>
/// <param name="Host">The host of a site; null for the API.</param>
/// <param name="Path">The path with the query, or its beginning.</param>
/// <param name="Operation">For instance <c>Asset.List</c>, or <c>Site</c>.</param>
/// <param name="Status">Null if the connection was closed without a response.</param>
/// <param name="Fault">The kind of the injected fault, as in the statistics; null if there was none.</param>
internal sealed record LoggedRequest(
    long Number,
    DateTimeOffset Time,
    string Method,
    string? Host,
    string Path,
    string Operation,
    int? Status,
    double Milliseconds,
    string? Fault
);

/// <summary>The latest requests, and streams of new ones for pages that show them live. Thread-safe.</summary>
internal sealed class RequestLog
{
    /// <summary>The number of requests that are kept.</summary>
    public const int Capacity = 500;

    private readonly Lock _lock = new();
    private readonly Queue<LoggedRequest> _latest = new();
    private readonly HashSet<Channel<LoggedRequest>> _streams = [];
    private long _count;

    public void Add(LoggedRequest request)
    {
        lock (_lock)
        {
            request = request with { Number = ++_count };
            _latest.Enqueue(request);
            if (_latest.Count > Capacity)
            {
                _latest.Dequeue();
            }

            foreach (var stream in _streams)
            {
                stream.Writer.TryWrite(request);
            }
        }
    }

    /// <summary>The latest requests, newest first.</summary>
    public IReadOnlyList<LoggedRequest> GetLatest()
    {
        lock (_lock)
        {
            return [.. _latest.Reverse()];
        }
    }

    /// <summary>Forgets all requests. The numbers continue.</summary>
    public void Clear()
    {
        lock (_lock)
        {
            _latest.Clear();
        }
    }

    /// <summary>
    /// The kept requests with a higher number, then each new one as it ends. A reader that is too slow misses requests.
    /// </summary>
    public async IAsyncEnumerable<LoggedRequest> ReadAsync(
        long after,
        [EnumeratorCancellation] CancellationToken cancellationToken
    )
    {
        var stream = Channel.CreateBounded<LoggedRequest>(
            new BoundedChannelOptions(Capacity) { FullMode = BoundedChannelFullMode.DropOldest }
        );
        List<LoggedRequest> earlier;
        lock (_lock)
        {
            earlier = [.. _latest.Where(request => request.Number > after)];
            _streams.Add(stream);
        }

        try
        {
            foreach (var request in earlier)
            {
                yield return request;
            }

            await foreach (var request in stream.Reader.ReadAllAsync(cancellationToken))
            {
                yield return request;
            }
        }
        finally
        {
            lock (_lock)
            {
                _streams.Remove(stream);
            }
        }
    }
}
