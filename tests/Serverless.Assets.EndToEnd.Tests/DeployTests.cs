using System.Text.Json;
using Serverless.Assets.Emulator;

namespace Serverless.Assets.EndToEnd.Tests;

/// <summary>From files to the live site, and what must not be lost on the way.</summary>
public sealed class DeployTests(PackageFeed feed) : EndToEndTest(feed)
{
    private static readonly string[] CarriedOver =
    [
        "@twilio/runtime-handler@2.0.1",
        "lodash@4.17.21",
        "twilio@5.3.0",
        "node20",
    ];

    [Fact]
    public async Task Functions_with_dependencies_and_other_assets_stay_live_when_a_publish_deploys()
    {
        var emulator = await StartEmulatorAsync();
        var service = await FunctionsService.CreateAsync(emulator);
        var project = NewProject(emulator)
            .Property("ServerlessAssetsDeployOn", "Publish")
            .Property("ServerlessAssetsVerify", "true")
            .File("assets/index.html", "<h1>live</h1>")
            .File("assets/hold.protected.twiml", "<Response/>")
            .File("assets/names.private.json", "[]")
            .Element(
                """<Target Name="Use" AfterTargets="DeployServerlessAssets"><WriteLinesToFile File="outputs.txt" Lines="$(ServerlessAssetsBuildSid);$(ServerlessAssetsDeploymentSid);$(ServerlessAssetsDomain)" Overwrite="true" /></Target>"""
            );

        var result = (await project.PublishAsync()).Succeeded();

        var (domain, build) = await emulator.GetLiveAsync();
        Assert.NotEqual(service.Build, build);
        Assert.Equal(service.Domain, domain);
        string[] expected =
        [
            $"/call {service.FunctionVersion}",
            "/assets/index.html",
            "/hold.twiml",
            "/index.html",
            "/names.json",
            "/other.css",
            .. CarriedOver,
        ];
        Assert.Equal(expected, await service.DescribeAsync(build!));
        Assert.Contains(
            $"Function Version {service.FunctionVersion}",
            await emulator.VisitAsync(domain, "/call"),
            StringComparison.Ordinal
        );
        Assert.Equal("200 <h1>live</h1>", await emulator.VisitAsync(domain, "/index.html"));
        Assert.StartsWith(
            "403 Forbidden: ",
            await emulator.VisitAsync(domain, "/hold.twiml"),
            StringComparison.Ordinal
        );
        Assert.StartsWith(
            "404 Not Found: ",
            await emulator.VisitAsync(domain, "/names.json"),
            StringComparison.Ordinal
        );
        Assert.Equal("200 other", await emulator.VisitAsync(domain, FunctionsService.OtherAsset));

        var record = ReadRecord(project, "deployment");
        string[] outputs = [build!, record["deploymentSid"], domain];
        Assert.Equal(outputs, await File.ReadAllLinesAsync(project.PathOf("outputs.txt"), Token));
        Assert.Matches("^ZD[0-9a-f]{32}$", record["deploymentSid"]);
        Assert.Equal(
            $"{build} {service.Build} {service.Sid} dev http://{domain}/",
            $"{record["buildSid"]} {record["previousBuildSid"]} {record["serviceSid"]} {record["environment"]} {record["url"]}"
        );
        Assert.Equal(
            $"{build} {service.Build} dev",
            $"{ReadRecord(project, "build")["buildSid"]} {ReadRecord(project, "build")["liveBuildSid"]} {record["environment"]}"
        );

        // The terminal's line ends with the site: nothing of this form comes after it, and the manifest does not come
        // before it.
        var last = result
            .Output.Split('\n')
            .Select(line => line.Trim())
            .Where(line => line.StartsWith("Site -> ", StringComparison.Ordinal))
            .ToList();
        Assert.Equal($"Site -> http://{domain}/", last[^1]);
        Assert.DoesNotContain(last, line => line.EndsWith(".json", StringComparison.Ordinal));
        Assert.Contains(
            $"Deployed {build} to dev (was {service.Build}), 4 assets verified",
            result.Output,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task Other_Assets_are_removed_only_on_request_without_redeploying_a_live_Build()
    {
        var emulator = await StartEmulatorAsync();
        var service = await FunctionsService.CreateAsync(emulator);
        var project = NewProject(emulator).File("assets/a.txt", "a");

        (
            await project.MSBuildAsync(
                "DeployServerlessAssets",
                "-p:ServerlessAssetsOtherAssets=Remove",
                "-p:ServerlessAssetsRuntime=node22"
            )
        ).Succeeded();

        var (domain, build) = await emulator.GetLiveAsync();
        string[] expected = [$"/call {service.FunctionVersion}", "/a.txt", .. CarriedOver[..^1], "node22"];
        Assert.Equal(expected, await service.DescribeAsync(build!));
        Assert.StartsWith(
            "404 Not Found: ",
            await emulator.VisitAsync(domain, FunctionsService.OtherAsset),
            StringComparison.Ordinal
        );
        await emulator.TakeRequestsAsync();

        (await project.MSBuildAsync("DeployServerlessAssets")).Succeeded();

        Assert.Equal((domain, build), await emulator.GetLiveAsync());
        Assert.DoesNotContain(
            await emulator.TakeRequestsAsync(),
            request => request.Contains("Create", StringComparison.Ordinal)
        );
    }

    [Fact]
    public async Task One_change_among_a_thousand_assets_is_live_with_twelve_requests()
    {
        var emulator = await StartEmulatorAsync();
        var project = NewProject(emulator).Property("ServerlessAssetsDeployOn", "Publish");
        for (var i = 0; i < 1000; i++)
        {
            project.File($"assets/{i / 100}/{i % 100:00}.txt", $"{i}");
        }

        (await project.PublishAsync()).Succeeded();
        var (domain, first) = await emulator.GetLiveAsync();
        Assert.Equal("200 517", await emulator.VisitAsync(domain, "/5/17.txt"));
        await emulator.TakeRequestsAsync();

        project.File("assets/5/17.txt", "changed");
        (await project.PublishAsync("--no-build")).Succeeded();

        var requests = await emulator.TakeRequestsAsync();
        Assert.InRange(
            requests.Sum(request =>
                int.Parse(request.Split(' ')[1], System.Globalization.CultureInfo.InvariantCulture)
            ),
            1,
            12
        );
        Assert.Contains("AssetVersion.Create 1", requests);
        Assert.NotEqual(first, (await emulator.GetLiveAsync()).Build);
        Assert.Equal("200 changed", await emulator.VisitAsync(domain, "/5/17.txt"));
        Assert.Equal("200 518", await emulator.VisitAsync(domain, "/5/18.txt"));
    }

    [Fact]
    public async Task The_manifest_alone_is_enough_for_a_later_job()
    {
        var emulator = await StartEmulatorAsync();
        var first = NewProject(emulator).File("assets/a.txt", "a");
        (await first.PublishAsync()).Succeeded();
        var later = NewProject("Later")
            .Property("ServerlessAssetsApiBaseUrl", emulator.Url)
            .Property("ServerlessAssetsUploadBaseUrl", emulator.Url)
            .Property("ServerlessAssetsUseManifest", "true")
            .Property("ServerlessAssetsManifestPath", "serverless-assets.manifest.json")
            .Environment("TWILIO_API_KEY", User)
            .Environment("TWILIO_API_SECRET", Secret)
            .File("serverless-assets.manifest.json", File.ReadAllBytes(first.ManifestPath));

        var result = (await later.MSBuildAsync("DeployServerlessAssets")).Succeeded();

        Assert.Equal(
            new Dictionary<string, int> { ["BuildServerlessAssets"] = 1, ["DeployServerlessAssets"] = 1 },
            result.Tasks
        );
        var (domain, build) = await emulator.GetLiveAsync();
        Assert.Equal("200 a", await emulator.VisitAsync(domain, "/a.txt"));
        Assert.Equal(
            File.ReadAllBytes(first.ManifestPath),
            File.ReadAllBytes(later.PathOf("serverless-assets.manifest.json"))
        );

        // On publish too: a hook neither collects nor uploads.
        result = (await later.PublishAsync("-p:ServerlessAssetsDeployOn=Publish")).Succeeded();
        Assert.Equal(
            new Dictionary<string, int> { ["BuildServerlessAssets"] = 1, ["DeployServerlessAssets"] = 1 },
            result.Tasks
        );
        Assert.Equal((domain, build), await emulator.GetLiveAsync());
    }

    [Fact]
    public async Task A_build_that_fails_on_the_service_leaves_what_is_live()
    {
        var emulator = await StartEmulatorAsync();
        var service = await FunctionsService.CreateAsync(emulator);
        emulator.Faults = new EmulatorFaults { FailBuilds = true };
        var project = NewProject(emulator).File("assets/a.txt", "a");

        var error = Assert.Single((await project.MSBuildAsync("DeployServerlessAssets")).Failed().Errors);

        Assert.Equal("SAB4004", error.Code);
        Assert.Matches($"^Build ZB[0-9a-f]{{32}} of Service {service.Sid} failed", error.Text);
        Assert.Equal((service.Domain, service.Build), await emulator.GetLiveAsync());
    }

    private static Dictionary<string, string> ReadRecord(ConsumerProject project, string name) =>
        JsonSerializer
            .Deserialize<JsonElement>(
                File.ReadAllText(
                    Path.Combine(Path.GetDirectoryName(project.ManifestPath)!, $"serverless-assets.{name}.json")
                )
            )
            .EnumerateObject()
            .ToDictionary(field => field.Name, field => field.Value.ToString());
}
