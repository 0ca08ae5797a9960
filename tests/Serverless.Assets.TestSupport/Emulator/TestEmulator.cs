using System.Text.Json;
using Serverless.Assets.Emulator;

namespace Serverless.Assets.TestSupport;

/// <summary>
/// An emulator on a free port of this machine, hosted in the test process, and a client for it. Disposing fails the test
/// if an exchange did not agree with the OpenAPI description of the service.
/// </summary>
internal sealed class TestEmulator : IAsyncDisposable
{
    private readonly Signal _counted;
    private readonly TempFolder? _folder;
    private readonly ExchangeObserver _observer;

    private TestEmulator(
        ServerlessEmulator server,
        ServerlessEmulatorOptions options,
        Signal counted,
        TempFolder? folder,
        ExchangeObserver observer
    )
    {
        Server = server;
        Options = options;
        Api = new ApiClient(server.BaseAddress, $"{options.AccountSid}:secret");
        _counted = counted;
        _folder = folder;
        _observer = observer;
        observer.BreaksJson = () => Faults.RateBrokenJson > 0;
    }

    public ServerlessEmulator Server { get; }

    public ServerlessEmulatorOptions Options { get; }

    /// <summary>The clock of an emulator that was started without one; only the test advances it.</summary>
    public ManualClock Clock => (ManualClock)Options.Clock;

    /// <summary>Sends requests without checking their results.</summary>
    public ApiClient Api { get; }

    /// <summary>The origin of the API, the uploads and the control endpoints.</summary>
    public string Url => Server.BaseAddress.GetLeftPart(UriPartial.Authority);

    public int Port => Server.BaseAddress.Port;

    public EmulatorFaults Faults
    {
        get => Server.Faults;
        set => Server.Faults = value;
    }

    public static CancellationToken Token => TestContext.Current.CancellationToken;

    /// <summary>Starts an emulator with a <see cref="ManualClock"/>.</summary>
    /// <param name="configure">Changes its options.</param>
    /// <param name="folder">The data folder; null for a temporary one.</param>
    public static Task<TestEmulator> StartAsync(
        EmulatorFaults? faults = null,
        Func<ServerlessEmulatorOptions, ServerlessEmulatorOptions>? configure = null,
        string? folder = null
    ) => StartAsync(new ManualClock(), faults, configure, folder);

    /// <summary>Starts an emulator whose delays take their time, or another clock decides about.</summary>
    /// <inheritdoc cref="StartAsync(EmulatorFaults?, Func{ServerlessEmulatorOptions, ServerlessEmulatorOptions}?, string?)"/>
    public static async Task<TestEmulator> StartAsync(
        TimeProvider clock,
        EmulatorFaults? faults = null,
        Func<ServerlessEmulatorOptions, ServerlessEmulatorOptions>? configure = null,
        string? folder = null
    )
    {
        var temporary = folder is null ? new TempFolder() : null;
        var counted = new Signal();
        var observer = new ExchangeObserver(OpenApiDescription.Current);
        var options = new ServerlessEmulatorOptions
        {
            DataDirectory = folder ?? temporary!.Path,
            Clock = clock,
            Faults = faults ?? new EmulatorFaults(),
            OnCounted = counted.Set,
            Middleware = observer.ObserveAsync,
        };
        options = configure?.Invoke(options) ?? options;
        var server = await ServerlessEmulator.StartAsync(options, Token);
        return new TestEmulator(server, options, counted, temporary, observer);
    }

    /// <summary>Starts an emulator without a data folder, for tests of its clients.</summary>
    public static Task<TestEmulator> StartInMemoryAsync(TimeProvider clock, EmulatorFaults? faults = null) =>
        StartAsync(clock, faults, options => options with { InMemory = true }, folder: "");

    /// <summary>
    /// Starts an emulator in real time with a data folder that another emulator has left or will use.
    /// </summary>
    public static Task<TestEmulator> OpenAsync(string folder) => StartAsync(TimeProvider.System, folder: folder);

    /// <returns>The JSON of a successful GET.</returns>
    public async Task<JsonElement> GetAsync(string address) => (await Api.GetAsync(address)).Succeeded();

    /// <summary>Sends a form to create a resource.</summary>
    /// <returns>The resource.</returns>
    public async Task<JsonElement> PostAsync(string address, params (string Name, string Value)[] fields) =>
        (await Api.PostAsync(address, fields)).Succeeded();

    public async Task DeleteAsync(string address) => Assert.Equal(204, (await Api.DeleteAsync(address)).Status);

    /// <summary>Requests, bytes and faults since the start or the last reset.</summary>
    public Task<JsonElement> GetStatsAsync() => GetAsync("/__emulator/stats");

    public async Task ResetStatsAsync() =>
        Assert.Equal(204, (await Api.SendAsync(HttpMethod.Post, "/__emulator/stats/reset")).Status);

    /// <summary>
    /// Waits until the statistics meet a condition. They are fetched once and then only after the emulator has counted
    /// something.
    /// </summary>
    /// <param name="what">What the test waits for, for the failure message.</param>
    /// <param name="sender">Completes when what sends the requests has ended.</param>
    public Task WaitForStatsAsync(Func<JsonElement, bool> condition, string what, Task? sender = null) =>
        _counted.WaitForAsync(async () => condition(await GetStatsAsync()), what, sender);

    public async ValueTask DisposeAsync()
    {
        Api.Dispose();
        await Server.DisposeAsync();
        _folder?.Dispose();
        _observer.AssertNoProblems();
    }
}
