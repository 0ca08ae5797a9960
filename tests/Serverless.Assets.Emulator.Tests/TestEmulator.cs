using System.Text.Json;
using Microsoft.Extensions.Time.Testing;

namespace Serverless.Assets.Emulator.Tests;

/// <summary>An emulator on a free port with its own data folder, and a client for it.</summary>
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

    /// <summary>A clock that moves only when a test advances it.</summary>
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

    /// <summary>Advances the clock step by step until a request has completed.</summary>
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

    /// <summary>Requests the statistics until they meet a condition or the test times out.</summary>
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
