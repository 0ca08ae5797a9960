using System.Diagnostics;
using System.Globalization;
using System.Text;

namespace Serverless.Assets.EndToEnd.Tests.Support;

/// <summary>A build under way, to be ended from outside.</summary>
internal sealed class RunningBuild(Process process) : IDisposable
{
    private readonly Task<string> _errors = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
    private readonly StringBuilder _output = new();

    /// <summary>What it has said as far as it was read; all of it once it has ended.</summary>
    public string Output => _output.ToString();

    /// <summary>Reads its output up to a line with the text.</summary>
    public async Task WaitForAsync(string text)
    {
        while (await process.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken) is { } line)
        {
            _output.AppendLine(line);
            if (line.Contains(text, StringComparison.Ordinal))
            {
                return;
            }
        }

        Assert.Fail($"The build ended without '{text}'. {await _errors}");
    }

    /// <summary>Lets it come to its own end.</summary>
    public Task<int> FinishAsync() => EndAsync();

    /// <summary>What nothing can be done about: power off, out of memory.</summary>
    public Task<int> KillAsync()
    {
        process.Kill();
        return EndAsync();
    }

    /// <summary>What a CI system does to a job that takes too long.</summary>
    public Task<int> TerminateAsync() => SignalAsync("TERM");

    /// <summary>What Ctrl+C does.</summary>
    public Task<int> InterruptAsync()
    {
        Assert.SkipWhen(IgnoresInterrupts(), "Interrupts are ignored here, as a shell has it for its background jobs.");
        return SignalAsync("INT");
    }

    public void Dispose()
    {
        if (!process.HasExited)
        {
            process.Kill(entireProcessTree: true);
        }

        process.Dispose();
    }

    private async Task<int> SignalAsync(string signal)
    {
        using var kill = Process.Start("kill", [$"-{signal}", process.Id.ToString(CultureInfo.InvariantCulture)]);
        await kill.WaitForExitAsync(TestContext.Current.CancellationToken);
        return await EndAsync();
    }

    /// <summary>It is inherited: who runs the tests decides it. Told by Linux; elsewhere it is taken not to be so.</summary>
    private bool IgnoresInterrupts()
    {
        const string Field = "SigIgn:";
        const ulong Interrupt = 1UL << (2 - 1); // SIGINT is 2, and the lowest bit is that of signal 1
        var status = $"/proc/{process.Id}/status";
        return File.Exists(status)
            && File.ReadLines(status).FirstOrDefault(line => line.StartsWith(Field, StringComparison.Ordinal))
                is { } line
            && (
                ulong.Parse(line[Field.Length..].Trim(), NumberStyles.HexNumber, CultureInfo.InvariantCulture)
                & Interrupt
            ) != 0;
    }

    private async Task<int> EndAsync()
    {
        _output.Append(await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken));
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return process.ExitCode;
    }
}
