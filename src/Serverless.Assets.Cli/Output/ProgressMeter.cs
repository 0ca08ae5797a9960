using Serverless.Assets.Upload;

namespace Serverless.Assets.Cli.Output;

/// <summary>Reads <see cref="UploadProgress"/> again and again, and tells the rate and the remaining time from the last readings.</summary>
internal sealed class ProgressMeter(UploadProgress progress, TimeProvider clock)
{
    /// <summary>Long enough that a large file's end does not make the numbers jump, short enough to follow the network.</summary>
    private static readonly TimeSpan Window = TimeSpan.FromSeconds(10);

    /// <summary>Less tells nothing about the time that remains.</summary>
    private static readonly TimeSpan LeastWindow = TimeSpan.FromSeconds(1);

    /// <summary>What a request costs besides the bytes of its file, in bytes: else a thousand small files would count as nothing.</summary>
    private const long BytesPerRequest = 8 * 1024;

    private readonly Queue<(long Timestamp, long Bytes, double Fraction)> _readings = new();

    public ProgressReading Read()
    {
        var now = clock.GetTimestamp();
        var (done, failed, total) = (progress.Done, progress.Failed, progress.Total);
        var toSend = progress.BytesToSend;
        var sent = Math.Min(progress.BytesSent, toSend);
        var finished = done + failed;
        var requests = finished + Math.Max(finished, progress.Prepared); // for the Asset of a file and for its content
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
            progress.MostInFlight
        );
    }
}
