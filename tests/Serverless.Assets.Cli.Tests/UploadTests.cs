using System.Text.Json;
using Serverless.Assets.Emulator;

namespace Serverless.Assets.Cli.Tests;

public sealed class UploadTests
{
    [Fact]
    public async Task An_upload_leaves_every_byte_at_the_service_and_a_manifest_that_names_it()
    {
        await using var bench = await Workbench.StartAsync();
        bench.Write("assets/index.html", "<h1>Ü</h1>");
        bench.Write("assets/css/site.css", "h1 { color: red }");
        bench.Write("assets/members/list.protected.json", "[]");

        var run = await bench.RunAsync("upload");

        Assert.Equal(0, run.ExitCode);
        Assert.Equal(
            [
                "/assets/index.html public <h1>Ü</h1>",
                "/css/site.css public h1 { color: red }",
                "/index.html public <h1>Ü</h1>",
                "/members/list.json protected []",
            ],
            await bench.Emulator.DescribeContentsAsync()
        );
        await bench.Emulator.AssertHoldsAsync(
            bench.ManifestPath,
            Workbench.ServiceName,
            new Dictionary<string, string>
            {
                ["/assets/index.html"] = "<h1>Ü</h1>",
                ["/css/site.css"] = "h1 { color: red }",
                ["/index.html"] = "<h1>Ü</h1>",
                ["/members/list.json"] = "[]",
            }
        );
    }

    [Fact]
    public async Task The_copy_of_the_start_page_is_uploaded_once_and_can_be_turned_off()
    {
        await using var bench = await Workbench.StartAsync();
        bench.Write("assets/index.html", "<h1>one</h1>");
        var first = await bench.RunAsync("upload", "--json");
        var again = await bench.RunAsync("upload", "--json");
        Assert.Equal(["/assets/index.html", "/index.html"], Paths(first));
        Assert.Equal("nothingChanged", again.Json.GetProperty("outcome").GetString());

        Assert.Equal(["/index.html"], Paths(await bench.RunAsync("upload", "--json", "--root-index", "false")));
        bench.Write("serverless-assets.json", """{ "rootIndex": false }""");
        Assert.Equal(["/index.html"], Paths(await bench.RunAsync("plan", "--json")));

        static IEnumerable<string> Paths(CliRun run) =>
            run.Json.GetProperty("assets").EnumerateArray().Select(asset => $"{asset.GetProperty("path")}");
    }

    [Fact]
    public async Task The_result_is_on_standard_output_and_what_happened_on_standard_error()
    {
        await using var bench = await Workbench.StartAsync();
        bench.Write("assets/a.txt", "first");

        var run = await bench.RunAsync("upload");

        var service = (await bench.Emulator.GetAsync($"/v1/Services/{Workbench.ServiceName}"))
            .GetProperty("sid")
            .GetString();
        var lines = CliRun.Lines(run.Out);
        Assert.Matches($@"^Uploaded 1 file \(5 B\) to {service} in \d+\.\d s, 0 unchanged$", lines[0]);
        Assert.Equal(
            [
                "visibility  files       size  uploaded  unchanged",
                "public          1        5 B         1          0",
                "total           1        5 B         1          0",
                $"manifest written: {bench.ManifestPath}",
            ],
            lines.Skip(1)
        );
        Assert.Equal([$"Created the Service {Workbench.ServiceName} ({service})"], run.ErrorLines);
    }

    [Fact]
    public async Task The_result_as_JSON_is_the_whole_of_standard_output()
    {
        await using var bench = await Workbench.StartAsync();
        bench.Write("assets/a.txt", "first");
        (await bench.RunAsync("upload", "--quiet")).SucceededSilently();
        bench.Write("assets/b.private.txt", "second");

        var result = (await bench.RunAsync("upload", "--json")).SucceededSilently().Json;

        var manifest = JsonSerializer.Deserialize<JsonElement>(File.ReadAllBytes(bench.ManifestPath));
        Assert.Equal(manifest.GetProperty("serviceSid").GetString(), result.GetProperty("serviceSid").GetString());
        Assert.Equal(bench.ManifestPath, result.GetProperty("manifest").GetString());
        Assert.Equal(
            (1, 1, 11),
            (
                result.GetProperty("uploaded").GetInt32(),
                result.GetProperty("unchanged").GetInt32(),
                result.GetProperty("bytes").GetInt32()
            )
        );
        Assert.True(result.GetProperty("seconds").GetDouble() >= 0);
        Assert.Equal(
            manifest
                .GetProperty("assets")
                .EnumerateArray()
                .Select(
                    (asset, i) =>
                        $"{asset.GetProperty("path")} {asset.GetProperty("visibility")} {(i == 0 ? "unchanged" : "uploaded")} {asset.GetProperty("assetVersionSid")} {asset.GetProperty("assetSid")} {asset.GetProperty("size")} {asset.GetProperty("sha256")}"
                ),
            result
                .GetProperty("assets")
                .EnumerateArray()
                .Select(asset =>
                    $"{asset.GetProperty("path")} {asset.GetProperty("visibility")} {asset.GetProperty("status")} {asset.GetProperty("assetVersionSid")} {asset.GetProperty("assetSid")} {asset.GetProperty("size")} {asset.GetProperty("sha256")}"
                )
        );
    }

    [Fact]
    public async Task A_second_run_uploads_nothing_and_reports_it()
    {
        await using var bench = await Workbench.StartAsync();
        bench.Write("assets/a.txt", "first");
        (await bench.RunAsync("upload", "--quiet")).SucceededSilently();
        await bench.Emulator.ResetStatsAsync();

        var run = (await bench.RunAsync("upload")).SucceededSilently();

        Assert.Equal(0, await bench.Emulator.CountUploadsAsync());
        Assert.Contains("manifest unchanged", run.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_upload_that_fails_exits_with_1_names_the_file_and_leaves_no_manifest()
    {
        await using var bench = await Workbench.StartAsync(
            new EmulatorFaults { RejectStatus = 403, RejectPathContains = "bad" }
        );
        bench.Write("assets/bad.txt", "refused");
        bench.Write("assets/good.txt", "taken");

        var run = await bench.RunAsync("upload", "--json");

        Assert.Equal((1, ""), (run.ExitCode, run.Out));
        Assert.Equal(["SAB3006"], run.Codes);
        Assert.Contains(
            $"{bench.PathOf("assets/bad.txt")}(1): error SAB3006: 'assets/bad.txt' was not uploaded",
            run.Error,
            StringComparison.Ordinal
        );
        Assert.Contains("docs/diagnostics.md#sab3006", run.Error, StringComparison.Ordinal);
        Assert.False(File.Exists(bench.ManifestPath));
    }

    [Fact]
    public async Task A_service_that_does_not_exist_and_may_not_be_created_fails()
    {
        await using var bench = await Workbench.StartAsync();
        bench.Write("assets/a.txt");

        var run = await bench.RunExactlyAsync(
            "upload",
            "--project",
            bench.Project,
            "--service-name",
            "other",
            "--api-base-url",
            bench.Emulator.Url,
            "--upload-base-url",
            bench.Emulator.Url
        );

        Assert.Equal((1, ""), (run.ExitCode, run.Out));
        Assert.Equal(["SAB3003"], run.Codes);
    }

    [Fact]
    public async Task Credentials_that_the_service_refuses_fail_without_being_shown()
    {
        await using var bench = await Workbench.StartAsync();
        bench.Write("assets/a.txt");
        bench.Environment["TWILIO_API_KEY"] = "SKzz";

        var run = await bench.RunAsync("upload");

        Assert.Equal(1, run.ExitCode);
        Assert.Equal(["SAB1002"], run.Codes);
        Assert.DoesNotContain("SKzz", run.Error, StringComparison.Ordinal);
    }
}
