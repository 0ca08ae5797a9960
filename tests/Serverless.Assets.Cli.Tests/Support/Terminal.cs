using System.Diagnostics;
using System.Text;

namespace Serverless.Assets.Cli.Tests.Support;

/// <summary>A program in a terminal of its own (of util-linux's <c>script</c>): what it writes there, and keys for it.</summary>
internal sealed class Terminal : IDisposable
{
    public const int Width = 100;

    private readonly Process _script;
    private readonly StringBuilder _written = new();
    private readonly Task<string> _own;

    private Terminal(Process script)
    {
        _script = script;
        _own = script.StandardError.ReadToEndAsync(Workbench.Token);
    }

    public string Written => _written.ToString();

    /// <param name="command">In the syntax of sh.</param>
    public static Terminal Start(string folder, IReadOnlyDictionary<string, string> environment, string command)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "The option letters of script are those of Linux.");
        var start = new ProcessStartInfo(
            "script",
            [
                "--quiet",
                "--return",
                "--command",
                $"stty cols {Width} rows 30; exec env --default-signal=INT {command}",
                "/dev/null",
            ]
        )
        {
            WorkingDirectory = folder,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardOutputEncoding = Encoding.UTF8,
        };
        foreach (
            var (name, value) in new Dictionary<string, string>(environment)
            {
                ["TERM"] = "xterm-256color",
                ["LC_ALL"] = "C.UTF-8",
                ["CI"] = "",
                ["TF_BUILD"] = "",
                ["NO_COLOR"] = "",
            }
        )
        {
            start.Environment[name] = environment.GetValueOrDefault(name, value);
        }

        return new Terminal(Process.Start(start)!);
    }

    /// <summary>Presses these keys; <c>\u0003</c> is Ctrl+C.</summary>
    public async Task TypeAsync(string keys)
    {
        await _script.StandardInput.WriteAsync(keys);
        await _script.StandardInput.FlushAsync(Workbench.Token);
    }

    /// <summary>Returns when the program has written this text; fails when it ends without.</summary>
    public async Task WaitForAsync(string text)
    {
        while (!Written.Contains(text, StringComparison.Ordinal))
        {
            Assert.True(await ReadAsync(), $"It ended without '{text}':\n{Written}");
        }
    }

    /// <summary>Waits for its end.</summary>
    /// <returns>Its exit code.</returns>
    public async Task<int> EndAsync()
    {
        while (await ReadAsync())
        {
            // until it has closed its terminal
        }

        await _script.WaitForExitAsync(Workbench.Token);
        Assert.Equal("", await _own);
        return _script.ExitCode;
    }

    public void Dispose()
    {
        if (!_script.HasExited)
        {
            _script.Kill(entireProcessTree: true);
        }

        _script.Dispose();
    }

    private async Task<bool> ReadAsync()
    {
        var buffer = new char[4096];
        var read = await _script.StandardOutput.ReadAsync(buffer, Workbench.Token);
        _written.Append(buffer, 0, read);
        return read > 0;
    }
}
