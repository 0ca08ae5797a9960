using Spectre.Console;
using Spectre.Console.Rendering;

namespace Serverless.Assets.Cli.Output;

/// <summary>
/// The last lines of a terminal, drawn again and again. Our own, as Spectre's live display wipes the screen and all that was
/// scrolled out of it when the window gets narrower. Not thread-safe.
/// </summary>
internal sealed class LiveRegion(IAnsiConsole console)
{
    private const string HideCursor = "\e[?25l";
    private const string ShowCursor = "\e[?25h";
    private const string EraseLine = "\e[2K";
    private const string Up = "\e[1A";

    /// <summary>Cells of each line that is on the screen.</summary>
    private List<int> _lines = [];

    /// <summary>Replaces what is on the screen.</summary>
    /// <param name="content">Ends with a line break.</param>
    public void Draw(IRenderable content)
    {
        var width = console.Profile.Width;
        var segments = content.Render(RenderOptions.Create(console, console.Profile.Capabilities), width).ToList();
        console.Write(new Segments([Segment.Control(HideCursor + Erasure(width)), .. segments]));
        _lines = [.. Segment.SplitLines(segments).Select(line => line.CellCount())];
    }

    /// <summary>Leaves the screen as if nothing had been drawn.</summary>
    public void Erase()
    {
        if (_lines.Count > 0)
        {
            console.Write(new Segments([Segment.Control(Erasure(console.Profile.Width) + ShowCursor)]));
            _lines = [];
        }
    }

    /// <summary>A window that got narrower shows a line in several rows. The row of the cursor may have what was typed, such as ^C.</summary>
    private string Erasure(int width)
    {
        var rows = _lines.Sum(cells => Math.Max(1, (cells + width - 1) / Math.Max(1, width)));
        return "\r" + EraseLine + string.Concat(Enumerable.Repeat(Up + EraseLine, rows));
    }

    /// <summary>Written in one piece.</summary>
    private sealed class Segments(IReadOnlyList<Segment> segments) : IRenderable
    {
        public Measurement Measure(RenderOptions options, int maxWidth) => new(1, maxWidth);

        public IEnumerable<Segment> Render(RenderOptions options, int maxWidth) => segments;
    }
}
