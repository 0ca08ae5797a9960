using Spectre.Console;
using Spectre.Console.Rendering;

namespace Serverless.Assets.Cli.Output;

/// <summary>Text and the end of its line, never broken to the width of the terminal: a path in it can be copied, and a CI log can be searched.</summary>
internal sealed class SingleLine(Text text) : IRenderable
{
    public Measurement Measure(RenderOptions options, int maxWidth) =>
        ((IRenderable)text).Measure(options, int.MaxValue);

    public IEnumerable<Segment> Render(RenderOptions options, int maxWidth) =>
        ((IRenderable)text).Render(options, int.MaxValue).Append(Segment.LineBreak);
}
