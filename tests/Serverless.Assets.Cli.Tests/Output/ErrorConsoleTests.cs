using Serverless.Assets.Cli.Output;
using Spectre.Console;

namespace Serverless.Assets.Cli.Tests.Output;

/// <summary>Colors where a person sees them and wants them, and nowhere else.</summary>
public sealed class ErrorConsoleTests
{
    private const string Plain = "error\n";

    [Theory]
    [InlineData("NO_COLOR", "1")]
    [InlineData("NO_COLOR", "false")] // any nonempty value, according to no-color.org
    [InlineData("TERM", "dumb")]
    public void The_environment_can_refuse_colors(string name, string value) =>
        Assert.Equal(Plain, Write(isTerminal: true, (name, value)));

    [Theory]
    [InlineData("GITHUB_ACTIONS", "true")]
    [InlineData("TF_BUILD", "True")]
    [InlineData("COLORTERM", "truecolor")]
    [InlineData("CLICOLOR_FORCE", "1")]
    public void Output_to_a_file_has_no_colors_with_any_environment_variables(string name, string value) =>
        Assert.Equal(Plain, Write(isTerminal: false, (name, value)));

    [Fact]
    public void An_empty_NO_COLOR_refuses_nothing()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Whether the console has colors is for Windows to say.");
        Assert.NotEqual(
            ColorSystem.NoColors,
            Create(isTerminal: true, ("NO_COLOR", "")).Profile.Capabilities.ColorSystem
        );
        Assert.Equal(
            ColorSystem.NoColors,
            Create(isTerminal: true, ("NO_COLOR", "1")).Profile.Capabilities.ColorSystem
        );
    }

    [Theory]
    [InlineData(true, "", "", true)]
    [InlineData(true, "CI", "false", true)]
    [InlineData(true, "NO_COLOR", "1", true)]
    [InlineData(true, "CI", "true", false)]
    [InlineData(true, "TF_BUILD", "True", false)]
    [InlineData(true, "TERM", "dumb", false)]
    [InlineData(false, "", "", false)]
    public void Progress_is_drawn_on_a_terminal_that_can_be_drawn_on(
        bool isTerminal,
        string name,
        string value,
        bool expected
    )
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Whether the console can be drawn on is for Windows to say.");
        Assert.Equal(
            expected,
            ErrorConsole.IsInteractive(
                Create(isTerminal, (name, value)),
                isTerminal,
                asked => asked == name ? value : null
            )
        );
    }

    private static string Write(bool isTerminal, (string Name, string Value) variable)
    {
        using var writer = new StringWriter();
        Create(isTerminal, variable, writer).Write(new SingleLine(new Text("error", new Style(Color.Red))));
        return writer.ToString().ReplaceLineEndings("\n");
    }

    private static IAnsiConsole Create(
        bool isTerminal,
        (string Name, string Value) variable,
        TextWriter? writer = null
    ) =>
        ErrorConsole.Create(
            new Output80(writer ?? TextWriter.Null, isTerminal),
            isTerminal,
            canAsk: false,
            name =>
                name == variable.Name ? variable.Value
                : name == "TERM" ? "xterm-256color"
                : null
        );

    private sealed class Output80(TextWriter writer, bool isTerminal) : IAnsiConsoleOutput
    {
        public TextWriter Writer => writer;

        public bool IsTerminal => isTerminal;

        public int Width => 80;

        public int Height => 25;

        public void SetEncoding(System.Text.Encoding encoding) { }
    }
}
