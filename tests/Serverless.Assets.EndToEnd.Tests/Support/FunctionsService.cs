using System.Text.Json;

namespace Serverless.Assets.EndToEnd.Tests.Support;

/// <summary>A Service <c>site</c> that somebody deployed Functions with dependencies to, and an asset, without this package.</summary>
internal sealed class FunctionsService
{
    public const string OtherAsset = "/other.css";

    private readonly LocalEmulator _emulator;

    private FunctionsService(LocalEmulator emulator, string sid)
    {
        _emulator = emulator;
        Sid = sid;
    }

    public string Sid { get; }

    public string FunctionVersion { get; private set; } = "";

    public string Build { get; private set; } = "";

    public string Domain { get; private set; } = "";

    public static async Task<FunctionsService> CreateAsync(LocalEmulator emulator, string environment = "dev")
    {
        var created = await emulator.SendAsync(
            HttpMethod.Post,
            "/v1/Services",
            Form(("UniqueName", "site"), ("FriendlyName", "Site"))
        );
        var service = new FunctionsService(emulator, SidOf(created));
        service.FunctionVersion = await service.AddAsync("Functions", "/call", "exports.handler = () => {}", "public");
        var asset = await service.AddAsync("Assets", OtherAsset, "other", "public");
        service.Build = SidOf(
            await service.PostAsync(
                "Builds",
                ("FunctionVersions", service.FunctionVersion),
                ("AssetVersions", asset),
                ("Dependencies", """[{"name":"lodash","version":"4.17.21"}]"""),
                ("Runtime", "node20")
            )
        );
        var made = await service.PostAsync("Environments", ("UniqueName", environment), ("DomainSuffix", environment));
        service.Domain = made.GetProperty("domain_name").GetString()!;
        await service.PostAsync($"Environments/{SidOf(made)}/Deployments", ("BuildSid", service.Build));
        await emulator.TakeRequestsAsync();
        return service;
    }

    /// <summary>What a Build is made of, sorted: the SIDs of Function Versions, paths of assets, dependencies and runtime.</summary>
    public async Task<string[]> DescribeAsync(string build)
    {
        var found = await _emulator.SendAsync(HttpMethod.Get, $"/v1/Services/{Sid}/Builds/{build}");
        return
        [
            .. found
                .GetProperty("function_versions")
                .EnumerateArray()
                .Select(version => $"{version.GetProperty("path")} {version.GetProperty("sid")}"),
            .. found
                .GetProperty("asset_versions")
                .EnumerateArray()
                .Select(version => version.GetProperty("path").GetString()!)
                .Order(StringComparer.Ordinal),
            .. found
                .GetProperty("dependencies")
                .EnumerateArray()
                .Select(entry => $"{entry.GetProperty("name")}@{entry.GetProperty("version")}")
                .Order(StringComparer.Ordinal),
            found.GetProperty("runtime").GetString()!,
        ];
    }

    /// <summary>Names of the Service's Assets, sorted.</summary>
    public async Task<string[]> GetAssetsAsync() =>
        [
            .. (await _emulator.SendAsync(HttpMethod.Get, $"/v1/Services/{Sid}/Assets?PageSize=1000"))
                .GetProperty("assets")
                .EnumerateArray()
                .Select(asset => asset.GetProperty("friendly_name").GetString()!)
                .Order(StringComparer.Ordinal),
        ];

    /// <summary>Creates a Function or an Asset with one version.</summary>
    /// <returns>The SID of the version.</returns>
    public async Task<string> AddAsync(string collection, string path, string text, string visibility)
    {
        var resource = SidOf(await PostAsync(collection, ("FriendlyName", path)));
        using var form = new MultipartFormDataContent
        {
            { new StringContent(path), "Path" },
            { new StringContent(visibility), "Visibility" },
            {
                new StringContent(
                    text,
                    System.Text.Encoding.UTF8,
                    collection == "Assets" ? "text/css" : "application/javascript"
                ),
                "Content",
                "file"
            },
        };
        return SidOf(
            await _emulator.SendAsync(HttpMethod.Post, $"/v1/Services/{Sid}/{collection}/{resource}/Versions", form)
        );
    }

    private Task<JsonElement> PostAsync(string collection, params (string Name, string Value)[] fields) =>
        _emulator.SendAsync(HttpMethod.Post, $"/v1/Services/{Sid}/{collection}", Form(fields));

    private static FormUrlEncodedContent Form(params (string Name, string Value)[] fields) =>
        new(fields.Select(field => KeyValuePair.Create(field.Name, field.Value)));

    private static string SidOf(JsonElement resource) => resource.GetProperty("sid").GetString()!;
}
