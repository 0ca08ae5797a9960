using Serverless.Assets.Reporting.Timeline;

namespace Serverless.Assets.Reporting.Html;

/// <summary>The average number of requests in flight, by outcome, in intervals of equal length.</summary>
internal sealed class TimelineColumns
{
    private const int DefaultCount = 200;
    private const int Height = 240;

    private static readonly AttemptOutcome[] Outcomes = Enum.GetValues<AttemptOutcome>();

    private readonly TimeScale _scale;
    private readonly int _count;
    private readonly int _attempts;
    private readonly double[,] _inFlight;
    private readonly int[,] _ended;

    public TimelineColumns(IReadOnlyList<TimelineAttempt> attempts, TimeScale scale, int count = DefaultCount)
    {
        _scale = scale;
        _count = count;
        _attempts = attempts.Count;
        _inFlight = new double[count, Outcomes.Length];
        _ended = new int[count, Outcomes.Length];
        foreach (var attempt in attempts)
        {
            Add(attempt);
        }

        Highest = Enumerable.Range(0, count).Max(column => Outcomes.Sum(outcome => InFlight(column, outcome)));
    }

    /// <summary>The highest average of an interval.</summary>
    public double Highest { get; }

    public double InFlight(int column, AttemptOutcome outcome) => _inFlight[column, (int)outcome];

    public int EndedIn(int column) => Outcomes.Sum(outcome => EndedIn(column, outcome));

    public string Title(int column)
    {
        var width = TimeScale.Width / _count;
        var (from, to) = (_scale.TimeAt(column * width), _scale.TimeAt((column + 1) * width));
        return $"{Format.Time(from)} to {Format.Time(to)}: {Format.Count(EndedIn(column), "request")} ended, "
            + $"{EndedIn(column, AttemptOutcome.Throttled)} with 429, {EndedIn(column, AttemptOutcome.Failed)} failed";
    }

    public Markup Render()
    {
        var unit = Height / Math.Max(1, Highest);
        var columns = Enumerable.Range(0, _count).Select(column => Column(column, unit));
        var label = $"Timeline of {Format.Count(_attempts, "request")}, by how they ended";
        return TimelineDrawing.Stretched("bars", Height, label, Markup.Join(columns));
    }

    private Markup Column(int column, double unit)
    {
        var parts = Markup.None;
        var width = TimeScale.Width / _count;
        var y = (double)Height;
        foreach (var outcome in Outcomes)
        {
            var height = InFlight(column, outcome) * unit;
            if (height > 0)
            {
                y -= height;
                parts.AppendFormatted(
                    (Markup)(
                        $"""<rect class="{TimelineSection.Class(outcome)}" x="{column * width:0.##}" """
                        + $"""y="{y:0.##}" width="{width:0.##}" height="{height:0.##}"/>"""
                    )
                );
            }
        }

        return $"""<g data-column="{EndedIn(column)}"><title>{Title(column)}</title>{parts}</g>""";
    }

    private int EndedIn(int column, AttemptOutcome outcome) => _ended[column, (int)outcome];

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
