using System.Globalization;
using Serverless.Assets.Diagnostics;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace Serverless.Assets.Cli.Output;

/// <summary>
/// Renders the progress: bar, files, remaining time, bytes, rate and requests, on one line if they fit, otherwise on
/// two. Each line leaves a margin so that the terminal does not wrap it.
/// </summary>
internal sealed class ProgressFrame(ProgressReading reading) : IRenderable
{
    /// <summary>Free columns at the end of a line: one for the cursor and two for ^C, which terminals echo.</summary>
    private const int Margin = 3;

    private const int LeastBar = 10;
    private const int MostBar = 40;

    private static readonly Style Reached = new(Color.Green);
    private static readonly Style Open = new(Color.Grey);

    public Measurement Measure(RenderOptions options, int maxWidth) => new(1, maxWidth);

    public IEnumerable<Segment> Render(RenderOptions options, int maxWidth)
    {
        var width = maxWidth - Margin;
        var files = $"{reading.Done}/{reading.Total} files{(reading.Failed > 0 ? $", {reading.Failed} failed" : "")}";
        var time = reading.Remaining is { } remaining ? $"{Clock(remaining)} left" : "--:-- left";
        string[] traffic =
        [
            $"{ByteSize.Format(reading.BytesSent)} of {ByteSize.Format(reading.BytesToSend)}",
            $"{ByteSize.Format(reading.BytesPerSecond)}/s",
            $"{reading.InFlight} of {reading.ConcurrencyLimit} in flight",
        ];
        var all = $"  {string.Join("  ", [files, .. traffic, time])}";
        if (width - all.Length >= LeastBar)
        {
            return [.. Bar(width - all.Length, options.Unicode), new Segment(all), Segment.LineBreak];
        }

        var first = $"  {files}  {time}";
        return width - first.Length >= LeastBar
            ?
            [
                .. Bar(width - first.Length, options.Unicode),
                new Segment(first),
                Segment.LineBreak,
                new Segment(Fit(width, traffic)),
                Segment.LineBreak,
            ]
            : [new Segment(Fit(width, files, time)), Segment.LineBreak];
    }

    private IEnumerable<Segment> Bar(int width, bool isUnicode)
    {
        var bar = Math.Min(width, MostBar);
        var reached = (int)(reading.Fraction * bar);
        return
        [
            new Segment(new string(isUnicode ? '█' : '#', reached), Reached),
            new Segment(new string(isUnicode ? '░' : '.', bar - reached), Open),
        ];
    }

    /// <summary>Joins as many leading parts as fit.</summary>
    private static string Fit(int width, params string[] parts)
    {
        var count = parts.Length;
        while (count > 0 && string.Join("  ", parts, 0, count).Length > width)
        {
            count--;
        }

        return string.Join("  ", parts, 0, count);
    }

    /// <summary>
    /// Formats a time as <c>0:07</c>, <c>12:34</c>, <c>1:02:03</c>. Rounds seconds up, so that it is 0:00 only at the
    /// end.
    /// </summary>
    private static string Clock(TimeSpan time)
    {
        var seconds = (long)Math.Ceiling(time.TotalSeconds);
        return seconds < 3600
            ? string.Create(CultureInfo.InvariantCulture, $"{seconds / 60}:{seconds % 60:00}")
            : string.Create(CultureInfo.InvariantCulture, $"{seconds / 3600}:{seconds / 60 % 60:00}:{seconds % 60:00}");
    }
}
