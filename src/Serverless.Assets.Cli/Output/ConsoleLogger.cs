using Serverless.Assets.Diagnostics;
using Serverless.Assets.Reporting;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace Serverless.Assets.Cli.Output;

/// <summary>
/// Writes the engine's messages to standard error, in the format of compilers, which editors and CI systems parse.
/// </summary>
/// <param name="silenced">The codes of the warnings to suppress.</param>
internal sealed class ConsoleLogger(IAnsiConsole console, Verbosity verbosity, IReadOnlySet<string> silenced)
    : IFrontLogger
{
    private readonly Lock _lock = new();
    private readonly TerminalRegion _region = new(console);
    private IRenderable? _drawn;
    private bool _isDrawing;

    public bool IsTraceEnabled => verbosity >= Verbosity.Diagnostic;

    public bool ShowsProgress => verbosity >= Verbosity.Normal;

    public void Warn(Diagnostic warning)
    {
        if (!silenced.Contains(warning.Code))
        {
            WriteDiagnostic(warning, "warning", Color.Yellow);
        }
    }

    public void Error(Diagnostic error) => WriteDiagnostic(error, "error", Color.Red);

    public void Log(LogLevel level, SanitizedText message)
    {
        var needed = level switch
        {
            LogLevel.Summary or LogLevel.Progress => Verbosity.Normal,
            LogLevel.Detail => Verbosity.Detailed,
            _ => Verbosity.Diagnostic,
        };
        if (verbosity >= needed && !(level == LogLevel.Progress && _isDrawing))
        {
            WriteLine(
                new Text(
                    message.Render(FrontTerms.CommandLine),
                    level == LogLevel.Trace ? new Style(Color.Grey) : Style.Plain
                )
            );
        }
    }

    /// <summary>Writes a line of a prompt, regardless of the verbosity.</summary>
    public void WriteAlways(SanitizedText line) => WriteLine(new Text(line.Render(FrontTerms.CommandLine)));

    /// <summary>Switches from progress lines to progress drawn at the bottom of the terminal.</summary>
    public void BeginProgress()
    {
        lock (_lock)
        {
            _isDrawing = true;
        }
    }

    /// <summary>Replaces the drawn progress. Subsequent lines appear above it.</summary>
    public void DrawProgress(IRenderable content)
    {
        lock (_lock)
        {
            if (_isDrawing)
            {
                _drawn = content;
                _region.Draw(content);
            }
        }
    }

    public void EndProgress()
    {
        lock (_lock)
        {
            _isDrawing = false;
            _drawn = null;
            _region.Erase();
        }
    }

    private void WriteDiagnostic(Diagnostic diagnostic, string severity, Color color)
    {
        var file = diagnostic.File is null ? "" : $"{LogSanitizer.EscapeWhole(diagnostic.File)}({diagnostic.Line}): ";
        var text = diagnostic.Render(FrontTerms.CommandLine);
        WriteLine(new Text($"{file}{severity} {diagnostic.Code}: {text} {diagnostic.HelpLink}", new Style(color)));
    }

    private void WriteLine(Text text)
    {
        lock (_lock)
        {
            _region.Erase();
            console.Write(new SingleLine(text));
            if (_drawn is not null)
            {
                _region.Draw(_drawn);
            }
        }
    }
}

/// <summary>How much a command prints besides its result.</summary>
internal enum Verbosity
{
    /// <summary>Warnings and errors only.</summary>
    Quiet,

    /// <summary>Also a few lines of progress.</summary>
    Normal,

    /// <summary>Also a line for each file.</summary>
    Detailed,

    /// <summary>Also a line for each request.</summary>
    Diagnostic,
}

/// <summary>A line that Spectre does not wrap, so that its paths can be copied and searched.</summary>
internal sealed class SingleLine(Text text) : IRenderable
{
    public Measurement Measure(RenderOptions options, int maxWidth) =>
        ((IRenderable)text).Measure(options, int.MaxValue);

    public IEnumerable<Segment> Render(RenderOptions options, int maxWidth) =>
        ((IRenderable)text).Render(options, int.MaxValue).Append(Segment.LineBreak);
}
