using Serverless.Assets.Diagnostics;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace Serverless.Assets.Cli.Output;

/// <summary>What the core says, on standard error: compilers' form, so that editors and CI systems find file and code.</summary>
/// <param name="silenced">Codes of warnings that are not shown.</param>
internal sealed class ConsoleLogger(IAnsiConsole console, Verbosity verbosity, IReadOnlySet<string> silenced)
    : IAssetLogger
{
    private readonly Lock _lock = new();
    private readonly TerminalRegion _region = new(console);
    private IRenderable? _live;
    private bool _isLive;

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
        if (verbosity >= needed && !(level == LogLevel.Progress && _isLive))
        {
            WriteLine(
                new Text(
                    message.Render(FrontTerms.CommandLine),
                    level == LogLevel.Trace ? new Style(Color.Grey) : Style.Plain
                )
            );
        }
    }

    /// <summary>What is shown whatever the verbosity, as it comes with a question.</summary>
    public void Show(SanitizedText line) => WriteLine(new Text(line.Render(FrontTerms.CommandLine)));

    /// <summary>From now on progress is drawn at the end of the terminal, and has no lines of its own.</summary>
    public void BeginLive()
    {
        lock (_lock)
        {
            _isLive = true;
        }
    }

    /// <summary>Draws it in the place of what was drawn before; lines that are written later come above it.</summary>
    public void ShowLive(IRenderable content)
    {
        lock (_lock)
        {
            if (_isLive)
            {
                _live = content;
                _region.Draw(content);
            }
        }
    }

    public void EndLive()
    {
        lock (_lock)
        {
            _isLive = false;
            _live = null;
            _region.Erase();
        }
    }

    private void WriteDiagnostic(Diagnostic diagnostic, string severity, Color color)
    {
        var file = diagnostic.File is null ? "" : $"{LogSanitizer.Escape(diagnostic.File)}({diagnostic.Line}): ";
        WriteLine(
            new Text(
                $"{file}{severity} {diagnostic.Code}: {diagnostic.Render(FrontTerms.CommandLine)} {diagnostic.HelpLink}",
                new Style(color)
            )
        );
    }

    private void WriteLine(Text text)
    {
        lock (_lock)
        {
            _region.Erase();
            console.Write(new SingleLine(text));
            if (_live is not null)
            {
                _region.Draw(_live);
            }
        }
    }
}
