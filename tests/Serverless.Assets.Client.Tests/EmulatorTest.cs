using Serverless.Assets.Emulator;

namespace Serverless.Assets.Client.Tests;

/// <summary>
/// A client of an emulator in memory, which has a Service with an Asset and an Environment. Delays before retries take no
/// time.
/// </summary>
public abstract class EmulatorTest : IAsyncLifetime
{
    private readonly List<IDisposable> _disposables = [];
    private int _before;

    internal TestEmulator Emulator { get; private set; } = null!;

    internal SkippingClock Clock { get; } = new();

    internal InterceptingHandler Handler { get; private set; } = null!;

    internal ServerlessClient Client { get; private set; } = null!;

    internal string Service { get; private set; } = "";

    internal Sid Asset { get; private set; }

    internal Sid Environment { get; private set; }

    /// <summary>
    /// Gets each request of the client and its number, from 1, before it is sent; returns the fault settings that the
    /// emulator has from now on, or null to keep them.
    /// </summary>
    internal Func<HttpRequestMessage, int, EmulatorFaults?> BeforeRequest { get; set; } = (_, _) => null;

    /// <summary>The number of requests that the client sent, even if the emulator received them only in part.</summary>
    internal int Sent => Handler.Sent;

    /// <summary>The requests that the emulator received as a whole since the start of the test.</summary>
    internal IReadOnlyList<EmulatorRequest> Requests => [.. Emulator.Server.Requests.Skip(_before)];

    internal static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public virtual async ValueTask InitializeAsync()
    {
        Emulator = await TestEmulator.StartInMemoryAsync(new ManualClock());
        Service = (await Emulator.Api.CreateServiceAsync("site")).Sid();
        Asset = Sid.Parse(await Emulator.Api.CreateAssetAsync(Service), SidKind.Asset);
        Environment = Sid.Parse((await Emulator.Api.CreateEnvironmentAsync(Service)).Sid(), SidKind.Environment);
        Handler = Track(
            new InterceptingHandler(
                (request, _) =>
                {
                    if (BeforeRequest(request, Handler.Sent) is { } faults)
                    {
                        Emulator.Faults = faults;
                    }

                    return Task.FromResult<HttpResponseMessage?>(null);
                }
            )
        );
        Client = CreateClient();
        _before = Emulator.Server.Requests.Count;
    }

    public async ValueTask DisposeAsync()
    {
        _disposables.ForEach(disposable => disposable.Dispose());
        await Emulator.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    internal ServerlessClientOptions CreateOptions() =>
        new()
        {
            Credentials = TwilioCredentials.ApiKey(TestCredentials.ApiKey, TestCredentials.Secret),
            ApiBaseUrl = Emulator.Server.BaseAddress,
            UploadBaseUrl = Emulator.Server.BaseAddress,
            RequestTimeout = TestSettings.RequestTimeout,
            RetryTimeout = 4 * TestSettings.RequestTimeout,
            HttpMessageHandler = Handler,
            Clock = Clock,
        };

    internal ServerlessClient CreateClient(Action<ServerlessClientOptions>? configure = null)
    {
        var options = CreateOptions();
        configure?.Invoke(options);
        return Track(new ServerlessClient(options));
    }

    internal Task<AssetVersionResource> UploadAsync(
        AssetContent content,
        string path = "/a.txt",
        Visibility visibility = Visibility.Public,
        IProgress<long>? progress = null,
        ServerlessClient? client = null,
        CancellationToken? cancellationToken = null
    ) =>
        (client ?? Client).AssetVersions.CreateAsync(
            Service,
            Asset,
            path,
            visibility,
            content,
            progress,
            cancellationToken ?? Cancellation
        );

    /// <summary>Applies fault settings to the first request of the client with this method, and to no other.</summary>
    internal void FailOnce(EmulatorFaults faults, HttpMethod? method = null)
    {
        var failed = 0;
        BeforeRequest = (request, _) =>
            (method is null || request.Method == method) && failed++ == 0 ? faults : new EmulatorFaults();
    }

    /// <summary>Lets the emulator reject so many requests of the client with 429.</summary>
    internal async Task ThrottleAsync(int times)
    {
        Emulator.Faults = new EmulatorFaults { RequestsPerSecond = 1 };
        Assert.Equal(200, (await Emulator.Api.GetAsync("/v1/Services")).Status); // the one of this second
        _before = Emulator.Server.Requests.Count;
        BeforeRequest = (_, number) => number == times + 1 ? new EmulatorFaults() : null;
    }

    internal T Track<T>(T disposable)
        where T : IDisposable
    {
        _disposables.Add(disposable);
        return disposable;
    }
}
