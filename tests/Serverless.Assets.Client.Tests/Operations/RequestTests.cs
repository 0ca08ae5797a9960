using System.Text;
using System.Text.RegularExpressions;

namespace Serverless.Assets.Client.Tests.Operations;

/// <summary>Method, address and body of each request.</summary>
public sealed partial class RequestTests : ClientTest
{
    private const string Root = $"https://api.test/v1/Services/{Service}";

    [Fact]
    public async Task A_Service_is_fetched_by_SID_or_name_and_created_by_name()
    {
        await SendAsync(api => api.Services.FindAsync(Service, Cancellation), $"GET {Root}");
        await SendAsync(
            api => api.Services.FindAsync("a b/c", Cancellation),
            "GET https://api.test/v1/Services/a%20b%2Fc"
        );
        await SendAsync(
            api => api.Services.CreateAsync("my-site", Cancellation),
            "POST https://api.test/v1/Services UniqueName=my-site&FriendlyName=my-site&IncludeCredentials=true&UiEditable=true"
        );
    }

    [Fact]
    public async Task Assets_and_their_versions()
    {
        await SendAsync(
            api =>
                api.Assets.ListAsync(Service, 1000, cancellationToken: Cancellation).ToListAsync(Cancellation).AsTask(),
            $"GET {Root}/Assets?PageSize=1000"
        );
        await SendAsync(
            api => api.Assets.CreateAsync(Service, "/css/a b.css", Cancellation),
            $"POST {Root}/Assets FriendlyName=%2Fcss%2Fa+b.css"
        );
        await SendAsync(
            api => api.Assets.DeleteAsync(Service, TestSid.From("ZH1"), Cancellation),
            $"DELETE {Root}/Assets/ZH00000000000000000000000000000001"
        );
        await SendAsync(
            api =>
                api.AssetVersions.ListAsync(Service, TestSid.From("ZH1"), 1000, cancellationToken: Cancellation)
                    .ToListAsync(Cancellation)
                    .AsTask(),
            $"GET {Root}/Assets/ZH00000000000000000000000000000001/Versions?PageSize=1000"
        );
        await SendAsync(
            api => api.AssetVersions.FindAsync(Service, TestSid.From("ZH1"), TestSid.From("ZN1"), Cancellation),
            $"GET {Root}/Assets/ZH00000000000000000000000000000001/Versions/ZN00000000000000000000000000000001"
        );
        await SendAsync(
            api =>
                api.AssetVersions.CreateAsync(
                    Service,
                    TestSid.From("ZH1"),
                    "/a",
                    Visibility.Public,
                    AssetContent.FromBytes(Encoding.UTF8.GetBytes("content")),
                    Cancellation
                ),
            $"POST https://upload.test/v1/Services/{Service}/Assets/ZH00000000000000000000000000000001/Versions {Multipart(("Path", "", "/a"), ("Visibility", "", "public"), ("Content", "; filename=\"a\"", "content"))}"
        );
    }

    [Fact]
    public async Task Builds()
    {
        await SendAsync(
            async api =>
                await api
                    .Builds.ListAsync(Service, 20, cancellationToken: Cancellation)
                    .GetAsyncEnumerator(Cancellation)
                    .MoveNextAsync(),
            $"GET {Root}/Builds?PageSize=20"
        );
        await SendAsync(
            api => api.Builds.FindAsync(Service, TestSid.From("ZB1"), Cancellation),
            $"GET {Root}/Builds/ZB00000000000000000000000000000001"
        );
        await SendAsync(
            api => api.Builds.FetchStatusAsync(Service, TestSid.From("ZB1"), Cancellation),
            $"GET {Root}/Builds/ZB00000000000000000000000000000001/Status"
        );
        await SendAsync(
            api =>
                api.Builds.CreateAsync(
                    Service,
                    new BuildContents { AssetVersions = [TestSid.From("ZN1")] },
                    Cancellation
                ),
            $"POST {Root}/Builds AssetVersions=ZN00000000000000000000000000000001"
        );
        var contents = new BuildContents
        {
            AssetVersions = [TestSid.From("ZN1"), TestSid.From("ZN2")],
            FunctionVersions = [TestSid.From("ZN3")],
            Dependencies = [new DependencyResource { Name = "twilio", Version = "5.0.0" }],
            Runtime = "node22",
        };
        await SendAsync(
            api => api.Builds.CreateAsync(Service, contents, Cancellation),
            $"POST {Root}/Builds AssetVersions=ZN00000000000000000000000000000001&AssetVersions=ZN00000000000000000000000000000002&FunctionVersions=ZN00000000000000000000000000000003&Dependencies={Uri.EscapeDataString("""[{"name":"twilio","version":"5.0.0"}]""")}&Runtime=node22"
        );
    }

    [Fact]
    public async Task Environments_and_deployments()
    {
        await SendAsync(
            api =>
                api.Environments.ListAsync(Service, 1000, cancellationToken: Cancellation)
                    .ToListAsync(Cancellation)
                    .AsTask(),
            $"GET {Root}/Environments?PageSize=1000"
        );
        await SendAsync(
            api => api.Environments.CreateAsync(Service, "dev", "dev", Cancellation),
            $"POST {Root}/Environments UniqueName=dev&DomainSuffix=dev"
        );
        await SendAsync(
            api => api.Environments.CreateAsync(Service, "production", "", Cancellation),
            $"POST {Root}/Environments UniqueName=production"
        );
        await SendAsync(
            api => api.Environments.DeleteAsync(Service, TestSid.From("ZE1"), Cancellation),
            $"DELETE {Root}/Environments/ZE00000000000000000000000000000001"
        );
        await SendAsync(
            api =>
                api.Deployments.ListAsync(Service, TestSid.From("ZE1"), 1000, cancellationToken: Cancellation)
                    .ToListAsync(Cancellation)
                    .AsTask(),
            $"GET {Root}/Environments/ZE00000000000000000000000000000001/Deployments?PageSize=1000"
        );
        await SendAsync(
            api => api.Deployments.CreateAsync(Service, TestSid.From("ZE1"), TestSid.From("ZB1"), Cancellation),
            $"POST {Root}/Environments/ZE00000000000000000000000000000001/Deployments BuildSid=ZB00000000000000000000000000000001"
        );
    }

    /// <summary>Sends one request, whose answer does not matter.</summary>
    private async Task SendAsync(Func<ServerlessClient, Task> send, string expected)
    {
        var handler = new StubHandler(_ => Fail("400"));
        await Assert.ThrowsAsync<ServerlessApiException>(() => send(CreateClient(handler)));
        var request = Assert.Single(handler.Requests);
        var body = Boundary().Replace(request.Body, "BOUNDARY");
        Assert.Equal(expected, $"{request.Method} {request.Address.AbsoluteUri} {body}".TrimEnd());
        Assert.Equal(
            request.Method == "POST" && request.Address.Host == "api.test" ? "application/x-www-form-urlencoded" : null,
            request.Address.Host == "api.test" ? request.ContentType?.MediaType : null
        );
    }

    private static string Multipart(params (string Name, string FileName, string Value)[] parts) =>
        string.Concat(
            parts.Select(part =>
                "--BOUNDARY\r\n"
                + (part.Name == "Content" ? "Content-Type: application/octet-stream\r\n" : "")
                + $"Content-Disposition: form-data; name=\"{part.Name}\"{part.FileName}\r\n\r\n{part.Value}\r\n"
            )
        ) + "--BOUNDARY--";

    [GeneratedRegex("serverless-assets-[0-9a-f]{32}")]
    private static partial Regex Boundary();
}
