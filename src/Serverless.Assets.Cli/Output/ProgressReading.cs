namespace Serverless.Assets.Cli.Output;

/// <summary>How far an upload is at one moment.</summary>
/// <param name="Done">Files that the service has, of <paramref name="Total"/>.</param>
/// <param name="BytesSent">Content that left; at most <paramref name="BytesToSend"/>, though some may be sent twice.</param>
/// <param name="BytesPerSecond">Over the last seconds.</param>
/// <param name="Fraction">From 0 to 1; bytes and files count.</param>
/// <param name="Remaining">Null while nobody can tell.</param>
/// <param name="InFlight">Requests, of at most <paramref name="MostInFlight"/>.</param>
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
    int MostInFlight
);
