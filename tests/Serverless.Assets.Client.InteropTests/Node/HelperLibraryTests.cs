using System.Text.Json;

namespace Serverless.Assets.Client.InteropTests.Node;

/// <summary>Twilio's helper library for Node uses the emulator as it uses the service.</summary>
public sealed class HelperLibraryTests : InteropTest
{
    private const string Code = "exports.handler = () => 'grün';\n";

    /// <summary>
    /// The script finds the operations in the library's objects, calls each and compares the results with each other. It
    /// fails if one is missing.
    /// </summary>
    [Fact]
    public async Task All_operations_have_the_results_that_the_library_expects()
    {
        var asset = await Api.CreateAssetAsync(ServiceSid, "/a.txt");
        var assetVersion = (
            await Api.UploadAsync(ServiceSid, asset, "/a.txt", "public", "content"u8.ToArray())
        ).Created();
        var function = await Api.CreateAssetAsync(ServiceSid, "/call", "Functions");
        var functionVersion = (
            await Api.UploadAsync(
                ServiceSid,
                function,
                "/call",
                "public",
                System.Text.Encoding.UTF8.GetBytes(Code),
                "application/javascript",
                "Functions"
            )
        ).Created();

        var result = await NodeProject.RunAsync(
            "helper-library.js",
            [],
            new
            {
                url = Emulator.Url,
                accountSid = TestCredentials.AccountSid,
                authToken = TestCredentials.Secret,
                serviceSid = ServiceSid,
                environmentSid = EnvironmentSid,
                assetSid = asset,
                assetVersionSid = assetVersion.Sid(),
                functionSid = function,
                functionVersionSid = functionVersion.Sid(),
                functionContent = Code,
                logSid = await InvokeAsync(functionVersion.Sid()),
            }
        );

        Assert.Equal(39, result.GetProperty("operations").GetArrayLength());
        await AssertLeftAsync(result);
    }

    /// <summary>Deploys and invokes the Function.</summary>
    /// <returns>The SID of the Log.</returns>
    private async Task<string> InvokeAsync(string functionVersion)
    {
        var build = (
            await Api.PostAsync($"/v1/Services/{ServiceSid}/Builds", ("FunctionVersions", functionVersion))
        ).Created();
        (await Api.DeployAsync(ServiceSid, EnvironmentSid, build.Sid())).Created();
        var environment = $"/v1/Services/{ServiceSid}/Environments/{EnvironmentSid}";
        await Api.SiteAsync((await Api.GetAsync(environment)).Ok().Text("domain_name"), "/call");
        return (await Api.GetAsync($"{environment}/Logs")).Ok().All("logs", "sid").Single();
    }

    /// <summary>Asserts that the emulator has what the script created and did not delete.</summary>
    private async Task AssertLeftAsync(JsonElement result)
    {
        var service = (await Api.GetAsync("/v1/Services/node")).Ok();
        Assert.Equal((result.Text("serviceSid"), "Second"), (service.Sid(), service.Text("friendly_name")));
        foreach (var collection in (string[])["Assets", "Functions"])
        {
            var resources = (await Api.GetAsync($"/v1/Services/node/{collection}")).Ok();
            Assert.Equal(["renamed"], resources.All(collection.ToLowerInvariant(), "friendly_name"));
        }

        var address = $"/v1/Services/{ServiceSid}/Environments/{result.Text("environmentSid")}";
        var environment = (await Api.GetAsync(address)).Ok();
        Assert.Equal(result.Text("buildSid"), environment.Text("build_sid"));
        Assert.Equal("content", (await Api.SiteAsync(result.Text("domainName"), "/a.txt")).Text);
        var variables = (await Api.GetAsync($"{address}/Variables")).Ok();
        Assert.Equal(["COLOR"], variables.All("variables", "key"));
        Assert.Equal(["grün & blau"], variables.All("variables", "value"));
    }
}
