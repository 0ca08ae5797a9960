using System.Net;
using System.Text.Json;

namespace Serverless.Assets.Cli.Tests.Support;

/// <summary>What tests of the live site ask the emulator for, and what they prepare in it by hand.</summary>
internal static class LiveService
{
    /// <summary>Uploads exactly these files, by path below <c>assets</c>.</summary>
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

        (await bench.RunAsync("upload", "--quiet")).Silently();
    }

    /// <summary>Runs a command that is expected to be done, and gives its JSON.</summary>
    public static async Task<JsonElement> JsonAsync(this Workbench bench, string command, params string[] more) =>
        (await bench.RunAsync(command, ["--quiet", "--json", .. more])).Silently().Json;

    /// <summary>Uploads these files and deploys them.</summary>
    public static async Task<JsonElement> DeployAsync(
        this Workbench bench,
        params (string File, string Content)[] files
    )
    {
        await bench.UploadAsync(files);
        return await bench.JsonAsync("deploy");
    }

    public static string Text(this JsonElement json, string name) => json.GetProperty(name).GetString()!;

    /// <summary>Everything that lives in an Environment: path and SID of each version, dependencies and runtime; sorted.</summary>
    public static async Task<IReadOnlyList<string>> LiveAsync(this Workbench bench, string environment = "dev")
    {
        if (
            await bench.FindEnvironmentAsync(environment) is not { } found
            || found.GetProperty("build_sid").GetString() is not { } sid
        )
        {
            return [];
        }

        var build = await bench.Service.GetAsync($"/v1/Services/{Workbench.ServiceName}/Builds/{sid}");
        return
        [
            .. build
                .GetProperty("asset_versions")
                .EnumerateArray()
                .Select(version => $"{version.Text("path")} {version.Text("sid")}")
                .Order(StringComparer.Ordinal),
            .. build
                .GetProperty("function_versions")
                .EnumerateArray()
                .Select(version => $"{version.Text("path")} {version.Text("sid")}")
                .Order(StringComparer.Ordinal),
            .. build
                .GetProperty("dependencies")
                .EnumerateArray()
                .Select(dependency => $"{dependency.Text("name")}@{dependency.Text("version")}")
                .Order(StringComparer.Ordinal),
            build.Text("runtime"),
        ];
    }

    /// <summary>The live asset paths.</summary>
    public static async Task<IReadOnlyList<string>> LivePathsAsync(this Workbench bench, string environment = "dev") =>
        [
            .. (await bench.LiveAsync(environment))
                .Where(line => line.StartsWith('/'))
                .Select(line => line.Split(' ')[0]),
        ];

    public static async Task<JsonElement?> FindEnvironmentAsync(this Workbench bench, string environment)
    {
        var list = await bench.Service.GetAsync($"/v1/Services/{Workbench.ServiceName}/Environments?PageSize=100");
        return list.GetProperty("environments")
            .EnumerateArray()
            .Where(found => found.Text("unique_name") == environment)
            .Select(found => (JsonElement?)found)
            .SingleOrDefault();
    }

    public static async Task<string?> LiveBuildAsync(this Workbench bench, string environment = "dev") =>
        (await bench.FindEnvironmentAsync(environment))?.GetProperty("build_sid").GetString();

    /// <summary>What a visitor gets.</summary>
    public static async Task<(HttpStatusCode Status, string Content)> VisitAsync(this Workbench bench, string url)
    {
        using var http = new HttpClient(Verification.SiteHttpHandler.Create());
        using var answer = await http.GetAsync(new Uri(url), Workbench.Token);
        return (answer.StatusCode, await answer.Content.ReadAsStringAsync(Workbench.Token));
    }

    /// <summary>Makes a Function with dependencies live beside whatever is live, as the vendor's own tools do.</summary>
    public static async Task DeployFunctionAsync(
        this Workbench bench,
        string path = "/hello",
        string environmentName = "dev"
    )
    {
        var service = $"/v1/Services/{Workbench.ServiceName}";
        var function = (await bench.Service.PostAsync($"{service}/Functions", ("FriendlyName", path))).Text("sid");
        var version = (
            await bench.Service.PostVersionAsync(
                $"{service}/Functions/{function}/Versions",
                path,
                "exports.handler = () => {};"
            )
        ).Text("sid");
        var live = await bench.FindEnvironmentAsync(environmentName);
        var environment =
            live
            ?? await bench.Service.PostAsync(
                $"{service}/Environments",
                ("UniqueName", environmentName),
                ("DomainSuffix", environmentName)
            );
        var build = await bench.Service.PostAsync(
            $"{service}/Builds",
            ("FunctionVersions", version),
            ("Dependencies", """[{"name":"lodash","version":"4.17.21"}]"""),
            ("Runtime", "node22")
        );
        await bench.Service.PostAsync(
            $"{service}/Environments/{environment.Text("sid")}/Deployments",
            ("BuildSid", build.Text("sid"))
        );
    }
}
