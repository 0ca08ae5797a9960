using Spectre.Console;
using Spectre.Console.Rendering;

namespace Serverless.Assets.Cli.Output;

/// <summary>
/// The last lines of a terminal, which can be redrawn. Spectre's live display is not used, as it clears the screen and the
/// scrollback buffer when the window becomes narrower. Not thread-safe.
/// </summary>
internal sealed class TerminalRegion(IAnsiConsole console)
{
    private const string HideCursor = "\e[?25l";
    private const string ShowCursor = "\e[?25h";
    private const string EraseLine = "\e[2K";
    private const string Up = "\e[1A";

    /// <summary>Number of lines that are drawn now.</summary>
    private int _lines;

    /// <summary>
    /// The row of the cursor may contain typed characters, such as ^C. In a window that became narrower, some terminals wrap
    /// a line into several rows. The extra rows stay: erasing one too many would remove the output of another program.
    /// </summary>
    private string Erasure => "\r" + EraseLine + string.Concat(Enumerable.Repeat(Up + EraseLine, _lines));

    /// <summary>Replaces the lines that are drawn now.</summary>
    /// <param name="content">Ends with a line break.</param>
    public void Draw(IRenderable content)
    {
        var segments = content
            .Render(RenderOptions.Create(console, console.Profile.Capabilities), console.Profile.Width)
            .ToList();
        console.Write(new Segments([Segment.Control(HideCursor + Erasure), .. segments]));
        _lines = segments.Count(segment => segment.IsLineBreak);
    }

    /// <summary>Removes the lines, and shows the cursor again.</summary>
    public void Erase()
    {
        if (_lines > 0)
        {
            console.Write(new Segments([Segment.Control(Erasure + ShowCursor)]));
            _lines = 0;
        }
    }

    /// <summary>Segments that are written at once, which avoids flicker.</summary>
    private sealed class Segments(IReadOnlyList<Segment> segments) : IRenderable
    {
        public Measurement Measure(RenderOptions options, int maxWidth) => new(1, maxWidth);

        public IEnumerable<Segment> Render(RenderOptions options, int maxWidth) => segments;
    }
}
