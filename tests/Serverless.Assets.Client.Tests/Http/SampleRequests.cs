using System.Text;

namespace Serverless.Assets.Client.Tests.Http;

/// <summary>Requests by name, each with a valid response.</summary>
internal static class SampleRequests
{
    private const string Service = TestSettings.ServiceSid;

    public const string AssetSid = "ZH00000000000000000000000000000001";
    public const string VersionSid = "ZN00000000000000000000000000000001";
    public const string BuildSid = "ZB00000000000000000000000000000001";
    public const string EnvironmentSid = "ZE00000000000000000000000000000001";

    public const string VersionJson =
        $$"""{ "sid": "{{VersionSid}}", "asset_sid": "{{AssetSid}}", "service_sid": "{{Service}}", "path": "/a.txt", "visibility": "public" }""";

    public const string EnvironmentJson =
        $$"""{ "sid": "{{EnvironmentSid}}", "service_sid": "{{Service}}", "unique_name": "dev", "domain_name": "site-1234-dev.twil.io" }""";

    public const string OtherVersionJson =
        """{ "sid": "ZN00000000000000000000000000000002", "path": "/b.txt", "visibility": "public" }""";

    public const string BuildJson =
        $$"""{ "sid": "{{BuildSid}}", "service_sid": "{{Service}}", "status": "completed", "asset_versions": [{{VersionJson}}], "function_versions": [] }""";

    public const string DeploymentJson =
        $$"""{ "sid": "ZD00000000000000000000000000000001", "environment_sid": "{{EnvironmentSid}}", "build_sid": "{{BuildSid}}" }""";

    public const string OwnedAssetJson =
        $$"""{ "sid": "{{AssetSid}}", "service_sid": "{{Service}}", "friendly_name": "/a.txt" }""";

    public const string ServiceJson =
        $$"""{ "sid": "{{Service}}", "account_sid": "{{TestSettings.AccountSid}}", "unique_name": "site" }""";

    public static readonly Dictionary<string, (string Valid, Func<ServerlessClient, Task> Send)> Requests = new()
    {
        ["CreateService"] = (ServiceJson, api => api.Services.CreateAsync("site", Cancellation)),
        ["FetchService"] = (ServiceJson, api => api.Services.FetchAsync(Service, Cancellation)),
        ["FetchServiceByName"] = (ServiceJson, api => api.Services.FetchAsync("site", Cancellation)),
        ["CreateBuild"] = (
            BuildJson,
            api =>
                api.Builds.CreateAsync(
                    Service,
                    new BuildContents { AssetVersions = [TestSid.From(VersionSid)] },
                    Cancellation
                )
        ),
        ["CreateAsset"] = (ClientTest.AssetJson, api => api.Assets.CreateAsync(Service, "/a.txt", Cancellation)),
        ["CreateVersion"] = (VersionJson, UploadAsync),
        ["FetchVersion"] = (
            VersionJson,
            api => api.AssetVersions.FetchAsync(Service, TestSid.From(AssetSid), TestSid.From(VersionSid), Cancellation)
        ),
        ["FetchBuild"] = (BuildJson, api => api.Builds.FetchAsync(Service, TestSid.From(BuildSid), Cancellation)),
        ["FetchStatus"] = (
            $$"""{ "sid": "{{BuildSid}}", "status": "completed" }""",
            api => api.Builds.FetchStatusAsync(Service, TestSid.From(BuildSid), Cancellation)
        ),
        ["CreateEnvironment"] = (
            EnvironmentJson,
            api => api.Environments.CreateAsync(Service, "dev", "dev", Cancellation)
        ),
        ["FetchEnvironment"] = (
            EnvironmentJson,
            api => api.Environments.FetchAsync(Service, TestSid.From(EnvironmentSid), Cancellation)
        ),
        ["CreateDeployment"] = (
            DeploymentJson,
            api =>
                api.Deployments.CreateAsync(Service, TestSid.From(EnvironmentSid), TestSid.From(BuildSid), Cancellation)
        ),
        ["ListAssets"] = (
            $$"""{ "meta": { "key": "assets" }, "assets": [{{ClientTest.AssetJson}}] }""",
            async api => await api.Assets.ListAllAsync(Service, Cancellation)
        ),
        ["ListOwnedAssets"] = (
            List("assets", OwnedAssetJson),
            async api => await api.Assets.ListAllAsync(Service, Cancellation)
        ),
        ["ListVersions"] = (
            List("asset_versions", VersionJson),
            async api => await api.AssetVersions.ListAllAsync(Service, TestSid.From(AssetSid), Cancellation)
        ),
        ["ListBuilds"] = (
            List("builds", BuildJson),
            async api => await api.Builds.ListAsync(Service, cancellationToken: Cancellation).ToListAsync(Cancellation)
        ),
        ["ListEnvironments"] = (
            List("environments", EnvironmentJson),
            async api => await api.Environments.ListAllAsync(Service, Cancellation)
        ),
        ["ListDeployments"] = (
            List("deployments", DeploymentJson),
            async api => await api.Deployments.ListAllAsync(Service, TestSid.From(EnvironmentSid), Cancellation)
        ),
    };

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private static string List(string key, string item) =>
        $$"""{ "meta": { "key": "{{key}}" }, "{{key}}": [{{item}}] }""";

    private static Task<AssetVersionResource> UploadAsync(ServerlessClient api) =>
        api.AssetVersions.CreateAsync(
            Service,
            TestSid.From(AssetSid),
            "/a.txt",
            Visibility.Public,
            AssetContent.FromBytes(Encoding.UTF8.GetBytes("x")),
            Cancellation
        );
}
