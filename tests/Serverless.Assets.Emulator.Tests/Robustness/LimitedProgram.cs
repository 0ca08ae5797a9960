using System.Globalization;

namespace Serverless.Assets.Emulator.Tests.Robustness;

/// <summary>
/// The emulator's program with a limit on its heap. If it needed more, it would end, or answer requests with errors.
/// </summary>
internal sealed class LimitedProgram : IDisposable
{
    private readonly ChildProcess _process;

    private LimitedProgram(ChildProcess process, Uri address)
    {
        _process = process;
        Api = new ApiClient(address);
        Port = address.Port;
    }

    public ApiClient Api { get; }

    public int Port { get; }

    /// <param name="data">The data folder.</param>
    /// <param name="maxHeap">In bytes, of all that the garbage collector manages.</param>
    public static async Task<LimitedProgram> StartAsync(string data, long maxHeap)
    {
        var process = ChildProcess.Start(
            DotNet.Host,
            [typeof(ServerlessEmulator).Assembly.Location, "--data", data, "--until-input-closes"],
            Path.GetTempPath(),
            new Dictionary<string, string>
            {
                ["DOTNET_GCHeapHardLimit"] = maxHeap.ToString("x", CultureInfo.InvariantCulture),
            }
        );
        try
        {
            const string Prefix = "listening on ";
            var line = await process.ReadLineAsync();
            Assert.StartsWith(Prefix, line, StringComparison.Ordinal);
            return new LimitedProgram(process, new Uri(line![Prefix.Length..]));
        }
        catch
        {
            process.Dispose();
            throw;
        }
    }

    /// <returns>The exit code, and what the program has written to standard error.</returns>
    public async Task<(int ExitCode, string Error)> EndAsync()
    {
        _process.CloseInput();
        var result = await _process.EndAsync();
        return (result.ExitCode, result.Error);
    }

    public void Dispose()
    {
        Api.Dispose();
        _process.Dispose();
    }
}
