namespace Serverless.Assets.TestSupport;

/// <summary>
/// A Service <c>site</c> with a Function, its dependencies and an asset, deployed without this package.
/// </summary>
internal sealed class FunctionsService
{
    /// <summary>The path of the asset.</summary>
    public const string OtherAsset = "/other.css";

    private readonly TestEmulator _emulator;

    private FunctionsService(TestEmulator emulator, string sid)
    {
        _emulator = emulator;
        Sid = sid;
    }

    public string Sid { get; }

    /// <summary>The SID of the deployed version.</summary>
    public required string FunctionVersion { get; init; }

    /// <summary>The SID of the deployed Build.</summary>
    public required string Build { get; init; }

    public required string Domain { get; init; }

    /// <summary>Creates and deploys everything, and resets the statistics.</summary>
    public static async Task<FunctionsService> CreateAsync(TestEmulator emulator, string environment = "dev") =>
        await DeployAsync(emulator, (await emulator.Api.CreateServiceAsync("site")).Sid(), environment);

    /// <summary>Deploys everything to an existing Service without Environments, and resets the statistics.</summary>
    /// <param name="service">SID.</param>
    public static async Task<FunctionsService> DeployAsync(
        TestEmulator emulator,
        string service,
        string environment = "dev"
    )
    {
        var function = await AddFunctionAsync(emulator, service);
        var asset = await emulator.Api.AddAsync(service, OtherAsset, "other", contentType: "text/css");
        var build = await emulator.PostAsync(
            $"/v1/Services/{service}/Builds",
            ("FunctionVersions", function),
            ("AssetVersions", asset),
            ("Dependencies", """[{"name":"lodash","version":"4.17.21"}]"""),
            ("Runtime", "node20")
        );
        var created = await emulator.Api.CreateEnvironmentAsync(service, environment, environment);
        (await emulator.Api.DeployAsync(service, created.Sid(), build.Sid())).Created();
        await emulator.ResetStatsAsync();
        return new FunctionsService(emulator, service)
        {
            FunctionVersion = function,
            Build = build.Sid(),
            Domain = created.Text("domain_name"),
        };
    }

    /// <summary>
    /// The content of a Build: path and SID of Function Versions, paths of assets, dependencies, each sorted, and the
    /// runtime.
    /// </summary>
    public async Task<string[]> DescribeAsync(string build)
    {
        var found = await _emulator.GetAsync($"/v1/Services/{Sid}/Builds/{build}");
        return
        [
            .. found
                .GetProperty("function_versions")
                .EnumerateArray()
                .Select(version => $"{version.Text("path")} {version.Sid()}"),
            .. found.All("asset_versions", "path").Order(StringComparer.Ordinal),
            .. found
                .GetProperty("dependencies")
                .EnumerateArray()
                .Select(entry => $"{entry.Text("name")}@{entry.Text("version")}")
                .Order(StringComparer.Ordinal),
            found.Text("runtime"),
        ];
    }

    /// <summary>The names of the Service's Assets, sorted.</summary>
    public Task<IReadOnlyList<string>> GetAssetsAsync() => _emulator.GetAssetNamesAsync(Sid);

    /// <summary>Creates an Asset with one version that no Build contains.</summary>
    /// <returns>The SID of the version.</returns>
    public Task<string> AddAssetAsync(string path, string text, string visibility) =>
        _emulator.Api.AddAsync(Sid, path, text, visibility, "text/css");

    private static Task<string> AddFunctionAsync(TestEmulator emulator, string service) =>
        emulator.Api.AddAsync(
            service,
            "/call",
            "exports.handler = () => {}",
            contentType: "application/javascript",
            collection: "Functions"
        );
}
