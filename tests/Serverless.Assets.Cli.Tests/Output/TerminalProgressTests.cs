using Microsoft.Extensions.Time.Testing;
using Serverless.Assets.Cli.Output;
using Serverless.Assets.Diagnostics;
using Serverless.Assets.Upload;
using Spectre.Console.Testing;

namespace Serverless.Assets.Cli.Tests.Output;

public sealed class TerminalProgressTests : IDisposable
{
    private const int Width = 100;
    private const string Nothing =
        "░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░  0/2 files  0 B of 20.0 KB  0 B/s  0 of 0 in flight  --:-- left";
    private const string Half =
        "█████████████░░░░░░░░░░░░░  1/2 files  10.0 KB of 20.0 KB  10.0 KB/s  0 of 0 in flight  0:01 left";

    private readonly FakeTimeProvider _clock = new();
    private readonly TestConsole _terminal = new TestConsole().Width(Width).EmitAnsiSequences();
    private readonly UploadProgress _progress = new(total: 2);

    public TerminalProgressTests()
    {
        _terminal.Profile.Capabilities.Unicode = true;
        _progress.OnBytesToSend(20 * 1024);
    }

    private TerminalScreen Screen => TerminalScreen.From(_terminal.Output, Width);

    [Fact]
    public async Task It_is_drawn_in_one_place_and_leaves_nothing_behind()
    {
        var screens = new List<(string Text, bool IsCursorVisible)>();
        await RunAsync(_ =>
        {
            screens.Add((Screen.Text, Screen.IsCursorVisible));
            _clock.Advance(TimeSpan.FromMilliseconds(300));
            screens.Add((Screen.Text, Screen.IsCursorVisible));
            Send();
            _clock.Advance(TimeSpan.FromSeconds(1));
            screens.Add((Screen.Text, Screen.IsCursorVisible));
        });

        Assert.Equal([("", true), (Nothing, false), (Half, false)], screens);
        Assert.Equal(("", true), (Screen.Text, Screen.IsCursorVisible));
    }

    [Fact]
    public async Task Warnings_come_above_it_whole_and_in_their_order()
    {
        var longName = new string('n', 120);
        await RunAsync(logger =>
        {
            _clock.Advance(TimeSpan.FromMilliseconds(300));
            logger.Log(LogLevel.Summary, $"first");
            logger.Log(LogLevel.Summary, $"{longName}");
            Assert.Equal($"first\n{longName[..Width]}\n{longName[Width..]}\n{Nothing}", Screen.Text);
            Send();
            _clock.Advance(TimeSpan.FromSeconds(1));
            Assert.Equal($"first\n{longName[..Width]}\n{longName[Width..]}\n{Half}", Screen.Text);
            logger.Warn(new Diagnostic("SAB9999", DiagnosticSeverity.Warning, $"something"));
        });

        Assert.Equal(
            [
                "first",
                longName[..Width],
                longName[Width..],
                $"warning SAB9999: something {Diagnostic.HelpPage}#sab9999"[..Width],
                $"warning SAB9999: something {Diagnostic.HelpPage}#sab9999"[Width..],
            ],
            Screen.Text.Split('\n')
        );
    }

    [Fact]
    public async Task Two_lines_of_a_narrow_terminal_are_both_replaced()
    {
        _terminal.Width(60);
        await RunAsync(_ =>
        {
            _clock.Advance(TimeSpan.FromMilliseconds(300));
            Send();
            _clock.Advance(TimeSpan.FromSeconds(1));
            Assert.Equal(
                "█████████████████░░░░░░░░░░░░░░░░░░  1/2 files  0:01 left\n10.0 KB of 20.0 KB  10.0 KB/s  0 of 0 in flight",
                TerminalScreen.From(_terminal.Output, 60).Text
            );
        });

        Assert.Equal("", TerminalScreen.From(_terminal.Output, 60).Text);
    }

    [Fact]
    public async Task A_window_that_gets_narrower_loses_nothing_that_is_above()
    {
        await RunAsync(logger =>
        {
            logger.Log(LogLevel.Summary, $"before");
            _clock.Advance(TimeSpan.FromMilliseconds(300));
            _terminal.Width(60);
            _clock.Advance(TimeSpan.FromMilliseconds(100));
        });

        Assert.Equal("before", Screen.Text);
        Assert.DoesNotContain("\e[2J", _terminal.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("\e[3J", _terminal.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task It_takes_the_place_of_the_lines_that_tell_the_progress()
    {
        await RunAsync(logger =>
        {
            logger.Log(LogLevel.Progress, $"1 of 2 assets done");
            _clock.Advance(TimeSpan.FromMilliseconds(300));
            logger.Log(LogLevel.Progress, $"1 of 2 assets done");
            Assert.Equal(Nothing, Screen.Text);
        });
        await RunAsync(logger => logger.Log(LogLevel.Progress, $"1 of 2 assets done"), isInteractive: false);

        Assert.Equal("1 of 2 assets done", Screen.Text);
    }

    [Theory]
    [InlineData("Quiet", false, true)]
    [InlineData("Normal", true, true)]
    [InlineData("Normal", false, false)]
    public async Task Nothing_is_drawn_in_quiet_mode_for_program_output_or_without_a_terminal(
        string verbosity,
        bool isJson,
        bool isInteractive
    )
    {
        await RunAsync(
            _ => _clock.Advance(TimeSpan.FromSeconds(10)),
            Enum.Parse<Verbosity>(verbosity),
            isJson,
            isInteractive
        );

        Assert.Equal("", _terminal.Output);
    }

    [Fact]
    public async Task Work_that_fails_leaves_the_terminal_as_it_was()
    {
        await Assert.ThrowsAsync<InvalidDataException>(() =>
            RunAsync(_ =>
            {
                _clock.Advance(TimeSpan.FromMilliseconds(300));
                throw new InvalidDataException();
            })
        );
        var written = _terminal.Output;
        _clock.Advance(TimeSpan.FromSeconds(10));

        Assert.Equal((written, "", true), (_terminal.Output, Screen.Text, Screen.IsCursorVisible));
    }

    public void Dispose() => _terminal.Dispose();

    private void Send()
    {
        _progress.OnBytesSent(10 * 1024);
        _progress.OnDone(AssetStatus.Uploaded);
    }

    private Task<int> RunAsync(
        Action<ConsoleLogger> work,
        Verbosity verbosity = Verbosity.Normal,
        bool isJson = false,
        bool isInteractive = true
    )
    {
        var logger = new ConsoleLogger(_terminal, verbosity, new HashSet<string>());
        var console = new CliConsole(TextWriter.Null, _terminal, _ => null, Path.GetTempPath())
        {
            IsInteractive = isInteractive,
        };
        return TerminalProgress.WhileAsync(
            console,
            logger,
            isJson,
            _progress,
            _clock,
            () =>
            {
                work(logger);
                return Task.FromResult(0);
            }
        );
    }
}
