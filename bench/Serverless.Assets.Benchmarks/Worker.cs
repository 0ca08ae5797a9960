using System.Diagnostics;

namespace Serverless.Assets.Benchmarks;

/// <summary>A process that uploads the files of a workspace, like the agent of a CI system.</summary>
internal sealed class Worker : IDisposable
{
    private readonly Process _process;

    public Worker(Workspace files)
    {
        Files = files;
        _process = Process.Start(
            new ProcessStartInfo(
                Environment.ProcessPath!,
                ["--worker", files.Folder, files.Address.OriginalString, files.StateStore]
            )
            {
                RedirectStandardInput = true,
                RedirectStandardOutput = true,
            }
        )!;
    }

    public Workspace Files { get; }

    /// <summary>What the process runs: uploads whenever standard input names a Service.</summary>
    public static async Task WorkAsync(string folder, Uri emulator, string stateStore)
    {
        using var workspace = Workspace.Open(folder, emulator, stateStore);
        while (await Console.In.ReadLineAsync().ConfigureAwait(false) is { } service)
        {
            await workspace.UploadAsync(service).ConfigureAwait(false);
            Console.WriteLine("done");
        }
    }

    /// <returns>Whether the upload has succeeded. If not, the process has ended.</returns>
    public async Task<bool> UploadAsync(string service)
    {
        await _process.StandardInput.WriteLineAsync(service).ConfigureAwait(false);
        return await _process.StandardOutput.ReadLineAsync().ConfigureAwait(false) == "done";
    }

    public void Dispose()
    {
        _process.StandardInput.Close();
        _process.WaitForExit();
        _process.Dispose();
    }
}
