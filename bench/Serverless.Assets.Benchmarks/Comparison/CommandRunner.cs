using System.Diagnostics;

namespace Serverless.Assets.Benchmarks.Comparison;

/// <summary>Runs the commands of a contender, and measures them.</summary>
internal static class CommandRunner
{
    private static readonly TimeSpan MemoryInterval = TimeSpan.FromMilliseconds(20);

    /// <param name="timeout">After which a run is killed.</param>
    /// <returns>The last line of the error output is the failure if a command fails.</returns>
    public static async Task<(double Seconds, double PeakMemory, string? Failure)> RunAsync(
        IEnumerable<ProcessStartInfo> commands,
        TimeSpan timeout
    )
    {
        using var end = new CancellationTokenSource(timeout);
        var clock = Stopwatch.StartNew();
        var peak = 0.0;
        foreach (var command in commands)
        {
            command.RedirectStandardOutput = command.RedirectStandardError = true;
            using var process = Process.Start(command)!;
            var output = process.StandardOutput.ReadToEndAsync(CancellationToken.None);
            var error = process.StandardError.ReadToEndAsync(CancellationToken.None);
            var exit = process.WaitForExitAsync(end.Token);
            while (!exit.IsCompleted)
            {
                peak = Math.Max(peak, GetPeakMemory(process));
                await Task.WhenAny(exit, Task.Delay(MemoryInterval, CancellationToken.None)).ConfigureAwait(false);
            }

            if (exit.IsCanceled)
            {
                process.Kill(entireProcessTree: true);
                return (clock.Elapsed.TotalSeconds, peak, $"did not end within {timeout.TotalSeconds} s");
            }

            if (process.ExitCode != 0)
            {
                var text = await output.ConfigureAwait(false) + await error.ConfigureAwait(false);
                return (clock.Elapsed.TotalSeconds, peak, FindReason(text) ?? $"exit code {process.ExitCode}");
            }
        }

        return (clock.Elapsed.TotalSeconds, peak, null);
    }

    private static double GetPeakMemory(Process process)
    {
        try
        {
            process.Refresh();
            return process.PeakWorkingSet64 / (1024.0 * 1024.0);
        }
        catch (InvalidOperationException)
        {
            return 0; // it has just ended
        }
    }

    private static string? FindReason(string output) =>
        output.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries) is [.., var last]
            ? last
            : null;
}
