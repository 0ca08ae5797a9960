using System.Diagnostics;
using System.Text;
using System.Text.RegularExpressions;

namespace Serverless.Assets.TestSupport;

/// <summary>
/// A program in a pseudo-terminal that <c>script</c> of util-linux provides: what it writes there, and keys for it.
/// </summary>
internal sealed partial class Terminal : IDisposable
{
    private readonly ChildProcess _script;

    private Terminal(ChildProcess script) => _script = script;

    /// <summary>Everything that was sent to the terminal so far, with its control sequences.</summary>
    public string Written => _script.Output;

    /// <summary>The same without control sequences. Lines that were overwritten on the screen are included.</summary>
    public string Text => ControlSequence().Replace(Written, "");

    public static void SkipUnlessAvailable() =>
        Assert.SkipUnless(
            OperatingSystem.IsLinux() && ProgramPath.IsInstalled("script"),
            "The program 'script' of util-linux is not installed."
        );

    /// <param name="columns">Width of the terminal in characters.</param>
    /// <param name="command">In the syntax of sh; see <see cref="Quote"/>.</param>
    /// <param name="setEnvironment">Sets the variables of the program, except for <c>TERM</c>.</param>
    public static Terminal Start(string folder, int columns, string command, Action<ProcessStartInfo> setEnvironment)
    {
        SkipUnlessAvailable();
        var start = new ProcessStartInfo(
            "script",
            [
                "--quiet",
                "--return",
                "--command",
                $"stty cols {columns} rows 40; exec env --default-signal=INT {command}",
                "/dev/null",
            ]
        )
        {
            WorkingDirectory = folder,
            StandardOutputEncoding = Encoding.UTF8,
        };
        start.Environment["TERM"] = "xterm-256color";
        setEnvironment(start);
        return new Terminal(ChildProcess.Start(start));
    }

    /// <summary>An argument of <see cref="Start"/>'s command that sh takes literally.</summary>
    public static string Quote(string argument) => $"'{argument.Replace("'", "'\\''", StringComparison.Ordinal)}'";

    /// <summary>Presses keys; <c>\u0003</c> is Ctrl+C.</summary>
    public Task TypeAsync(string keys) => _script.WriteAsync(keys);

    /// <summary>Waits until <see cref="Written"/> contains the text.</summary>
    public Task WaitForAsync(string text) => WaitForAsync(() => Written, text);

    /// <summary>Waits until <see cref="Text"/> contains the text.</summary>
    public Task WaitForTextAsync(string text) => WaitForAsync(() => Text, text);

    /// <summary>Waits until the program has closed its terminal and ended.</summary>
    /// <returns>Its exit code.</returns>
    public async Task<int> EndAsync()
    {
        var result = await _script.EndAsync();
        Assert.Equal("", result.Error); // of script itself
        return result.ExitCode;
    }

    public void Dispose() => _script.Dispose();

    private async Task WaitForAsync(Func<string> written, string text)
    {
        while (!written().Contains(text, StringComparison.Ordinal)) // each turn awaits more output
        {
            Assert.True(await _script.ReadSomeAsync(), $"The program ended without showing '{text}':\n{Text}");
        }
    }

    [GeneratedRegex(@"\x1b\][^\x1b\a]*(\x1b\\|\a)|\x1b\[[0-9;?]*[A-Za-z]|\x1b=|\r")]
    private static partial Regex ControlSequence();
}
