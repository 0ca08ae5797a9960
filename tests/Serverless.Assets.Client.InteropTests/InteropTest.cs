using Twilio.Clients;
using Twilio.Http;

namespace Serverless.Assets.Client.InteropTests;

/// <summary>The two libraries that the tests compare.</summary>
public enum Library
{
    /// <summary>Twilio's own library for .NET.</summary>
    Official,

    /// <summary><see cref="ServerlessClient"/>.</summary>
    Ours,
}

/// <summary>
/// An emulator with a Service and an Environment, and both libraries, which use it with the same credentials. Twilio's
/// library is a reader of the service's responses that is independent of our client and of the emulator.
/// </summary>
public abstract class InteropTest : IAsyncLifetime
{
    /// <summary>The name and domain suffix of <see cref="EnvironmentSid"/>.</summary>
    internal const string EnvironmentName = "dev";

    internal const string ServiceName = "shop";

    private readonly List<IDisposable> _disposables = [];

    public static TheoryData<Library> Libraries => [Library.Official, Library.Ours];

    internal TestEmulator Emulator { get; private set; } = null!;

    /// <summary>Sends what neither library can, without checking the results.</summary>
    internal ApiClient Api { get; private set; } = null!;

    internal TwilioRestClient Official { get; private set; } = null!;

    internal ServerlessClient Ours { get; private set; } = null!;

    internal string ServiceSid { get; private set; } = "";

    internal string EnvironmentSid { get; private set; } = "";

    internal static CancellationToken Token => TestEmulator.Token;

    /// <summary>The only credentials that the emulator accepts.</summary>
    private static string Credentials => $"{TestCredentials.AccountSid}:{TestCredentials.Secret}";

    public async ValueTask InitializeAsync()
    {
        Emulator = await TestEmulator.StartAsync(
            new ManualClock(),
            configure: options => options with { InMemory = true, Credentials = Credentials },
            folder: ""
        );
        Api = Track(new ApiClient(Emulator.Server.BaseAddress, Credentials));
        Official = CreateOfficial(TestCredentials.Secret);
        Ours = CreateOurs(TestCredentials.Secret);
        ServiceSid = (await Ours.Services.CreateAsync(ServiceName, Token)).Sid;
        EnvironmentSid = (await Ours.Environments.CreateAsync(ServiceSid, EnvironmentName, EnvironmentName, Token)).Sid;
    }

    public async ValueTask DisposeAsync()
    {
        _disposables.ForEach(disposable => disposable.Dispose());
        await Emulator.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    internal TwilioRestClient CreateOfficial(string secret)
    {
        var http = Track(new System.Net.Http.HttpClient(new RedirectHandler(Emulator.Server.BaseAddress)));
        return new TwilioRestClient(TestCredentials.AccountSid, secret, httpClient: new SystemNetHttpClient(http));
    }

    internal ServerlessClient CreateOurs(string secret, bool enforcesLimits = true) =>
        Track(
            new ServerlessClient(
                new ServerlessClientOptions
                {
                    Credentials = TwilioCredentials.AuthToken(TestCredentials.AccountSid, secret),
                    ApiBaseUrl = Emulator.Server.BaseAddress,
                    UploadBaseUrl = Emulator.Server.BaseAddress,
                    EnforceServiceLimits = enforcesLimits,
                }
            )
        );

    /// <summary>Creates an Asset and uploads a version of it. Twilio's library has no uploads.</summary>
    internal async Task<AssetVersionResource> UploadAsync(
        string path,
        byte[] content,
        Visibility visibility = Visibility.Public
    )
    {
        var asset = await Ours.Assets.CreateAsync(ServiceSid, path, Token);
        return await Ours.AssetVersions.CreateAsync(
            ServiceSid,
            asset.Sid,
            path,
            visibility,
            AssetContent.FromBytes(content, "image/png"),
            Token
        );
    }

    /// <summary>Creates a completed Build of one Asset Version.</summary>
    internal async Task<BuildResource> CreateBuildAsync(string path = "/a.png")
    {
        var version = await UploadAsync(path, [1]);
        return await Ours.Builds.CreateAsync(ServiceSid, new BuildContents { AssetVersions = [version.Sid] }, Token);
    }

    /// <summary>The number of requests for an operation so far, such as <c>Asset.List</c>.</summary>
    internal int CountRequests(string operation) =>
        Emulator.Server.Requests.Count(request => request.Operation == operation);

    private T Track<T>(T disposable)
        where T : IDisposable
    {
        _disposables.Add(disposable);
        return disposable;
    }
}
