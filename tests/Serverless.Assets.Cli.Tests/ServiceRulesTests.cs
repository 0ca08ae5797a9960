using System.Globalization;
using System.Net;
using System.Text.Json;
using Serverless.Assets.Emulator;

namespace Serverless.Assets.Cli.Tests;

/// <summary>One project, several Services: <c>--service-rules</c>.</summary>
public sealed class ServiceRulesTests
{
    private const string AudioManifest = "serverless-assets.manifest.audio.json";

    private static readonly string[] AudioRule = ["--service-rules", "/audio/=audio"];

    [Fact]
    public async Task Each_Service_gets_its_files_its_manifest_and_its_site()
    {
        await using var bench = await StartAsync();

        var upload = (await bench.RunAsync("upload", ["--json", "--quiet", .. AudioRule])).SucceededSilently().Json;

        Assert.Equal(["/assets/index.html", "/index.html"], await bench.Emulator.GetAssetNamesAsync("site"));
        Assert.Equal(["/audio/a.mp3", "/audio/b/c.mp3"], await bench.Emulator.GetAssetNamesAsync("audio"));
        Assert.Equal(
            [
                "/assets/index.html public page",
                "/audio/a.mp3 public a",
                "/audio/b/c.mp3 public c",
                "/index.html public page",
            ],
            await bench.Emulator.DescribeContentsAsync()
        );
        Assert.Equal(["/assets/index.html", "/index.html"], ReadPaths(bench.ManifestPath));
        Assert.Equal(["/audio/a.mp3", "/audio/b/c.mp3"], ReadPaths(bench.PathOf(AudioManifest)));
        Assert.Equal(
            ("uploaded", 4, bench.ManifestPath),
            (upload.Text("outcome"), upload.GetProperty("uploaded").GetInt32(), upload.Text("manifest"))
        );
        Assert.Equal(
            [("site", 2, bench.ManifestPath), ("audio", 2, bench.PathOf(AudioManifest))],
            upload
                .GetProperty("services")
                .EnumerateArray()
                .Select(service =>
                    (service.Text("service"), service.GetProperty("uploaded").GetInt32(), service.Text("manifest"))
                )
        );

        var deployed = (await bench.RunAsync("deploy", ["--json", "--quiet", .. AudioRule])).SucceededSilently().Json;

        var urls = deployed.GetProperty("services").EnumerateArray().Select(service => service.Text("url")!).ToList();
        Assert.Equal(deployed.Text("url"), urls[0]);
        Assert.Equal("2 Services: 2 deployed", deployed.Text("summary"));
        Assert.Equal((HttpStatusCode.OK, "page"), await bench.VisitAsync(urls[0]));
        Assert.Equal((HttpStatusCode.OK, "a"), await bench.VisitAsync($"{urls[1]}audio/a.mp3"));
        Assert.Equal(HttpStatusCode.NotFound, (await bench.VisitAsync($"{urls[0]}audio/a.mp3")).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await bench.VisitAsync($"{urls[1]}index.html")).Status);
        Assert.Equal(
            urls,
            new[] { "serverless-assets.deployment.json", "serverless-assets.deployment.audio.json" }.Select(record =>
                JsonSerializer.Deserialize<JsonElement>(File.ReadAllText(bench.PathOf(record))).Text("url")
            )
        );

        var verified = (await bench.RunAsync("verify", ["--json", "--quiet", .. AudioRule])).SucceededSilently().Json;
        Assert.Equal(4, verified.GetProperty("verified").GetInt32());
    }

    [Fact]
    public async Task The_second_run_uploads_and_builds_nothing()
    {
        await using var bench = await StartAsync();
        await bench.RunAsync("upload", AudioRule);
        await bench.RunAsync("deploy", AudioRule);
        var manifests = ReadAll();
        await bench.Emulator.ResetStatsAsync();

        var upload = await bench.RunAsync("upload", ["--json", .. AudioRule]);
        var deploy = await bench.RunAsync("deploy", ["--json", .. AudioRule]);

        Assert.Equal("Nothing changed: 4 files already uploaded to 2 Services", upload.Json.Text("summary"));
        Assert.Equal("2 Services: 2 up to date", deploy.Json.Text("summary"));
        Assert.DoesNotContain(
            await bench.Emulator.TakeRequestsAsync(),
            request => request.Contains(".Create ", StringComparison.Ordinal)
        );
        Assert.Equal(manifests, ReadAll());

        string[] ReadAll() => [File.ReadAllText(bench.ManifestPath), File.ReadAllText(bench.PathOf(AudioManifest))];
    }

    [Fact]
    public async Task Every_command_works_with_the_manifest_of_one_Service()
    {
        await using var bench = await StartAsync();
        await bench.RunAsync("upload", AudioRule);
        string[] manifest = ["--manifest", bench.PathOf(AudioManifest)];
        string[] only =
        [
            "--project",
            bench.Project,
            "--api-base-url",
            bench.Emulator.Url,
            "--upload-base-url",
            bench.Emulator.Url,
            .. manifest,
        ];

        var withoutRules = await bench.RunExactlyAsync(["deploy", "--json", "--quiet", .. only]);
        var domain = withoutRules.SucceededSilently().Json.Text("domain");
        var withRules = await bench.RunAsync("deploy", ["--json", "--quiet", .. AudioRule, .. manifest]);
        var service = Assert.Single(withRules.SucceededSilently().Json.GetProperty("services").EnumerateArray());
        Assert.Equal(("audio", domain), (service.Text("service"), service.Text("domain")));
        Assert.Null(await bench.FindEnvironmentAsync("dev"));
        foreach (var command in (string[])["build", "verify", "prune"])
        {
            (await bench.RunExactlyAsync([command, "--json", "--quiet", .. only])).SucceededSilently();
        }
    }

    [Fact]
    public async Task Plan_list_rollback_prune_and_remove_have_an_entry_for_each_Service()
    {
        await using var bench = await StartAsync();
        var plan = (await bench.RunAsync("plan", ["--json", "--quiet", .. AudioRule])).SucceededSilently().Json;
        Assert.Equal("4 of 4 files would be uploaded to 2 Services (10 B)", plan.Text("summary"));
        Assert.Equal([2, 2], Entries(plan).Select(service => service.GetProperty("toUpload").GetInt32()));
        Assert.Empty(await bench.Emulator.GetServiceNamesAsync());

        await bench.RunAsync("upload", AudioRule);
        await bench.RunAsync("deploy", AudioRule);
        bench.Write("assets/index.html", "page 2");
        bench.Write("assets/audio/a.mp3", "a 2");
        await bench.RunAsync("upload", AudioRule);
        await bench.RunAsync("deploy", AudioRule);

        var rolledBack = (await bench.RunAsync("rollback", ["--json", "--quiet", .. AudioRule]))
            .SucceededSilently()
            .Json;
        var urls = Entries(rolledBack).Select(service => service.Text("url")).ToList();
        Assert.Equal("2 Services: 2 rolled back", rolledBack.Text("summary"));
        Assert.Equal((HttpStatusCode.OK, "page"), await bench.VisitAsync(urls[0]!));
        Assert.Equal((HttpStatusCode.OK, "a"), await bench.VisitAsync($"{urls[1]}audio/a.mp3"));

        var list = (await bench.RunAsync("list", ["--json", "--quiet", .. AudioRule])).SucceededSilently().Json;
        Assert.Equal(
            [2, 2],
            Entries(list).Select(service => service.GetProperty("environments")[0].GetProperty("assetCount").GetInt32())
        );

        await bench.Emulator.Api.CreateAssetAsync("audio", "/unused.mp3");
        var pruned = await bench.RunAsync("prune", ["--json", "--quiet", "--yes", "--older-than", "0", .. AudioRule]);
        Assert.Equal(["nothingChanged", "pruned"], Entries(pruned.Json).Select(service => service.Text("outcome")));
        Assert.DoesNotContain("/unused.mp3", await bench.Emulator.GetAssetNamesAsync("audio"));

        string[] remove = ["--environment", "dev", "--yes", "--json", "--quiet", .. AudioRule];
        Assert.Equal("2 Services: 2 removed", (await bench.RunAsync("remove", remove)).Json.Text("summary"));
        Assert.Null(await bench.Emulator.FindEnvironmentAsync("audio", "dev"));
    }

    [Fact]
    public async Task The_terminal_shows_a_line_and_the_details_of_each_Service()
    {
        await using var bench = await StartAsync();

        var upload = (await bench.RunAsync("upload", AudioRule)).Out.Split(Environment.NewLine);

        Assert.StartsWith("Uploaded 4 files (10 B) to 2 Services in ", upload[0], StringComparison.Ordinal);
        Assert.StartsWith("  site: Uploaded 2 files (8 B) to ZS", upload[1], StringComparison.Ordinal);
        Assert.Contains(
            upload,
            line => line.StartsWith("  audio: Uploaded 2 files (2 B) to ZS", StringComparison.Ordinal)
        );
        Assert.Contains(upload, line => line.EndsWith(AudioManifest, StringComparison.Ordinal));

        var deploy = (await bench.RunAsync("deploy", AudioRule)).Out.Split(Environment.NewLine);
        Assert.Equal("2 Services: 2 deployed", deploy[0]);
        Assert.Matches(
            @"^  site: Deployed ZB\w+ to dev \(first deployment\): http://site-\d{4}-dev\.localhost:\d+/$",
            deploy[1]
        );
        Assert.Matches(
            @"^  audio: Deployed ZB\w+ to dev \(first deployment\): http://audio-\d{4}-dev\.localhost:\d+/$",
            deploy[2]
        );
    }

    [Fact]
    public async Task More_files_than_a_Build_can_have_need_a_second_Service()
    {
        await using var bench = await Workbench.StartAsync();
        for (var i = 0; i < 1_200; i++)
        {
            var folder = i < 600 ? "a" : "b";
            bench.Write(string.Create(CultureInfo.InvariantCulture, $"assets/images/{folder}/{i}.txt"), $"{i}");
        }

        var failed = await bench.RunAsync("upload");

        AssertEnded(failed, exitCode: 1, "SAB2014");
        Assert.Contains(
            "There are 1200 public and protected assets: a Build can have at most 1000, so 200 are too many. Largest folders: /images/a/ (600), /images/b/ (600).",
            failed.Error,
            StringComparison.Ordinal
        );
        Assert.Contains("send folders to other Services with --service-rules", failed.Error, StringComparison.Ordinal);
        Assert.Empty(await bench.Emulator.TakeRequestsAsync());

        string[] rules = ["--service-rules", "/images/b=images-b"];
        var upload = (await bench.RunAsync("upload", ["--json", "--quiet", .. rules])).SucceededSilently().Json;
        Assert.Equal(1_200, upload.GetProperty("uploaded").GetInt32());
        var deployed = (await bench.RunAsync("deploy", ["--json", "--quiet", .. rules])).SucceededSilently().Json;
        var urls = Entries(deployed).Select(service => service.Text("url")).ToList();
        Assert.Equal((HttpStatusCode.OK, "599"), await bench.VisitAsync($"{urls[0]}images/a/599.txt"));
        Assert.Equal((HttpStatusCode.OK, "600"), await bench.VisitAsync($"{urls[1]}images/b/600.txt"));
        Assert.Equal(600, (await bench.LivePathsAsync()).Count);

        // The limit applies to each Service.
        for (var i = 0; i < 401; i++)
        {
            bench.Write(string.Create(CultureInfo.InvariantCulture, $"assets/images/b/more-{i}.txt"), "x");
        }

        var tooMany = await bench.RunAsync("upload", rules);
        Assert.Contains(
            "1001 public and protected assets for Service images-b",
            tooMany.Error,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task If_one_Service_fails_the_others_are_reported_and_the_next_run_continues()
    {
        await using var bench = await StartAsync();
        bench.Write("assets/video/v.txt", "v");
        string[] rules = [.. AudioRule, "--service-rules", "/video/=video"];
        await bench.RunAsync("upload", rules);
        await bench.Emulator.DeleteAsync("/v1/Services/audio");

        var failed = await bench.RunAsync("deploy", rules);

        Assert.Equal(1, failed.ExitCode);
        Assert.Equal("", failed.Out);
        Assert.Contains(failed.ErrorLines, line => line.StartsWith("site: Deployed ZB", StringComparison.Ordinal));
        Assert.Contains(
            failed.ErrorLines,
            line => line.StartsWith("audio: Failed with 1 error", StringComparison.Ordinal)
        );
        Assert.Contains(failed.ErrorLines, line => line.StartsWith("video: Deployed ZB", StringComparison.Ordinal));
        Assert.Equal(["SAB5009"], failed.Codes);

        (await bench.RunAsync("upload", ["--quiet", .. rules])).SucceededSilently();
        var again = (await bench.RunAsync("deploy", ["--json", "--quiet", .. rules])).SucceededSilently().Json;
        Assert.Equal(["upToDate", "deployed", "upToDate"], Entries(again).Select(service => service.Text("outcome")));
    }

    [Fact]
    public async Task A_deployment_without_the_manifest_of_one_Service_deploys_none()
    {
        await using var bench = await StartAsync();
        await bench.RunAsync("upload", AudioRule);
        File.Delete(bench.PathOf(AudioManifest));
        await bench.Emulator.ResetStatsAsync();

        var failed = await bench.RunAsync("deploy", AudioRule);

        AssertEnded(failed, exitCode: 1, "SAB5006");
        Assert.Contains(AudioManifest, failed.Error, StringComparison.Ordinal);
        Assert.Empty(await bench.Emulator.TakeRequestsAsync());
    }

    [Fact]
    public async Task A_run_that_stops_leaves_no_manifest_of_an_earlier_run_for_a_later_Service()
    {
        await using var bench = await StartAsync();
        await bench.RunAsync("upload", AudioRule);
        bench.Write("assets/index.html", "changed");
        bench.Emulator.Faults = new EmulatorFaults { RejectStatus = 401, RejectPathContains = "/" };

        var failed = await bench.RunAsync("upload", AudioRule);

        Assert.Equal(1, failed.ExitCode);
        Assert.False(File.Exists(bench.ManifestPath));
        Assert.False(File.Exists(bench.PathOf(AudioManifest)));
        Assert.True(File.Exists(bench.PathOf(AudioManifest + ".previous")));

        bench.Emulator.Faults = new EmulatorFaults();
        (await bench.RunAsync("upload", ["--quiet", .. AudioRule])).SucceededSilently();
        Assert.Equal(2, ReadPaths(bench.PathOf(AudioManifest)).Count());
    }

    [Fact]
    public async Task Rules_that_are_wrong_or_unused_are_reported_before_any_request()
    {
        await using var bench = await StartAsync();

        var wrong = await bench.RunAsync("upload", "--service-rules", "audio=x;/a/=b_c", "--visibility", "secret");
        var unused = await bench.RunAsync(
            "upload",
            [.. AudioRule, "--service-rules", "/Audio/=other", "--service-rules", "/no/=no"]
        );
        var notFound = await bench.RunAsync("plan", [.. AudioRule, "--service-rules", "/INDEX/=no;/AUDIO/b/=no"]);

        AssertEnded(wrong, exitCode: 1, "SAB1045", "SAB1045", "SAB2003", "SAB2003", "SAB2003");
        AssertEnded(unused, exitCode: 1, "SAB1046", "SAB2024");
        AssertEnded(notFound, exitCode: 0, "SAB2024", "SAB2024");
        Assert.Contains("('/audio/b/c.mp3' has another letter case)", notFound.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Rules_of_a_config_file_can_leave_the_default_Service_without_files()
    {
        await using var bench = await StartAsync();
        bench.Write(
            "serverless-assets.json",
            """{ "serviceRules": ["/=pages", "/audio/=audio", "/audio/b/=audio"] }"""
        );
        string[] arguments =
        [
            "--project",
            bench.Project,
            "--create-service",
            "--json",
            "--quiet",
            "--api-base-url",
            bench.Emulator.Url,
            "--upload-base-url",
            bench.Emulator.Url,
        ];

        (await bench.RunExactlyAsync(["upload", .. arguments])).SucceededSilently();
        var deployed = (
            await bench.RunExactlyAsync(["deploy", .. arguments[..2], .. arguments[3..]])
        ).SucceededSilently();

        Assert.Equal(["pages", "audio"], Entries(deployed.Json).Select(service => service.Text("service")));
        Assert.False(File.Exists(bench.ManifestPath));
        Assert.Equal(["audio", "pages"], (await bench.Emulator.GetServiceNamesAsync()).Order());
    }

    [Fact]
    public async Task The_same_Service_by_its_name_and_its_SID_is_not_deployed_twice()
    {
        await using var bench = await StartAsync();
        var sid = (await bench.Emulator.Api.CreateServiceAsync("site")).Sid();
        string[] rules = ["--service-rules", $"/audio/={sid}"];
        await bench.RunAsync("upload", rules);
        await bench.Emulator.ResetStatsAsync();

        var failed = await bench.RunAsync("deploy", rules);

        AssertEnded(failed, exitCode: 1, "SAB1048");
        Assert.Empty(await bench.Emulator.TakeRequestsAsync());
    }

    [Fact]
    public async Task A_given_Build_is_rolled_back_to_only_in_one_Service()
    {
        await using var bench = await StartAsync();

        var failed = await bench.RunAsync("rollback", ["--build", TestSid.Create("ZB", 1), .. AudioRule]);

        AssertEnded(failed, exitCode: 1, "SAB1049");
        Assert.Empty(await bench.Emulator.TakeRequestsAsync());
    }

    [Fact]
    public async Task A_report_does_not_replace_the_manifest_of_another_Service()
    {
        await using var bench = await StartAsync();

        var failed = await bench.RunAsync("upload", ["--report", AudioManifest, .. AudioRule]);

        AssertEnded(failed, exitCode: 1, "SAB1039");
        Assert.Contains("the manifest of another Service", failed.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Reports_and_outputs_have_an_entry_for_each_Service()
    {
        await using var bench = await StartAsync();
        await bench.RunAsync("upload", AudioRule);
        string[] files = ["--summary", "summary.md", "--outputs", "out.txt", "--report", "report.html"];

        var deployed = (await bench.RunAsync("deploy", ["--json", .. files, .. AudioRule])).Json;

        var entries = Entries(deployed).ToList();
        var outputs = File.ReadAllLines(bench.PathOf("out.txt"))
            .Select(line => line.Split('=', 2))
            .ToDictionary(line => line[0], line => line[1]);
        Assert.Equal(deployed.Text("domain"), outputs["domain"]);
        Assert.Equal(
            entries.Select(entry => (entry.Text("service"), entry.Text("domain"), entry.Text("buildSid"))),
            JsonSerializer
                .Deserialize<JsonElement>(outputs["services"])
                .EnumerateArray()
                .Select(entry => (entry.Text("name"), entry.Text("domain"), entry.Text("buildSid")))
        );
        var summary = File.ReadAllText(bench.PathOf("summary.md"));
        var report = File.ReadAllText(bench.PathOf("report.html"));
        Assert.All(
            entries,
            entry =>
            {
                Assert.Contains(
                    $"| `{entry.Text("service")}` | {entry.Text("summary")} |",
                    summary,
                    StringComparison.Ordinal
                );
                Assert.Contains(entry.Text("url")!, report, StringComparison.Ordinal);
            }
        );
        Assert.Contains($"[`/audio/a.mp3`]({entries[1].Text("url")}audio/a.mp3)", summary, StringComparison.Ordinal);
    }

    private static async Task<Workbench> StartAsync()
    {
        var bench = await Workbench.StartAsync();
        bench.Write("assets/index.html", "page");
        bench.Write("assets/audio/a.mp3", "a");
        bench.Write("assets/audio/b/c.mp3", "c");
        return bench;
    }

    private static void AssertEnded(CliRun run, int exitCode, params string[] codes)
    {
        Assert.Equal(exitCode, run.ExitCode);
        Assert.Equal(codes, run.Codes.Order(StringComparer.Ordinal));
    }

    private static List<JsonElement> Entries(JsonElement output) =>
        [.. output.GetProperty("services").EnumerateArray()];

    private static IEnumerable<string?> ReadPaths(string manifest) =>
        JsonSerializer
            .Deserialize<JsonElement>(File.ReadAllText(manifest))
            .GetProperty("assets")
            .EnumerateArray()
            .Select(asset => asset.Text("path"));
}
