using Serverless.Assets.Cli.Output;
using Spectre.Console.Testing;

namespace Serverless.Assets.Cli.Tests.Output;

public sealed class ProgressFrameTests
{
    private static readonly ProgressReading Halfway = new(
        Done: 123,
        Total: 300,
        Failed: 0,
        BytesSent: 4_300_000,
        BytesToSend: 12_900_000,
        BytesPerSecond: 1_258_291,
        Fraction: 0.5,
        Remaining: TimeSpan.FromSeconds(6.4),
        InFlight: 8,
        ConcurrencyLimit: 10
    );

    [Theory]
    [InlineData(
        120,
        "████████████████████░░░░░░░░░░░░░░░░░░░░  123/300 files  4.1 MB of 12.3 MB  1.2 MB/s  8 of 10 in flight  0:07 left\n"
    )]
    [InlineData(
        102,
        "████████████░░░░░░░░░░░░░  123/300 files  4.1 MB of 12.3 MB  1.2 MB/s  8 of 10 in flight  0:07 left\n"
    )]
    [InlineData(
        80,
        "████████████████████░░░░░░░░░░░░░░░░░░░░  123/300 files  0:07 left\n4.1 MB of 12.3 MB  1.2 MB/s  8 of 10 in flight\n"
    )]
    [InlineData(
        62,
        "████████████████░░░░░░░░░░░░░░░░░  123/300 files  0:07 left\n4.1 MB of 12.3 MB  1.2 MB/s  8 of 10 in flight\n"
    )]
    [InlineData(40, "█████░░░░░░  123/300 files  0:07 left\n4.1 MB of 12.3 MB  1.2 MB/s\n")]
    [InlineData(30, "123/300 files  0:07 left\n")]
    [InlineData(20, "123/300 files\n")]
    [InlineData(12, "\n")]
    public void It_fits_the_terminal(int width, string expected)
    {
        var frame = Render(Halfway, width, isUnicode: true);

        Assert.Equal(expected, frame);
        Assert.All(frame.Split('\n'), line => Assert.InRange(line.Length, 0, width - "^C".Length - 1));
    }

    [Fact]
    public void A_terminal_without_Unicode_gets_signs_that_it_has() =>
        Assert.Equal(
            "#########################...............  ",
            Render(Halfway with { Fraction = 0.625 }, 120, isUnicode: false)[..42]
        );

    [Theory]
    [InlineData(0.0, "0:00 left")]
    [InlineData(0.1, "0:01 left")]
    [InlineData(59.9, "1:00 left")]
    [InlineData(754.0, "12:34 left")]
    [InlineData(3723.0, "1:02:03 left")]
    [InlineData(null, "--:-- left")]
    public void The_time_that_remains_is_rounded_up(double? seconds, string expected) =>
        Assert.EndsWith(
            $"  {expected}\n",
            Render(
                Halfway with
                {
                    Remaining = seconds is { } known ? TimeSpan.FromSeconds(known) : null,
                },
                120,
                isUnicode: true
            ),
            StringComparison.Ordinal
        );

    [Fact]
    public void Failed_files_are_reported() =>
        Assert.Contains(
            "  123/300 files, 2 failed  ",
            Render(Halfway with { Failed = 2 }, 120, isUnicode: true),
            StringComparison.Ordinal
        );

    [Theory]
    [InlineData(0.0, 0)]
    [InlineData(0.999, 39)]
    [InlineData(1.0, 40)]
    public void The_bar_is_full_when_all_is_done_and_not_before(double fraction, int full) =>
        Assert.Equal(
            full,
            Render(Halfway with { Fraction = fraction }, 120, isUnicode: true).Count(sign => sign == '█')
        );

    private static string Render(ProgressReading reading, int width, bool isUnicode)
    {
        using var console = new TestConsole().Width(width);
        console.Profile.Capabilities.Unicode = isUnicode;
        console.Write(new ProgressFrame(reading));
        return console.Output;
    }
}
