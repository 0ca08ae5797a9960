using Serverless.Assets.Api;
using Serverless.Assets.Tests.Support;

namespace Serverless.Assets.Tests.Api;

/// <summary>Method, address and body of each request.</summary>
public sealed class ApiRequestsTests : ApiTest
{
    private const string Root = $"https://api.test/v1/Services/{Service}";

    [Fact]
    public async Task A_Service_is_fetched_by_SID_or_name_and_created_by_name()
    {
        await SendAsync(api => api.FindServiceAsync(Service, Cancellation), $"GET {Root}");
        await SendAsync(
            api => api.FindServiceAsync("a b/c", Cancellation),
            "GET https://api.test/v1/Services/a%20b%2Fc"
        );
        await SendAsync(
            api => api.CreateServiceAsync("my-site", Cancellation),
            "POST https://api.test/v1/Services UniqueName=my-site&FriendlyName=my-site&IncludeCredentials=true&UiEditable=true"
        );
    }

    [Fact]
    public async Task Assets_and_their_versions()
    {
        await SendAsync(api => api.ListAssetsAsync(Service, Cancellation), $"GET {Root}/Assets?PageSize=1000");
        await SendAsync(
            api => api.CreateAssetAsync(Service, "/css/a b.css", Cancellation),
            $"POST {Root}/Assets FriendlyName=%2Fcss%2Fa+b.css"
        );
        await SendAsync(api => api.DeleteAssetAsync(Service, "ZH1", Cancellation), $"DELETE {Root}/Assets/ZH1");
        await SendAsync(
            api => api.ListAssetVersionsAsync(Service, "ZH1", Cancellation),
            $"GET {Root}/Assets/ZH1/Versions?PageSize=1000"
        );
        await SendAsync(
            api => api.FindAssetVersionAsync(Service, "ZH1", "ZN1", Cancellation),
            $"GET {Root}/Assets/ZH1/Versions/ZN1"
        );
        await SendAsync(
            api => api.CreateAssetVersionAsync(Service, "ZH1", "/a", _ => new StringContent("content"), Cancellation),
            $"POST https://upload.test/v1/Services/{Service}/Assets/ZH1/Versions content"
        );
    }

    [Fact]
    public async Task Builds()
    {
        await SendAsync(
            async api =>
                await api.EnumerateBuildsAsync(Service, Cancellation).GetAsyncEnumerator(Cancellation).MoveNextAsync(),
            $"GET {Root}/Builds?PageSize=20"
        );
        await SendAsync(api => api.FindBuildAsync(Service, "ZB1", Cancellation), $"GET {Root}/Builds/ZB1");
        await SendAsync(
            api => api.FetchBuildStatusAsync(Service, "ZB1", Cancellation),
            $"GET {Root}/Builds/ZB1/Status"
        );
        await SendAsync(
            api => api.CreateBuildAsync(Service, new BuildContents { AssetVersions = ["ZN1"] }, Cancellation),
            $"POST {Root}/Builds AssetVersions=ZN1"
        );
        var contents = new BuildContents
        {
            AssetVersions = ["ZN1", "ZN2"],
            FunctionVersions = ["ZN3"],
            Dependencies = [new DependencyResource { Name = "twilio", Version = "5.0.0" }],
            Runtime = "node22",
        };
        await SendAsync(
            api => api.CreateBuildAsync(Service, contents, Cancellation),
            $"POST {Root}/Builds AssetVersions=ZN1&AssetVersions=ZN2&FunctionVersions=ZN3&Dependencies={Uri.EscapeDataString("""[{"name":"twilio","version":"5.0.0"}]""")}&Runtime=node22"
        );
    }

    [Fact]
    public async Task Environments_and_deployments()
    {
        await SendAsync(
            api => api.ListEnvironmentsAsync(Service, Cancellation),
            $"GET {Root}/Environments?PageSize=1000"
        );
        await SendAsync(
            api => api.CreateEnvironmentAsync(Service, "dev", "dev", Cancellation),
            $"POST {Root}/Environments UniqueName=dev&DomainSuffix=dev"
        );
        await SendAsync(
            api => api.CreateEnvironmentAsync(Service, "production", "", Cancellation),
            $"POST {Root}/Environments UniqueName=production"
        );
        await SendAsync(
            api => api.DeleteEnvironmentAsync(Service, "ZE1", Cancellation),
            $"DELETE {Root}/Environments/ZE1"
        );
        await SendAsync(
            api => api.ListDeploymentsAsync(Service, "ZE1", Cancellation),
            $"GET {Root}/Environments/ZE1/Deployments?PageSize=1000"
        );
        await SendAsync(
            api => api.CreateDeploymentAsync(Service, "ZE1", "ZB1", Cancellation),
            $"POST {Root}/Environments/ZE1/Deployments BuildSid=ZB1"
        );
    }

    /// <summary>Sends one request, whose answer does not matter.</summary>
    private async Task SendAsync(Func<ServerlessApi, Task> send, string expected)
    {
        var handler = new StubHandler(_ => Fail("400"));
        await Assert.ThrowsAsync<ServerlessApiException>(() => send(Api(handler)));
        var request = Assert.Single(handler.Requests);
        Assert.Equal(expected, $"{request.Method} {request.Address.AbsoluteUri} {request.Body}".TrimEnd());
        Assert.Equal(
            request.Method == "POST" && request.Address.Host == "api.test" ? "application/x-www-form-urlencoded" : null,
            request.Address.Host == "api.test" ? request.ContentType?.MediaType : null
        );
    }
}
