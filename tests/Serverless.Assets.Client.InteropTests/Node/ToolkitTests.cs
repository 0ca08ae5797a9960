using System.Text.Json;

namespace Serverless.Assets.Client.InteropTests.Node;

/// <summary>The public Node toolkit deploys a project to the emulator, and manages it.</summary>
public sealed class ToolkitTests : InteropTest, IDisposable
{
    private readonly TempFolder _project = new();

    private string _service = "";

    public void Dispose() => _project.Dispose();

    [Fact]
    public async Task A_project_is_deployed_listed_activated_and_removed()
    {
        _project.Write("functions/hello.js", "exports.handler = (c, e, done) => done(null, 'grün');");
        _project.Write("functions/sub/call.protected.js", "exports.handler = 1;");
        _project.Write("assets/index.html", "<h1>grün</h1>");
        _project.Write("assets/css/site.css", "a { color: red }");
        _project.Write("assets/hold.protected.xml", "<Response/>");
        _project.Write("assets/data.private.json", "{}");

        var deployed = await DeployAsync();
        _service = deployed.Text("serviceSid");
        await AssertUploadedAsync();
        await AssertSiteAsync(deployed.Text("domain"));
        Assert.Equal(["COLOR=grün & blau", "EMPTY_NOT=1"], await GetVariablesAsync(deployed.Text("environmentSid")));

        await AssertListedAsync(deployed);

        var activated = await RunAsync("activate");
        Assert.Equal(deployed.Text("buildSid"), activated.Text("buildSid"));
        await AssertSiteAsync(activated.Text("domain"));
        Assert.Equal(["COLOR=red"], await GetVariablesAsync(activated.Text("environmentSid")));

        await RunAsync("setVariables");
        Assert.Equal(["COLOR=red", "SIZE=2"], await GetVariablesAsync(deployed.Text("environmentSid")));
        await RunAsync("removeVariables");
        Assert.Equal(["SIZE=2"], await GetVariablesAsync(deployed.Text("environmentSid")));

        await RunAsync("remove");
        Assert.Equal([ServiceName], (await Api.GetAsync("/v1/Services")).Ok().All("services", "unique_name"));
    }

    [Fact]
    public async Task A_second_deployment_reuses_the_Service_its_Environment_and_its_resources()
    {
        _project.Write("functions/hello.js", "exports.handler = 1;");
        _project.Write("assets/index.html", "first");
        var first = await DeployAsync();
        _project.Write("assets/index.html", "second");

        var second = await DeployAsync();

        _service = first.Text("serviceSid");
        Assert.Equal(_service, second.Text("serviceSid"));
        Assert.Equal(first.Text("environmentSid"), second.Text("environmentSid"));
        Assert.NotEqual(first.Text("buildSid"), second.Text("buildSid"));
        Assert.Equal((1, 1), (CountRequests("Asset.Create"), CountRequests("Function.Create")));
        Assert.Equal((2, 2), (CountRequests("AssetVersion.Create"), CountRequests("FunctionVersion.Create")));
        Assert.Equal("second", (await Api.SiteAsync(second.Text("domain"), "/index.html")).Text);
    }

    private Task<JsonElement> DeployAsync() =>
        RunAsync(
            "deploy",
            new
            {
                folder = _project.Path,
                serviceName = "toolkit",
                env = new { COLOR = "grün & blau", EMPTY_NOT = "1" },
                pkgJson = new { dependencies = new { lodash = "4.17.21" } },
            }
        );

    private Task<JsonElement> RunAsync(string action, object? more = null)
    {
        var arguments = JsonSerializer.SerializeToNode(more ?? new { serviceSid = _service })!;
        arguments["url"] = Emulator.Url;
        arguments["username"] = TestCredentials.AccountSid;
        arguments["password"] = TestCredentials.Secret;
        return NodeProject.RunAsync("toolkit.js", [action], arguments);
    }

    /// <summary>Asserts that the emulator has the bytes and content types of all files.</summary>
    private async Task AssertUploadedAsync()
    {
        var assets = (await Api.GetAsync("/__emulator/services"))
            .Ok()
            .GetProperty("services")
            .EnumerateArray()
            .Single(service => service.Sid() == _service)
            .GetProperty("asset_versions")
            .EnumerateArray()
            .ToDictionary(version => version.Text("path"));
        Assert.Equal(["/css/site.css", "/data.json", "/hold.xml", "/index.html"], assets.Keys.Order());
        foreach (
            var (path, file, visibility, type) in new[]
            {
                ("/css/site.css", "css/site.css", "public", "text/css"),
                ("/data.json", "data.private.json", "private", "application/json"),
                ("/hold.xml", "hold.protected.xml", "protected", "application/xml"),
                ("/index.html", "index.html", "public", "text/html"),
            }
        )
        {
            var version = (await Api.GetAsync($"/__emulator/versions/{assets[path].Sid()}")).Ok();
            Assert.Equal((visibility, type), (version.Text("visibility"), version.Text("content_type")));
            Assert.Equal(
                await File.ReadAllBytesAsync(_project[$"assets/{file}"], Token),
                (await Api.GetAsync($"/__emulator/versions/{version.Sid()}/content")).Body
            );
        }

        var functions = Emulator.Server.Requests.Where(request => request.Operation == "FunctionVersion.Create");
        Assert.Equal(
            ["/hello public", "/sub/call protected"],
            functions.Select(upload => $"{upload.Fields["Path"]} {upload.Fields["Visibility"]}").Order()
        );
    }

    private async Task AssertSiteAsync(string domain)
    {
        Assert.Equal("<h1>grün</h1>", (await Api.SiteAsync(domain, "/index.html")).Text);
        Assert.Equal("a { color: red }", (await Api.SiteAsync(domain, "/css/site.css")).Text);
        Assert.Equal(403, (await Api.SiteAsync(domain, "/hold.xml")).Status);
        Assert.Equal(404, (await Api.SiteAsync(domain, "/data.json")).Status);
        Assert.Equal(501, (await Api.SiteAsync(domain, "/hello")).Status);
    }

    private async Task AssertListedAsync(JsonElement deployed)
    {
        var listed = await RunAsync("list");

        Assert.Equal(["toolkit", ServiceName], listed.All("services", "unique_name"));
        Assert.Equal(["dev-environment"], listed.All("environments", "unique_name"));
        Assert.Equal([deployed.Text("buildSid")], listed.All("builds", "sid"));
        Assert.Equal(["/hello", "/sub/call"], listed.GetProperty("functions").All("entries", "path").Order());
        Assert.Equal(
            ["/css/site.css", "/data.json", "/hold.xml", "/index.html"],
            listed.GetProperty("assets").All("entries", "path").Order()
        );
        Assert.Equal(["COLOR", "EMPTY_NOT"], listed.GetProperty("variables").All("entries", "key").Order());
        Assert.Single(listed.All("logs", "sid")); // the request for /hello
    }

    private async Task<string[]> GetVariablesAsync(string environment)
    {
        var list = (await Api.GetAsync($"/v1/Services/{_service}/Environments/{environment}/Variables")).Ok();
        return
        [
            .. list.GetProperty("variables")
                .EnumerateArray()
                .Select(variable => $"{variable.Text("key")}={variable.Text("value")}")
                .Order(),
        ];
    }
}
