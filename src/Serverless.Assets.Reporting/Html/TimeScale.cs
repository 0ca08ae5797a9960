using System.Globalization;

namespace Serverless.Assets.Reporting.Html;

/// <summary>Maps the time of a run to the width of a drawing, which is 1,000 units.</summary>
internal sealed class TimeScale
{
    public const double Width = 1000;

    /// <summary>The number that fits on a phone.</summary>
    private const int MaxTicks = 5;

    private readonly TimeSpan _from;
    private readonly TimeSpan _length;

    public TimeScale(TimeSpan from, TimeSpan to)
    {
        _from = from;
        _length = to > from ? to - from : TimeSpan.FromMilliseconds(1);
    }

    public double At(TimeSpan time) => (time - _from) / _length * Width;

    public TimeSpan TimeAt(double x) => _from + (_length * (x / Width));

    /// <summary>Gets round times since the start of the drawing, and their positions.</summary>
    public IEnumerable<(string Text, double X)> Ticks()
    {
        var step = RoundUp(_length.TotalSeconds / MaxTicks);
        for (var tick = 0; tick * step <= _length.TotalSeconds; tick++)
        {
            yield return (
                string.Create(CultureInfo.InvariantCulture, $"{tick * step:0.###} s"),
                tick * step / _length.TotalSeconds * Width
            );
        }
    }

    /// <summary>Rounds to one of …, 0.5, 1, 2, 5, 10, 20, 50, …</summary>
    private static double RoundUp(double seconds)
    {
        var power = Math.Pow(10, Math.Floor(Math.Log10(seconds)));
        return power
            * (seconds / power) switch
            {
                <= 1 => 1,
                <= 2 => 2,
                <= 5 => 5,
                _ => 10,
            };
    }
}
