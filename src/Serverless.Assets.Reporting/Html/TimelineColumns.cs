namespace Serverless.Assets.Reporting.Html;

/// <summary>Attempts by spans of time of the same length.</summary>
internal sealed class TimelineColumns
{
    private readonly TimeScale _scale;
    private readonly int _count;
    private readonly double[,] _inFlight;
    private readonly int[,] _ended;

    public TimelineColumns(IReadOnlyList<TimelineAttempt> attempts, TimeScale scale, int count)
    {
        _scale = scale;
        _count = count;
        _inFlight = new double[count, Enum.GetValues<AttemptOutcome>().Length];
        _ended = new int[count, Enum.GetValues<AttemptOutcome>().Length];
        foreach (var attempt in attempts)
        {
            Add(attempt);
        }

        Highest = Enumerable
            .Range(0, count)
            .Max(column => Enum.GetValues<AttemptOutcome>().Sum(outcome => InFlight(column, outcome)));
    }

    /// <summary>The most that were in flight in a span, on its average.</summary>
    public double Highest { get; }

    /// <summary>How many were in flight, on the average of the span.</summary>
    public double InFlight(int column, AttemptOutcome outcome) => _inFlight[column, (int)outcome];

    public int EndedIn(int column) => Enum.GetValues<AttemptOutcome>().Sum(outcome => _ended[column, (int)outcome]);

    public string Title(int column)
    {
        var (from, to) = (
            _scale.TimeAt(column * TimeScale.Width / _count),
            _scale.TimeAt((column + 1) * TimeScale.Width / _count)
        );
        return $"{Format.Time(from)} to {Format.Time(to)}: {Format.Count(EndedIn(column), "request")} ended, {_ended[column, (int)AttemptOutcome.Throttled]} with 429, {_ended[column, (int)AttemptOutcome.Failed]} failed";
    }

    private void Add(TimelineAttempt attempt)
    {
        var (from, to) = (
            _scale.At(attempt.Started) / TimeScale.Width * _count,
            _scale.At(attempt.Ended) / TimeScale.Width * _count
        );
        for (var column = Math.Max(0, (int)from); column < to && column < _count; column++)
        {
            _inFlight[column, (int)attempt.Outcome] += Math.Min(to, column + 1) - Math.Max(from, column);
        }

        _ended[Math.Clamp((int)Math.Ceiling(to) - 1, 0, _count - 1), (int)attempt.Outcome]++;
    }
}
