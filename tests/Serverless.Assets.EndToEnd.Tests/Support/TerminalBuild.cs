using System.Diagnostics;
using System.Text;
using System.Text.RegularExpressions;

namespace Serverless.Assets.EndToEnd.Tests.Support;

/// <summary>A build in a terminal of 160 columns, which <c>script</c> of util-linux makes, and what appears there.</summary>
internal sealed class TerminalBuild : IDisposable
{
    private readonly Process _process;
    private readonly StringBuilder _raw = new();
    private readonly char[] _buffer = new char[4096];

    public TerminalBuild(string folder, IEnumerable<string> arguments, IReadOnlyDictionary<string, string> environment)
    {
        var command = $"stty cols 160 rows 40; exec dotnet {string.Join(' ', arguments.Select(Quote))}";
        _process = DotNet.Start(
            folder,
            ["-qec", command, "/dev/null"],
            new Dictionary<string, string>(environment) { ["TERM"] = "xterm-256color" },
            "script"
        );
    }

    /// <summary>All that was sent to the terminal so far, with its control sequences.</summary>
    public string Raw => _raw.ToString();

    /// <summary>The same as text. Lines that were drawn over are still there.</summary>
    public string Text => Regex.Replace(Raw, @"\x1b\][^\x1b\a]*(\x1b\\|\a)|\x1b\[[0-9;?]*[A-Za-z]|\x1b=|\r", "");

    public static void SkipWhereNone() =>
        Assert.SkipUnless(
            OperatingSystem.IsLinux() && ProgramPath.IsThere("script"),
            "the program script of util-linux is not installed"
        );

    /// <summary>Goes on once this text was shown.</summary>
    public async Task WaitForAsync(string text)
    {
        while (!Text.Contains(text, StringComparison.Ordinal))
        {
            Assert.True(await ReadAsync(), $"The build ended without '{text}': {Text}");
        }
    }

    public async Task<int> EndAsync()
    {
        while (await ReadAsync()) { }

        await _process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return _process.ExitCode;
    }

    public void Dispose()
    {
        if (!_process.HasExited)
        {
            _process.Kill(entireProcessTree: true);
        }

        _process.Dispose();
    }

    private async Task<bool> ReadAsync()
    {
        var read = await _process.StandardOutput.ReadAsync(_buffer, TestContext.Current.CancellationToken);
        _raw.Append(_buffer, 0, read);
        return read > 0;
    }

    private static string Quote(string argument) => $"'{argument.Replace("'", "'\\''", StringComparison.Ordinal)}'";
}
