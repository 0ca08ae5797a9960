using Spectre.Console;
using Spectre.Console.Rendering;

namespace Serverless.Assets.Cli.Output;

/// <summary>
/// The last lines of a terminal, drawn again and again. Our own, as Spectre's live display wipes the screen and all that was
/// scrolled out of it when the window gets narrower. Not thread-safe.
/// </summary>
internal sealed class TerminalRegion(IAnsiConsole console)
{
    private const string HideCursor = "\e[?25l";
    private const string ShowCursor = "\e[?25h";
    private const string EraseLine = "\e[2K";
    private const string Up = "\e[1A";

    /// <summary>How many lines are on the screen.</summary>
    private int _lines;

    /// <summary>
    /// The row of the cursor may have what was typed, such as ^C. A window that got narrower may show a line in several rows
    /// or not, as the terminal likes: what would be one row too many is somebody else's, so rather a piece of ours stays.
    /// </summary>
    private string Erasure => "\r" + EraseLine + string.Concat(Enumerable.Repeat(Up + EraseLine, _lines));

    /// <summary>Replaces what is on the screen.</summary>
    /// <param name="content">Ends with a line break.</param>
    public void Draw(IRenderable content)
    {
        var segments = content
            .Render(RenderOptions.Create(console, console.Profile.Capabilities), console.Profile.Width)
            .ToList();
        console.Write(new Segments([Segment.Control(HideCursor + Erasure), .. segments]));
        _lines = segments.Count(segment => segment.IsLineBreak);
    }

    /// <summary>Leaves the screen as if nothing had been drawn.</summary>
    public void Erase()
    {
        if (_lines > 0)
        {
            console.Write(new Segments([Segment.Control(Erasure + ShowCursor)]));
            _lines = 0;
        }
    }

    /// <summary>Written in one piece.</summary>
    private sealed class Segments(IReadOnlyList<Segment> segments) : IRenderable
    {
        public Measurement Measure(RenderOptions options, int maxWidth) => new(1, maxWidth);

        public IEnumerable<Segment> Render(RenderOptions options, int maxWidth) => segments;
    }
}
