using Microsoft.Extensions.Time.Testing;

namespace Serverless.Assets.Emulator.Tests;

/// <summary>An emulator on a free port with a data folder of its own, and a client for it.</summary>
internal sealed class TestEmulator : IAsyncDisposable
{
    private readonly bool _ownsFolder;

    private TestEmulator(EmulatorServer server, EmulatorOptions options, FakeTimeProvider clock, bool ownsFolder)
    {
        Server = server;
        Options = options;
        Clock = clock;
        _ownsFolder = ownsFolder;
        Api = new ApiClient(server.BaseAddress);
    }

    public EmulatorServer Server { get; }

    public EmulatorOptions Options { get; }

    /// <summary>Moves only when told.</summary>
    public FakeTimeProvider Clock { get; }

    public ApiClient Api { get; }

    public int Port => Server.BaseAddress.Port;

    public static CancellationToken Token => TestContext.Current.CancellationToken;

    public static async Task<TestEmulator> StartAsync(
        EmulatorFaults? faults = null, Func<EmulatorOptions, EmulatorOptions>? configure = null, string? folder = null)
    {
        var clock = new FakeTimeProvider(new DateTimeOffset(2026, 3, 1, 12, 0, 0, TimeSpan.Zero));
        var options = new EmulatorOptions
        {
            DataDirectory = folder ?? Directory.CreateTempSubdirectory("emulator-test-").FullName,
            Clock = clock,
            Faults = faults ?? new EmulatorFaults(),
        };
        options = configure?.Invoke(options) ?? options;
        return new TestEmulator(await EmulatorServer.StartAsync(options, Token), options, clock, folder is null);
    }

    public async ValueTask DisposeAsync()
    {
        Api.Dispose();
        await Server.DisposeAsync();
        if (_ownsFolder)
        {
            Directory.Delete(Options.DataDirectory, recursive: true);
        }
    }
}
