using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;

namespace Serverless.Assets.Cli.Tests.Support;

/// <summary>The built program, as a user starts it.</summary>
internal sealed class CliProcess : IDisposable
{
    private readonly Process _process;
    private readonly Task<string> _error;
    private Task<string>? _output;

    private CliProcess(Process process)
    {
        _process = process;
        _error = process.StandardError.ReadToEndAsync(Workbench.Token);
    }

    /// <summary>Full path of <c>dotnet</c>.</summary>
    public static string Host { get; } =
        Path.GetFullPath(Path.Combine(RuntimeEnvironment.GetRuntimeDirectory(), "..", "..", "..", "dotnet"));

    /// <summary>Full path of what it runs.</summary>
    public static string Program { get; } = Path.Combine(AppContext.BaseDirectory, "serverless-assets.dll");

    public bool HasExited => _process.HasExited;

    /// <param name="environment">Set in the child besides what it inherits.</param>
    public static CliProcess Start(string folder, IReadOnlyDictionary<string, string> environment, params string[] args)
    {
        var start = new ProcessStartInfo(Host, [Program, .. args])
        {
            WorkingDirectory = folder,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        return new CliProcess(Process.Start(start)!);
    }

    /// <summary>The next line of its output; null at the end.</summary>
    public async Task<string?> ReadLineAsync() => await _process.StandardOutput.ReadLineAsync(Workbench.Token);

    /// <summary>What nothing can be done about: SIGKILL, as when the power fails or the memory is full.</summary>
    public async Task KillAsync()
    {
        _process.Kill();
        await EndAsync();
    }

    /// <summary>Sends a signal: <c>INT</c> is what Ctrl+C sends, <c>TERM</c> what a CI system sends.</summary>
    public async Task SignalAsync(string name)
    {
        Assert.SkipWhen(
            name == "INT" && IgnoresInterrupts(),
            "Interrupts are ignored here, as a shell has it for its background jobs."
        );
        using var kill = Process.Start("kill", [$"-{name}", _process.Id.ToString(CultureInfo.InvariantCulture)]);
        await kill.WaitForExitAsync(Workbench.Token);
        Assert.Equal(0, kill.ExitCode);
    }

    /// <summary>Waits for its end.</summary>
    public async Task<CliRun> EndAsync()
    {
        _output ??= _process.StandardOutput.ReadToEndAsync(Workbench.Token);
        var (output, error) = (await _output, await _error);
        await _process.WaitForExitAsync(Workbench.Token);
        return new CliRun(_process.ExitCode, output, error);
    }

    /// <summary>It is inherited: who runs the tests decides it. Told by Linux; elsewhere it is taken not to be so.</summary>
    private bool IgnoresInterrupts()
    {
        const string Field = "SigIgn:";
        const ulong Interrupt = 1UL << (2 - 1); // SIGINT is 2, and the lowest bit is that of signal 1
        var status = $"/proc/{_process.Id}/status";
        return File.Exists(status)
            && File.ReadLines(status).FirstOrDefault(line => line.StartsWith(Field, StringComparison.Ordinal))
                is { } line
            && (
                ulong.Parse(line[Field.Length..].Trim(), NumberStyles.HexNumber, CultureInfo.InvariantCulture)
                & Interrupt
            ) != 0;
    }

    public void Dispose()
    {
        if (!_process.HasExited)
        {
            _process.Kill();
        }

        _process.Dispose();
    }
}
