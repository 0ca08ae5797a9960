using System.Diagnostics;
using System.Globalization;

namespace Serverless.Assets.EndToEnd.Tests.Support;

/// <summary>A build under way, to be ended from outside.</summary>
internal sealed class RunningBuild(Process process) : IDisposable
{
    private readonly Task<string> _errors = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);

    /// <summary>Reads its output up to a line with the text.</summary>
    public async Task WaitForAsync(string text)
    {
        while (await process.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken) is { } line)
        {
            if (line.Contains(text, StringComparison.Ordinal))
            {
                return;
            }
        }

        Assert.Fail($"The build ended without '{text}'. {await _errors}");
    }

    /// <summary>What nothing can be done about: power off, out of memory.</summary>
    public Task<int> KillAsync()
    {
        process.Kill();
        return EndAsync();
    }

    /// <summary>What a CI system does to a job that takes too long.</summary>
    public async Task<int> TerminateAsync()
    {
        using var kill = Process.Start("kill", ["-TERM", process.Id.ToString(CultureInfo.InvariantCulture)]);
        await kill.WaitForExitAsync(TestContext.Current.CancellationToken);
        return await EndAsync();
    }

    public void Dispose()
    {
        if (!process.HasExited)
        {
            process.Kill(entireProcessTree: true);
        }

        process.Dispose();
    }

    private async Task<int> EndAsync()
    {
        await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return process.ExitCode;
    }
}
