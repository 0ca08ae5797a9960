namespace Serverless.Assets.Emulator.Tests.Api;

public sealed class FunctionTests
{
    [Fact]
    public async Task A_function_version_is_uploaded_and_its_content_can_be_fetched()
    {
        await using var emulator = await TestEmulator.StartAsync();
        var service = (await emulator.Api.CreateServiceAsync()).Sid();
        var function = await emulator.Api.CreateAssetAsync(service, "/hello", "Functions");
        const string Code = "exports.handler = () => {};";

        var version = (
            await emulator.Api.UploadAsync(
                service,
                function,
                "/hello",
                "protected",
                System.Text.Encoding.UTF8.GetBytes(Code),
                collection: "Functions"
            )
        ).Created();

        var url = $"{emulator.Server.BaseAddress}v1/Services/{service}/Functions/{function}/Versions/{version.Sid()}";
        JsonAssert.Same(
            $$"""
            {
              "sid": "{{version.Sid()}}",
              "account_sid": "{{ApiClient.Account}}",
              "service_sid": "{{service}}",
              "function_sid": "{{function}}",
              "path": "/hello",
              "visibility": "protected",
              "date_created": "2026-03-01T12:00:00Z",
              "url": "{{url}}",
              "links": {
                "function_version_content": "{{url}}/Content"
              }
            }
            """,
            version
        );
        var list = (await emulator.Api.GetAsync($"/v1/Services/{service}/Functions/{function}/Versions")).Ok();
        Assert.Equal([version.Sid()], list.All("function_versions", "sid"));
        var content = (await emulator.Api.GetAsync(url + "/Content")).Ok();
        Assert.Equal(Code, content.Text("content"));
        Assert.Equal(url + "/Content", content.Text("url"));
    }

    [Fact]
    public async Task A_Function_is_deployed_until_a_Build_without_it_is()
    {
        await using var emulator = await TestEmulator.StartAsync();
        var api = emulator.Api;
        var service = (await api.CreateServiceAsync()).Sid();
        var function = await api.AddAsync(service, "/hello", "code", collection: "Functions");
        var asset = await api.AddAsync(service, "/a.txt", "a");
        var environment = await api.CreateEnvironmentAsync(service);
        var domain = environment.Text("domain_name")!;

        var both = (
            await api.PostAsync(
                $"/v1/Services/{service}/Builds",
                ("FunctionVersions", function),
                ("AssetVersions", asset)
            )
        ).Created();
        (await api.DeployAsync(service, environment.Sid(), both.Sid())).Created();
        var answer = await api.SiteAsync(domain, "/hello");
        Assert.Equal(501, answer.Status);
        Assert.Contains($"Function Version {function}", answer.Text, StringComparison.Ordinal);

        var without = (await api.BuildAsync(service, asset)).Created();
        (await api.DeployAsync(service, environment.Sid(), without.Sid())).Created();
        Assert.Equal(404, (await api.SiteAsync(domain, "/hello")).Status);
        Assert.Equal(200, (await api.SiteAsync(domain, "/a.txt")).Status);
    }
}
