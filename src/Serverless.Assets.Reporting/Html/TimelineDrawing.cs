using System.Globalization;
using Serverless.Assets.Reporting.Timeline;

namespace Serverless.Assets.Reporting.Html;

/// <summary>
/// The SVG elements that the timeline drawings share. They are as wide as the page: shapes scale with its width, and
/// text, which must not be distorted, is positioned by percentage.
/// </summary>
internal static class TimelineDrawing
{
    /// <summary>Draws the start and the name of each operation, if the run has several.</summary>
    public static Markup Phases(IReadOnlyList<TimelinePhase> phases, TimeScale scale) =>
        phases.Count < 2 ? Markup.None : Line("phases", phases.Select(phase => Phase(phase, scale)));

    public static Markup Axis(TimeScale scale) => Line("axis", scale.Ticks().Select(tick => Tick(tick.Text, tick.X)));

    /// <summary>Creates a drawing with a fixed height that scales to the width of the page.</summary>
    /// <param name="name">The CSS class.</param>
    /// <param name="height">In pixels, which are also the vertical units of the content.</param>
    /// <param name="label">The description for screen readers.</param>
    /// <param name="content">Shapes with x-coordinates from 0 to <see cref="TimeScale.Width"/>.</param>
    public static Markup Stretched(string name, int height, string label, Markup content) =>
        $"""<svg class="{name}" viewBox="0 0 {TimeScale.Width} {height}" preserveAspectRatio="none" """
        + $"""width="100%" height="{height}" role="img" aria-label="{label}">{content}</svg>""";

    private static Markup Line(string name, IEnumerable<Markup> content) =>
        $"""<svg class="{name}" width="100%" height="20" aria-hidden="true">{Markup.Join(content)}</svg>""";

    private static Markup Phase(TimelinePhase phase, TimeScale scale)
    {
        var x = Percent(scale.At(phase.Started));
        return $"""<line x1="{x}" x2="{x}" y2="20"/><text x="{x}" dx="4" y="13">{phase.Operation}</text>""";
    }

    private static Markup Tick(string text, double position)
    {
        var x = Percent(position);
        var anchor = position switch
        {
            < 20 => "start",
            > 960 => "end",
            _ => "",
        };
        return $"""<line x1="{x}" x2="{x}" y2="5"/><text x="{x}" y="16" class="{anchor}">{text}</text>""";
    }

    private static string Percent(double x) =>
        string.Create(CultureInfo.InvariantCulture, $"{Math.Clamp(x / TimeScale.Width * 100, 0, 100):0.##}%");
}
