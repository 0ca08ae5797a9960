using System.Text.Json;
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
        EmulatorFaults? faults = null,
        Func<EmulatorOptions, EmulatorOptions>? configure = null,
        string? folder = null
    )
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

    /// <summary>Moves the clock until a request is answered; between the steps the emulator has time to work.</summary>
    /// <returns>How far the clock was moved.</returns>
    public async Task<TimeSpan> AdvanceUntilDoneAsync(Task request, TimeSpan step)
    {
        var start = Clock.GetUtcNow();
        while (!request.IsCompleted)
        {
            Clock.Advance(step);
            await StatsAsync();
        }

        return Clock.GetUtcNow() - start;
    }

    public async Task<JsonElement> StatsAsync() => (await Api.GetAsync("/__emulator/stats")).Ok();

    /// <summary>Asks for the statistics until they are so; a test that waits in vain ends by its time limit.</summary>
    public async Task<JsonElement> StatsUntilAsync(Func<JsonElement, bool> condition)
    {
        while (true)
        {
            var stats = await StatsAsync();
            if (condition(stats))
            {
                return stats;
            }

            Token.ThrowIfCancellationRequested();
        }
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
