using System.Text.Json;

namespace Serverless.Assets.TestSupport;

/// <summary>What an emulator stores and deploys.</summary>
internal static class EmulatorContents
{
    /// <summary>All Asset Versions of all Services.</summary>
    public static async Task<IReadOnlyList<JsonElement>> GetVersionsAsync(this TestEmulator emulator) =>
        [
            .. (await emulator.GetServicesAsync()).SelectMany(service =>
                service.GetProperty("asset_versions").EnumerateArray()
            ),
        ];

    public static async Task<int> CountVersionsAsync(this TestEmulator emulator) =>
        (await emulator.GetVersionsAsync()).Count;

    /// <summary>Path, visibility and content type of each Asset Version, sorted.</summary>
    public static async Task<string[]> DescribeVersionsAsync(this TestEmulator emulator) =>
        [
            .. (await emulator.GetVersionsAsync())
                .Select(version =>
                    $"{version.Text("path")} {version.Text("visibility")} {version.Text("content_type")}"
                )
                .Order(StringComparer.Ordinal),
        ];

    /// <summary>Path, visibility and content of each Asset Version, sorted.</summary>
    public static async Task<IReadOnlyList<string>> DescribeContentsAsync(this TestEmulator emulator)
    {
        var contents = new List<string>();
        foreach (var version in await emulator.GetVersionsAsync())
        {
            var text = await emulator.GetTextAsync(version.Sid());
            contents.Add($"{version.Text("path")} {version.Text("visibility")} {text}");
        }

        return [.. contents.Order(StringComparer.Ordinal)];
    }

    public static Task<JsonElement> GetVersionAsync(this TestEmulator emulator, string version) =>
        emulator.GetAsync($"/__emulator/versions/{version}");

    public static async Task<byte[]> GetContentAsync(this TestEmulator emulator, string version)
    {
        var content = await emulator.Api.GetAsync($"/__emulator/versions/{version}/content");
        Assert.True(content.Status == 200, content.Text);
        return content.Body;
    }

    /// <summary>The content of an Asset Version, decoded as UTF-8.</summary>
    public static async Task<string> GetTextAsync(this TestEmulator emulator, string version) =>
        System.Text.Encoding.UTF8.GetString(await emulator.GetContentAsync(version));

    public static async Task<string[]> GetServiceNamesAsync(this TestEmulator emulator) =>
        (await emulator.GetServicesAsync()).Select(service => service.Text("unique_name")!).ToArray();

    /// <summary>SID and name of each Asset of a Service, duplicates included.</summary>
    public static async Task<IReadOnlyDictionary<string, string>> GetAssetsAsync(
        this TestEmulator emulator,
        string service
    ) =>
        (await emulator.GetAsync($"/v1/Services/{service}/Assets?PageSize=1000"))
            .GetProperty("assets")
            .EnumerateArray()
            .ToDictionary(asset => asset.Sid(), asset => asset.Text("friendly_name")!);

    /// <summary>The names of the Assets of a Service, sorted; a duplicate Asset appears twice.</summary>
    public static async Task<IReadOnlyList<string>> GetAssetNamesAsync(this TestEmulator emulator, string service) =>
        [.. (await emulator.GetAssetsAsync(service)).Values.Order(StringComparer.Ordinal)];

    public static async Task<JsonElement?> FindEnvironmentAsync(
        this TestEmulator emulator,
        string service,
        string environment
    ) =>
        (await emulator.GetAsync($"/v1/Services/{service}/Environments?PageSize=100"))
            .GetProperty("environments")
            .EnumerateArray()
            .Where(found => found.Text("unique_name") == environment)
            .Select(found => (JsonElement?)found)
            .SingleOrDefault();

    /// <summary>Domain and deployed Build of an Environment of the only Service.</summary>
    public static async Task<(string Domain, string? Build)> GetLiveAsync(
        this TestEmulator emulator,
        string environment = "dev"
    )
    {
        var found = Assert
            .Single(await emulator.GetServicesAsync())
            .GetProperty("environments")
            .EnumerateArray()
            .Single(candidate => candidate.Text("unique_name") == environment);
        return (found.Text("domain_name")!, found.Text("build_sid"));
    }

    /// <summary>Fetches a page of a site as a visitor.</summary>
    /// <returns>Status and content, such as <c>200 text</c>.</returns>
    public static async Task<string> VisitAsync(this TestEmulator emulator, string domain, string path)
    {
        var page = await emulator.Api.SiteAsync(domain, path);
        return $"{page.Status} {page.Text}";
    }

    /// <summary>
    /// Asserts that a manifest names exactly these files, that the Service stores each with its content, and that it
    /// has one Asset for each path.
    /// </summary>
    public static async Task AssertHoldsAsync(
        this TestEmulator emulator,
        string manifestPath,
        string service,
        IReadOnlyDictionary<string, string> contentOfPath
    )
    {
        var paths = contentOfPath.Keys.Order(StringComparer.Ordinal).ToArray();
        var manifest = JsonSerializer.Deserialize<JsonElement>(
            await File.ReadAllBytesAsync(manifestPath, TestContext.Current.CancellationToken)
        );
        var assets = manifest.GetProperty("assets").EnumerateArray().ToList();
        Assert.Equal(paths, assets.Select(asset => asset.Text("path")!).Order(StringComparer.Ordinal));
        foreach (var asset in assets)
        {
            Assert.Equal(
                contentOfPath[asset.Text("path")!],
                await emulator.GetTextAsync(asset.Text("assetVersionSid")!)
            );
        }

        Assert.Equal(paths, await emulator.GetAssetNamesAsync(service));
    }

    private static async Task<JsonElement[]> GetServicesAsync(this TestEmulator emulator) =>
        [.. (await emulator.GetAsync("/__emulator/services")).GetProperty("services").EnumerateArray()];
}
