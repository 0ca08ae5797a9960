using System.Net;
using System.Text.Json;
using Serverless.Assets.Client;

namespace Serverless.Assets.Cli.Tests;

/// <summary>What tests of deployments prepare with the tool, and what they look up in the emulator.</summary>
internal static class WorkbenchDeployments
{
    /// <summary>Uploads exactly these files, named by their paths below <c>assets</c>.</summary>
    public static async Task UploadAsync(this Workbench bench, params (string File, string Content)[] files)
    {
        if (Directory.Exists(bench.PathOf("assets")))
        {
            Directory.Delete(bench.PathOf("assets"), recursive: true);
        }

        foreach (var (file, content) in files)
        {
            bench.Write($"assets/{file}", content);
        }

        (await bench.RunAsync("upload", "--quiet")).SucceededSilently();
    }

    /// <summary>Runs a command that is expected to succeed.</summary>
    /// <returns>Its JSON output.</returns>
    public static async Task<JsonElement> JsonAsync(this Workbench bench, string command, params string[] more) =>
        (await bench.RunAsync(command, ["--quiet", "--json", .. more])).SucceededSilently().Json;

    /// <summary>Uploads these files and deploys them.</summary>
    public static async Task<JsonElement> DeployAsync(
        this Workbench bench,
        params (string File, string Content)[] files
    )
    {
        await bench.UploadAsync(files);
        return await bench.JsonAsync("deploy");
    }

    /// <summary>
    /// The content of the Build that is deployed to an Environment: path and SID of each version, dependencies and
    /// runtime; empty if there is none.
    /// </summary>
    public static async Task<IReadOnlyList<string>> LiveAsync(this Workbench bench, string environment = "dev")
    {
        if (await bench.LiveBuildAsync(environment) is not { } sid)
        {
            return [];
        }

        var build = await bench.Emulator.GetAsync($"/v1/Services/{Workbench.ServiceName}/Builds/{sid}");
        return
        [
            .. Describe("asset_versions", version => $"{version.Text("path")} {version.Text("sid")}"),
            .. Describe("function_versions", version => $"{version.Text("path")} {version.Text("sid")}"),
            .. Describe("dependencies", dependency => $"{dependency.Text("name")}@{dependency.Text("version")}"),
            build.Text("runtime"),
        ];

        IEnumerable<string> Describe(string list, Func<JsonElement, string> describe) =>
            build.GetProperty(list).EnumerateArray().Select(describe).Order(StringComparer.Ordinal);
    }

    /// <summary>The paths of the deployed assets.</summary>
    public static async Task<IReadOnlyList<string>> LivePathsAsync(this Workbench bench, string environment = "dev") =>
        [
            .. (await bench.LiveAsync(environment))
                .Where(line => line.StartsWith('/'))
                .Select(line => line.Split(' ')[0]),
        ];

    public static Task<JsonElement?> FindEnvironmentAsync(this Workbench bench, string environment) =>
        bench.Emulator.FindEnvironmentAsync(Workbench.ServiceName, environment);

    public static async Task<string?> LiveBuildAsync(this Workbench bench, string environment = "dev") =>
        (await bench.FindEnvironmentAsync(environment))?.GetProperty("build_sid").GetString();

    /// <summary>Fetches an address as a visitor.</summary>
    public static async Task<(HttpStatusCode Status, string Content)> VisitAsync(this Workbench bench, string url)
    {
        using var http = new HttpClient(ApiConnection.CreateHandler());
        using var answer = await http.GetAsync(new Uri(url), Workbench.Token);
        return (answer.StatusCode, await answer.Content.ReadAsStringAsync(Workbench.Token));
    }

    /// <summary>Deploys a Build of one Function with dependencies, as the vendor's own tools do.</summary>
    public static async Task DeployFunctionAsync(
        this Workbench bench,
        string path = "/hello",
        string environmentName = "dev"
    )
    {
        var service = $"/v1/Services/{Workbench.ServiceName}";
        var version = await bench.Emulator.Api.AddAsync(
            Workbench.ServiceName,
            path,
            "exports.handler = () => {};",
            collection: "Functions"
        );
        var environment =
            await bench.FindEnvironmentAsync(environmentName)
            ?? await bench.Emulator.Api.CreateEnvironmentAsync(Workbench.ServiceName, environmentName, environmentName);
        var build = await bench.Emulator.PostAsync(
            $"{service}/Builds",
            ("FunctionVersions", version),
            ("Dependencies", """[{"name":"lodash","version":"4.17.21"}]"""),
            ("Runtime", "node22")
        );
        (await bench.Emulator.Api.DeployAsync(Workbench.ServiceName, environment.Sid(), build.Sid())).Created();
    }
}
