using System.Globalization;
using System.Net;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace Serverless.Assets.TestSupport;

/// <summary>
/// A Service in memory that implements only what an upload needs, with hooks to break it. The emulator, in contrast, is
/// a program with all the rules of the service.
/// </summary>
internal sealed class FakeService
{
    public const string BuildSid = "ZB00000000000000000000000000000001";

    private readonly Lock _lock = new();
    private readonly List<Asset> _assets = [];
    private readonly List<Version> _versions = [];
    private int _lastNumber;

    public FakeService() => Handler = new StubHandler(AnswerAsync);

    public StubHandler Handler { get; }

    public bool Exists { get; set; } = true;

    /// <summary>The SIDs of the versions and Assets of the deployed Build; null if nothing is deployed.</summary>
    public IReadOnlyList<(string Version, string Asset)>? Live { get; set; }

    /// <summary>Unique name and domain suffix of the only Environment.</summary>
    public (string UniqueName, string? Suffix) Environment { get; set; } = ("dev", "dev");

    /// <summary>Replaces the Service, which then does nothing, unless the result is null.</summary>
    public Func<StubRequest, CancellationToken, Task<HttpResponseMessage?>>? Instead { get; set; }

    /// <summary>Runs after the Service has processed a request; an exception is a lost response.</summary>
    public Action<StubRequest>? Afterwards { get; set; }

    public IReadOnlyList<Asset> Assets
    {
        get
        {
            lock (_lock)
            {
                return [.. _assets];
            }
        }
    }

    public IReadOnlyList<Version> Versions
    {
        get
        {
            lock (_lock)
            {
                return [.. _versions];
            }
        }
    }

    public int Count(string line) => Handler.Lines.Count(request => Regex.IsMatch(request, line));

    public Asset AddAsset(string name, int day = 1)
    {
        lock (_lock)
        {
            var asset = new Asset(NextSid("ZH"), name, new DateTime(2026, 1, day, 0, 0, 0, DateTimeKind.Utc));
            _assets.Add(asset);
            return asset;
        }
    }

    public string AddVersion(string assetSid, string path)
    {
        lock (_lock)
        {
            var version = new Version(NextSid("ZN"), assetSid, path, "public", "");
            _versions.Add(version);
            return version.Sid;
        }
    }

    public void RemoveAsset(string sid)
    {
        lock (_lock)
        {
            _assets.RemoveAll(asset => asset.Sid == sid);
            _versions.RemoveAll(version => version.AssetSid == sid);
        }
    }

    private async Task<HttpResponseMessage> AnswerAsync(StubRequest request, CancellationToken cancellationToken)
    {
        if (Instead is not null && await Instead(request, cancellationToken) is { } answer)
        {
            return answer;
        }

        var done = Do(request);
        Afterwards?.Invoke(request);
        return done;
    }

    private HttpResponseMessage Do(StubRequest request)
    {
        var parts = request.Address.AbsolutePath.Split('/')[2..];
        return (request.Method, parts) switch
        {
            ("POST", ["Services"]) => CreateService(),
            _ when !Exists => NotFound(),
            ("GET", ["Services", _]) => StubHandler.Json(ServiceJson),
            ("GET", ["Services", _, "Assets"]) => List("assets", Assets.Select(asset => asset.Json)),
            ("POST", ["Services", _, "Assets"]) => Created(
                AddAsset(Uri.UnescapeDataString(request.Body.Split('=')[1]).Replace('+', ' ')).Json
            ),
            ("DELETE", ["Services", _, "Assets", var asset]) => Delete(asset),
            ("POST", ["Services", _, "Assets", var asset, "Versions"]) => AddVersion(asset, request),
            ("GET", ["Services", _, "Assets", var asset, "Versions"]) => List(
                "asset_versions",
                Versions.Where(version => version.AssetSid == asset).Select(version => version.Json)
            ),
            ("GET", ["Services", _, "Assets", _, "Versions", var sid]) => Versions.FirstOrDefault(version =>
                version.Sid == sid
            )
                is { } found
                ? StubHandler.Json(found.Json)
                : NotFound(),
            ("GET", ["Services", _, "Environments"]) => List("environments", [EnvironmentJson]),
            ("GET", ["Services", _, "Builds", BuildSid]) => StubHandler.Json(BuildJson),
            _ => NotFound(),
        };
    }

    private static string ServiceJson =>
        $$"""
            { "sid": "{{TestSettings.ServiceSid}}", "account_sid": "{{TestSettings.AccountSid}}",
              "unique_name": "site", "domain_base": "site-1234" }
            """;

    private string EnvironmentJson =>
        $$"""
            { "sid": "ZE00000000000000000000000000000001", "unique_name": "{{Environment.UniqueName}}",
              "domain_suffix": {{JsonSerializer.Serialize(Environment.Suffix)}}, "domain_name": "site-1234.twil.io",
              "build_sid": {{(Live is null ? "null" : $"\"{BuildSid}\"")}} }
            """;

    private string BuildJson =>
        $$"""
            { "sid": "{{BuildSid}}", "status": "completed",
              "asset_versions": [{{string.Join(", ", Live!.Select(GetVersionJson))}}], "function_versions": [] }
            """;

    private static string GetVersionJson((string Version, string Asset) live) =>
        $$"""{ "sid": "{{live.Version}}", "asset_sid": "{{live.Asset}}", "path": "/x", "visibility": "PUBLIC" }""";

    private HttpResponseMessage AddVersion(string assetSid, StubRequest request)
    {
        lock (_lock)
        {
            if (_assets.All(asset => asset.Sid != assetSid))
            {
                return NotFound();
            }

            var version = new Version(
                NextSid("ZN"),
                assetSid,
                FieldOf(request, "Path"),
                FieldOf(request, "Visibility"),
                FieldOf(request, "Content")
            );
            _versions.Add(version);
            return Created(version.Json);
        }
    }

    private HttpResponseMessage CreateService()
    {
        Exists = true;
        return Created(ServiceJson);
    }

    private HttpResponseMessage Delete(string asset)
    {
        RemoveAsset(asset);
        return new HttpResponseMessage(HttpStatusCode.NoContent);
    }

    private static string FieldOf(StubRequest request, string name) =>
        Regex.Match(request.Body, $"name=\"{name}\".*?\r\n\r\n(.*?)\r\n--", RegexOptions.Singleline).Groups[1].Value;

    private string NextSid(string kind) => kind + (++_lastNumber).ToString("x32", CultureInfo.InvariantCulture);

    private static HttpResponseMessage Created(string json) => StubHandler.Json(json, HttpStatusCode.Created);

    private static HttpResponseMessage NotFound() =>
        StubHandler.Json("""{ "code": 20404, "message": "not found" }""", HttpStatusCode.NotFound);

    private static HttpResponseMessage List(string key, IEnumerable<string> items) =>
        StubHandler.Json(
            $$"""{ "meta": { "key": "{{key}}", "next_page_url": null }, "{{key}}": [{{string.Join(", ", items)}}] }"""
        );

    internal sealed record Asset(string Sid, string Name, DateTime Created)
    {
        public string Json =>
            $$"""{ "sid": "{{Sid}}", "friendly_name": "{{Name}}", "date_created": "{{Created:O}}" }""";
    }

    internal sealed record Version(string Sid, string AssetSid, string Path, string Visibility, string Content)
    {
        public string Json =>
            $$"""
                { "sid": "{{Sid}}", "asset_sid": "{{AssetSid}}", "path": "{{Path}}", "visibility": "{{Visibility}}" }
                """;
    }
}
