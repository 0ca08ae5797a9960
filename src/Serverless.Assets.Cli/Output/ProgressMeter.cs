using Serverless.Assets.Upload;

namespace Serverless.Assets.Cli.Output;

/// <summary>Computes the rate and the remaining time from recent readings of <see cref="UploadProgress"/>.</summary>
internal sealed class ProgressMeter(UploadProgress progress, TimeProvider clock)
{
    /// <summary>Long enough for a steady estimate, and short enough to follow changes of the network.</summary>
    private static readonly TimeSpan Window = TimeSpan.FromSeconds(10);

    /// <summary>A shorter time is not enough for an estimate.</summary>
    private static readonly TimeSpan LeastWindow = TimeSpan.FromSeconds(1);

    /// <summary>The overhead of a request, in bytes of content: many small files take time too.</summary>
    private const long BytesPerRequest = 8 * 1024;

    private readonly Queue<(long Timestamp, long Bytes, double Fraction)> _readings = new();

    public ProgressReading Read()
    {
        var now = clock.GetTimestamp();
        var (done, failed, total) = (progress.Done, progress.Failed, progress.Total);
        var toSend = progress.BytesToSend;
        var sent = Math.Min(progress.BytesSent, toSend);
        var finished = done + failed;
        // Two requests per file: its Asset and its content.
        var requests = finished + Math.Max(finished, progress.Prepared);
        var whole = toSend + (2 * total * BytesPerRequest);
        var fraction = whole == 0 ? 0 : Math.Min(1, (double)(sent + (requests * BytesPerRequest)) / whole);

        _readings.Enqueue((now, sent, fraction));
        while (clock.GetElapsedTime(_readings.Peek().Timestamp, now) > Window)
        {
            _readings.Dequeue();
        }

        var first = _readings.Peek();
        var seconds = clock.GetElapsedTime(first.Timestamp, now).TotalSeconds;
        var progressed = fraction - first.Fraction;
        return new ProgressReading(
            done,
            total,
            failed,
            sent,
            toSend,
            BytesPerSecond: seconds > 0 ? (long)Math.Max(0, (sent - first.Bytes) / seconds) : 0,
            fraction,
            Remaining: seconds >= LeastWindow.TotalSeconds && progressed > 0
                ? TimeSpan.FromSeconds(
                    Math.Min((1 - fraction) / progressed * seconds, TimeSpan.FromDays(30).TotalSeconds)
                )
                : null,
            progress.InFlight,
            progress.ConcurrencyLimit
        );
    }
}

/// <summary>The progress of an upload at one moment.</summary>
/// <param name="Done">Files that are uploaded or unchanged, of <paramref name="Total"/>.</param>
/// <param name="BytesSent">Sent content; at most <paramref name="BytesToSend"/>, even if some was sent twice.</param>
/// <param name="BytesPerSecond">The average of the last seconds.</param>
/// <param name="Fraction">From 0 to 1, based on both bytes and files.</param>
/// <param name="Remaining">Null if not yet known.</param>
/// <param name="InFlight">Requests in progress, of at most <paramref name="ConcurrencyLimit"/>.</param>
internal sealed record ProgressReading(
    int Done,
    int Total,
    int Failed,
    long BytesSent,
    long BytesToSend,
    long BytesPerSecond,
    double Fraction,
    TimeSpan? Remaining,
    int InFlight,
    int ConcurrencyLimit
);
