using System.Diagnostics;
using System.Globalization;
using System.Text;

namespace Serverless.Assets.TestSupport;

/// <summary>Exit code and output of a program that has ended.</summary>
/// <param name="Out">Standard output that the test had not read before.</param>
internal sealed record ProcessResult(int ExitCode, string Out, string Error)
{
    /// <summary>Standard output followed by standard error.</summary>
    public string Output => Out + Error;
}

/// <summary>
/// A program that a test starts, with redirected standard streams. Disposing it kills the program and its children.
/// Standard error is collected from the start; the test reads standard output line by line or to its end.
/// </summary>
internal sealed class ChildProcess : IDisposable
{
    private readonly Process _process;
    private readonly Task<string> _error;
    private readonly StringBuilder _read = new();

    private ChildProcess(Process process)
    {
        _process = process;
        _error = process.StandardError.ReadToEndAsync(CancellationToken.None); // ends with the process
    }

    public int Id => _process.Id;

    public bool HasExited => _process.HasExited;

    /// <summary>Completes when the program has ended.</summary>
    public Task Exited => _process.WaitForExitAsync(CancellationToken.None);

    /// <summary>Standard output as far as it was read; all of it after <see cref="EndAsync()"/>.</summary>
    public string Output => _read.ToString();

    /// <param name="environment">Variables in addition to those of this process.</param>
    public static ChildProcess Start(
        string program,
        IEnumerable<string> arguments,
        string folder,
        IReadOnlyDictionary<string, string>? environment = null
    )
    {
        var start = new ProcessStartInfo(program, arguments) { WorkingDirectory = folder };
        ProcessEnvironment.Set(start, environment);
        return Start(start);
    }

    /// <summary>Starts a program whose environment the caller has prepared.</summary>
    public static ChildProcess Start(ProcessStartInfo start)
    {
        start.UseShellExecute = false;
        start.CreateNoWindow = true;
        start.RedirectStandardInput = true;
        start.RedirectStandardOutput = true;
        start.RedirectStandardError = true;
        return new ChildProcess(Process.Start(start)!);
    }

    /// <summary>Runs a program that gets no input, until it ends.</summary>
    public static async Task<ProcessResult> RunAsync(ProcessStartInfo start)
    {
        using var process = Start(start);
        process.CloseInput();
        return await process.EndAsync();
    }

    public void CloseInput() => _process.StandardInput.Close();

    public async Task WriteAsync(string text)
    {
        await _process.StandardInput.WriteAsync(text);
        await _process.StandardInput.FlushAsync(TestContext.Current.CancellationToken);
    }

    /// <returns>The next line of standard output; null at its end.</returns>
    public async Task<string?> ReadLineAsync()
    {
        var line = await _process.StandardOutput.ReadLineAsync().WithinAsync("a line of output", Deadline.Build);
        if (line is not null)
        {
            _read.AppendLine(line);
        }

        return line;
    }

    /// <summary>Reads what the program has written next to standard output, a line or not.</summary>
    /// <returns>Whether there was anything; false at the end.</returns>
    public async Task<bool> ReadSomeAsync()
    {
        var buffer = new char[4096];
        var count = await _process
            .StandardOutput.ReadAsync(buffer.AsMemory())
            .AsTask()
            .WithinAsync("output", Deadline.Build);
        _read.Append(buffer, 0, count);
        return count > 0;
    }

    /// <summary>Reads standard output up to and including a line that contains the text.</summary>
    public async Task WaitForLineAsync(string text)
    {
        while (await ReadLineAsync() is { } line)
        {
            if (line.Contains(text, StringComparison.Ordinal))
            {
                return;
            }
        }

        Assert.Fail($"The program ended without writing '{text}'.\n{Output}\n{await ReadErrorAsync()}");
    }

    /// <summary>Kills the program, but not its children, as when the system runs out of memory.</summary>
    public Task<ProcessResult> KillAsync()
    {
        _process.Kill();
        return EndAsync();
    }

    /// <summary>Sends a signal: <c>INT</c> is what Ctrl+C sends, <c>TERM</c> what a CI system sends.</summary>
    public async Task SignalAsync(string name)
    {
        Assert.SkipWhen(
            name == "INT" && IgnoresInterrupts(),
            "Interrupts are ignored here, as in the background jobs of a shell."
        );
        await SendSignalAsync(_process.Id, name);
    }

    /// <summary>Sends a signal to a program that the test did not start itself.</summary>
    public static async Task SendSignalAsync(int processId, string name)
    {
        using var kill = Process.Start("kill", [$"-{name}", processId.ToString(CultureInfo.InvariantCulture)]);
        await kill.WaitForExitAsync(CancellationToken.None).WithinAsync("kill");
        Assert.Equal(0, kill.ExitCode);
    }

    /// <summary>Waits for the exit code only: a child of the program may keep its output open.</summary>
    public async Task<int> WaitForExitAsync()
    {
        await Exited.WithinAsync("the program to end", Deadline.Build);
        return _process.ExitCode;
    }

    /// <summary>Sends a signal and waits for the end.</summary>
    public async Task<ProcessResult> EndAsync(string signal)
    {
        await SignalAsync(signal);
        return await EndAsync();
    }

    /// <summary>Reads the output to its end and waits for the exit code.</summary>
    public async Task<ProcessResult> EndAsync()
    {
        var rest = await _process.StandardOutput.ReadToEndAsync().WithinAsync("the end of the output", Deadline.Build);
        _read.Append(rest);
        var exitCode = await WaitForExitAsync();
        return new ProcessResult(exitCode, rest, await ReadErrorAsync());
    }

    public void Dispose()
    {
        if (!_process.HasExited)
        {
            _process.Kill(entireProcessTree: true);
        }

        _process.Dispose();
    }

    /// <summary>A child of the program may keep it open.</summary>
    private Task<string> ReadErrorAsync() => _error.WithinAsync("the end of the error output", Deadline.Build);

    /// <summary>Whether the program inherited a disposition that ignores SIGINT. Only Linux can tell.</summary>
    private bool IgnoresInterrupts()
    {
        const string Field = "SigIgn:";
        const ulong Interrupt = 1UL << (2 - 1); // SIGINT is signal 2, and signal 1 has the lowest bit
        var status = $"/proc/{_process.Id}/status";
        return File.Exists(status)
            && File.ReadLines(status).FirstOrDefault(line => line.StartsWith(Field, StringComparison.Ordinal))
                is { } line
            && (
                ulong.Parse(line[Field.Length..].Trim(), NumberStyles.HexNumber, CultureInfo.InvariantCulture)
                & Interrupt
            ) != 0;
    }
}
