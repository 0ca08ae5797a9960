using Spectre.Console;
using Spectre.Console.Rendering;

namespace Serverless.Assets.Cli.Output;

/// <summary>
/// Redraws the last lines of a terminal. Spectre's live display is not suitable: it clears the screen and the
/// scrollback buffer when the window is made narrower. Not thread-safe.
/// </summary>
internal sealed class TerminalRegion(IAnsiConsole console)
{
    private const string HideCursor = "\e[?25l";
    private const string ShowCursor = "\e[?25h";
    private const string EraseLine = "\e[2K";
    private const string Up = "\e[1A";

    /// <summary>The number of lines currently drawn.</summary>
    private int _lines;

    /// <summary>
    /// The cursor's row may contain typed characters, such as ^C. If a window is made narrower, some terminals wrap a
    /// line into several rows. The extra rows remain: erasing one too many would remove another program's output.
    /// </summary>
    private string Erasure => "\r" + EraseLine + string.Concat(Enumerable.Repeat(Up + EraseLine, _lines));

    /// <summary>Replaces the drawn lines.</summary>
    /// <param name="content">Must end with a line break.</param>
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

    /// <summary>Writes segments in a single operation, which avoids flicker.</summary>
    private sealed class Segments(IReadOnlyList<Segment> segments) : IRenderable
    {
        public Measurement Measure(RenderOptions options, int maxWidth) => new(1, maxWidth);

        public IEnumerable<Segment> Render(RenderOptions options, int maxWidth) => segments;
    }
}
