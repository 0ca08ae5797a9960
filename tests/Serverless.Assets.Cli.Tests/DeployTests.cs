using System.Net;
using System.Text.Json;

namespace Serverless.Assets.Cli.Tests;

public sealed class DeployTests
{
    private const string Service = $"/v1/Services/{Workbench.ServiceName}";

    [Fact]
    public async Task The_assets_of_the_manifest_go_live_in_a_new_Environment()
    {
        await using var bench = await Workbench.StartAsync();
        await bench.UploadAsync(("a.txt", "first"), ("css/b.css", "b {}"));

        var live = await bench.JsonAsync("deploy");

        var environment = (await bench.FindEnvironmentAsync("dev"))!.Value;
        var (build, deployment) = (live.Text("buildSid"), live.Text("deploymentSid"));
        Assert.Equal(
            $$"""{"outcome":"deployed","summary":"Deployed {{build}} to dev (first deployment)","serviceSid":"{{environment.Text("service_sid")}}","environment":"dev","environmentSid":"{{environment.Text("sid")}}","domain":"{{environment.Text("domain_name")}}","url":"http://{{environment.Text("domain_name")}}/","buildSid":"{{build}}","deploymentSid":"{{deployment}}","previousBuildSid":null,"changed":true,"verified":null}""",
            JsonSerializer.Serialize(live)
        );
        Assert.Equal(build, await bench.LiveBuildAsync());
        Assert.Equal(
            deployment,
            (await bench.Emulator.GetAsync($"{Service}/Environments/{environment.Text("sid")}/Deployments"))
                .GetProperty("deployments")[0]
                .Text("sid")
        );
        Assert.Equal((HttpStatusCode.OK, "first"), await bench.VisitAsync($"{live.Text("url")}a.txt"));
        Assert.Equal((HttpStatusCode.OK, "b {}"), await bench.VisitAsync($"{live.Text("url")}css/b.css"));
        var record = JsonSerializer.Deserialize<JsonElement>(
            File.ReadAllText(bench.PathOf("serverless-assets.deployment.json"))
        );
        Assert.Equal(
            (build, deployment, live.Text("url")),
            (record.Text("buildSid"), record.Text("deploymentSid"), record.Text("url"))
        );
    }

    [Fact]
    public async Task A_Build_that_is_already_live_is_unchanged()
    {
        await using var bench = await Workbench.StartAsync();
        var first = await bench.DeployAsync(("a.txt", "first"));
        await bench.Emulator.ResetStatsAsync();

        var run = (await bench.RunAsync("deploy")).SucceededSilently();

        Assert.Equal(
            [$"dev is already up to date ({first.Text("buildSid")}): {first.Text("url")}"],
            CliRun.Lines(run.Out)
        );
        Assert.All(
            (await bench.Emulator.CountRequestsAsync()).Keys,
            operation =>
                Assert.True(
                    operation.EndsWith(".List", StringComparison.Ordinal)
                        || operation.EndsWith(".Fetch", StringComparison.Ordinal),
                    operation
                )
        );
    }

    [Fact]
    public async Task A_concurrent_Deployment_of_the_same_Build_is_not_an_error()
    {
        await using var bench = await Workbench.StartAsync();
        await bench.DeployAsync(("a.txt", "first"));
        await bench.UploadAsync(("a.txt", "second"));
        var built = await bench.JsonAsync("build");
        var environment = (await bench.FindEnvironmentAsync("dev"))!.Value.Text("sid");
        var other = "";
        bench.HttpHandler = () =>
            InterceptingHandler.RunBefore(
                HttpMethod.Post,
                "/Deployments",
                async () =>
                    other = (
                        await bench.Emulator.PostAsync(
                            $"{Service}/Environments/{environment}/Deployments",
                            ("BuildSid", built.Text("buildSid"))
                        )
                    ).Text("sid")
            );

        var live = await bench.JsonAsync("deploy");

        Assert.Equal((built.Text("buildSid"), other), (live.Text("buildSid"), live.Text("deploymentSid")));
        Assert.Equal(built.Text("buildSid"), await bench.LiveBuildAsync());
    }

    [Fact]
    public async Task A_concurrent_creation_of_the_Environment_is_not_an_error()
    {
        await using var bench = await Workbench.StartAsync();
        await bench.UploadAsync(("a.txt", "first"));
        bench.HttpHandler = () =>
            InterceptingHandler.RunBefore(
                HttpMethod.Post,
                "/Environments",
                () =>
                    bench.Emulator.PostAsync($"{Service}/Environments", ("UniqueName", "dev"), ("DomainSuffix", "dev"))
            );

        var live = await bench.JsonAsync("deploy");

        Assert.Equal(live.Text("buildSid"), await bench.LiveBuildAsync());
    }

    [Fact]
    public async Task Functions_with_dependencies_stay_live_and_unchanged()
    {
        await using var bench = await Workbench.StartAsync();
        await bench.UploadAsync(("a.txt", "first"));
        await bench.DeployFunctionAsync();
        var before = await bench.LiveAsync();
        Assert.Equal(
            ["/hello", "lodash@4.17.21", "node22"],
            before.Select(line => line.Split(' ')[0]).Where(line => !line.Contains("twilio", StringComparison.Ordinal))
        );

        var live = await bench.JsonAsync("deploy");

        Assert.Equal(
            before,
            (await bench.LiveAsync()).Where(line => !line.StartsWith("/a.txt ", StringComparison.Ordinal))
        );
        Assert.Equal((HttpStatusCode.OK, "first"), await bench.VisitAsync($"{live.Text("url")}a.txt"));
        Assert.Equal(HttpStatusCode.NotImplemented, (await bench.VisitAsync($"{live.Text("url")}hello")).Status);
        Assert.Equal(
            before,
            (await bench.LiveAsync()).Where(line => !line.StartsWith("/a.txt ", StringComparison.Ordinal))
        );
    }

    [Fact]
    public async Task Other_live_assets_are_kept_unless_they_are_to_be_removed()
    {
        await using var bench = await Workbench.StartAsync();
        await bench.DeployAsync(("a.txt", "first"), ("old.txt", "old"));
        await bench.UploadAsync(("a.txt", "second"));

        await bench.JsonAsync("deploy");
        Assert.Equal(["/a.txt", "/old.txt"], await bench.LivePathsAsync());

        await bench.JsonAsync("deploy", "--other-assets", "Remove");
        Assert.Equal(["/a.txt"], await bench.LivePathsAsync());
    }

    [Fact]
    public async Task An_Environment_is_found_by_its_domain_suffix_too()
    {
        await using var bench = await Workbench.StartAsync();
        await bench.UploadAsync(("a.txt", "first"));
        await bench.Emulator.PostAsync(
            $"{Service}/Environments",
            ("UniqueName", "dev-environment"),
            ("DomainSuffix", "dev")
        );

        var live = await bench.JsonAsync("deploy");

        Assert.Equal("dev-environment", live.Text("environment"));
        Assert.Equal(live.Text("buildSid"), await bench.LiveBuildAsync("dev-environment"));
        Assert.Null(await bench.FindEnvironmentAsync("dev"));
    }

    [Fact]
    public async Task A_long_name_needs_a_domain_suffix()
    {
        await using var bench = await Workbench.StartAsync();
        await bench.UploadAsync(("a.txt", "first"));
        await bench.Emulator.ResetStatsAsync();

        var run = await bench.RunAsync("deploy", "--environment", "preview-of-the-main-branch");

        Assert.Equal(1, run.ExitCode);
        Assert.Equal(["SAB1015"], run.Codes);
        Assert.Contains(
            "Set --domain-suffix ('-' for none), or shorten --environment",
            run.Error,
            StringComparison.Ordinal
        );
        Assert.Empty(await bench.Emulator.CountRequestsAsync());

        var live = await bench.JsonAsync(
            "deploy",
            "--environment",
            "preview-of-the-main-branch",
            "--domain-suffix",
            "pv"
        );
        Assert.Contains("-pv.localhost:", live.Text("domain"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_path_conflict_with_a_live_Function_is_reported_before_the_Build()
    {
        await using var bench = await Workbench.StartAsync();
        await bench.UploadAsync(("hello", "first"));
        await bench.DeployFunctionAsync("/hello");
        var before = await bench.LiveAsync();
        await bench.Emulator.ResetStatsAsync();

        var run = await bench.RunAsync("deploy");

        Assert.Equal(1, run.ExitCode);
        Assert.Equal(["SAB4002"], run.Codes);
        Assert.Contains("(assets/hello) and the Function Version ZN", run.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("Build.Create", (await bench.Emulator.CountRequestsAsync()).Keys);
        Assert.Equal(before, await bench.LiveAsync());
    }

    [Fact]
    public async Task Too_many_Assets_including_kept_ones_are_reported_before_the_Build()
    {
        await using var bench = await Workbench.StartAsync();
        await bench.DeployAsync([.. Enumerable.Range(0, 30).Select(number => ($"old/{number}.private.txt", "old"))]);
        await bench.UploadAsync([.. Enumerable.Range(0, 25).Select(number => ($"new/{number}.private.txt", "new"))]);
        await bench.Emulator.ResetStatsAsync();

        var run = await bench.RunAsync("deploy");

        Assert.Equal(1, run.ExitCode);
        Assert.Equal(["SAB4003"], run.Codes);
        Assert.Contains(
            "55 private Asset Versions: at most 50 are allowed, so 5 are too many.",
            run.Error,
            StringComparison.Ordinal
        );
        Assert.Matches(@"Largest folders: \S*old\S* \D*30", run.Error);
        Assert.DoesNotContain("Build.Create", (await bench.Emulator.CountRequestsAsync()).Keys);
        Assert.True((await bench.JsonAsync("deploy", "--other-assets", "Remove")).GetProperty("changed").GetBoolean());
    }

    /// <summary>A second CI job has the manifest and credentials, and nothing else of the first.</summary>
    [Fact]
    public async Task The_manifest_alone_is_enough()
    {
        await using var bench = await Workbench.StartAsync();
        await bench.UploadAsync(("a.txt", "first"));
        var folder = bench.PathOf("../job2");
        Directory.CreateDirectory(folder);
        File.Move(bench.ManifestPath, Path.Combine(folder, "m.json"));
        Directory.Delete(bench.Project, recursive: true);

        var run = (
            await bench.RunExactlyAsync(
                "deploy",
                "--project",
                folder,
                "--manifest",
                "m.json",
                "--verify",
                "--json",
                "--quiet",
                "--api-base-url",
                bench.Emulator.Url,
                "--upload-base-url",
                bench.Emulator.Url
            )
        ).SucceededSilently();

        Assert.Equal(1, run.Json.GetProperty("verified").GetInt32());
        Assert.Equal((HttpStatusCode.OK, "first"), await bench.VisitAsync($"{run.Json.Text("url")}a.txt"));
    }

    [Fact]
    public async Task One_change_in_a_thousand_Assets_is_deployed_with_a_dozen_requests()
    {
        await using var bench = await Workbench.StartAsync();
        var files = Enumerable
            .Range(0, 1000)
            .Select(number => ($"{number % 10}/{number}.txt", $"content {number}"))
            .ToArray();
        await bench.DeployAsync(files);
        bench.Write("assets/3/333.txt", "changed");
        await bench.Emulator.ResetStatsAsync();

        (await bench.RunAsync("upload", "--quiet")).SucceededSilently();
        var live = await bench.JsonAsync("deploy");

        var requests = await bench.Emulator.CountRequestsAsync();
        Assert.True(requests.Values.Sum() <= 12, string.Join(", ", requests));
        Assert.Equal(1000, (await bench.LivePathsAsync()).Count);
        Assert.Equal((HttpStatusCode.OK, "changed"), await bench.VisitAsync($"{live.Text("url")}3/333.txt"));
    }
}
