using System.Diagnostics;

namespace Serverless.Assets.Build.Emulator;

/// <summary>A started emulator; ends when disposed, or when this process ends in whatever way.</summary>
internal sealed class EmulatorProcess : IDisposable
{
    private static readonly TimeSpan StopTimeout = TimeSpan.FromSeconds(5);

    private readonly Process _process;

    public EmulatorProcess(Process process, string baseUrl)
    {
        _process = process;
        BaseUrl = baseUrl;
    }

    public string BaseUrl { get; }

    public void Dispose()
    {
        _process.StandardInput.Close(); // it watches for this
        if (!_process.WaitForExit(StopTimeout))
        {
            _process.Kill();
            _process.WaitForExit();
        }

        _process.Dispose();
    }
}
