using Serverless.Assets.Emulator;

namespace Serverless.Assets.TestSupport;

/// <summary>An emulator with one Service and one Environment that files can be deployed to.</summary>
internal sealed class DeployedSite : IAsyncDisposable
{
    private readonly string _service;
    private readonly string _environment;

    private DeployedSite(TestEmulator emulator, string service, string environment, string domain)
    {
        Emulator = emulator;
        Domain = domain;
        _service = service;
        _environment = environment;
    }

    public TestEmulator Emulator { get; }

    /// <summary>Host and port of the site.</summary>
    public string Domain { get; }

    public static async Task<DeployedSite> StartAsync(
        EmulatorFaults? faults = null,
        Func<ServerlessEmulatorOptions, ServerlessEmulatorOptions>? configure = null
    )
    {
        var emulator = await TestEmulator.StartAsync(faults, configure);
        var service = (await emulator.Api.CreateServiceAsync()).Sid();
        var environment = await emulator.Api.CreateEnvironmentAsync(service);
        return new DeployedSite(emulator, service, environment.Sid(), environment.Text("domain_name")!);
    }

    /// <summary>Uploads these files and deploys a Build of only them.</summary>
    public async Task DeployAsync(params (string Path, string Text, string Visibility)[] files)
    {
        var versions = new List<string>();
        foreach (var (path, text, visibility) in files)
        {
            versions.Add(await Emulator.Api.AddAsync(_service, path, text, visibility));
        }

        await DeployVersionsAsync([.. versions]);
    }

    /// <summary>Uploads a public file and deploys a Build of only it.</summary>
    public async Task DeployAsync(string path, byte[] content, string contentType)
    {
        var asset = await Emulator.Api.CreateAssetAsync(_service, path);
        var version = await Emulator.Api.UploadAsync(_service, asset, path, "public", content, contentType);
        await DeployVersionsAsync(version.Created().Sid());
    }

    /// <summary>Uploads a Function and deploys a Build of only it.</summary>
    /// <returns>The SID of the Function Version.</returns>
    public async Task<string> DeployFunctionAsync(string path, string visibility = "public")
    {
        var version = await Emulator.Api.AddAsync(_service, path, "code", visibility, collection: "Functions");
        var build = await Emulator.Api.PostAsync($"/v1/Services/{_service}/Builds", ("FunctionVersions", version));
        (await Emulator.Api.DeployAsync(_service, _environment, build.Created().Sid())).Created();
        return version;
    }

    public Task<ApiResult> GetAsync(string path, string? signature = null) =>
        Emulator.Api.SiteAsync(Domain, path, signature: signature);

    /// <summary>Sends a request without a body and with additional headers.</summary>
    public Task<ApiResult> SendAsync(HttpMethod method, string path, params (string Name, string Value)[] headers) =>
        Emulator.Api.SendAsync(
            method,
            path,
            configure: request =>
            {
                request.Headers.Host = Domain;
                request.Headers.Authorization = null;
                foreach (var (name, value) in headers)
                {
                    Assert.True(request.Headers.TryAddWithoutValidation(name, value));
                }
            }
        );

    private async Task DeployVersionsAsync(params string[] versions)
    {
        var build = (await Emulator.Api.BuildAsync(_service, versions)).Created().Sid();
        (await Emulator.Api.DeployAsync(_service, _environment, build)).Created();
    }

    public ValueTask DisposeAsync() => Emulator.DisposeAsync();
}
