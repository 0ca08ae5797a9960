using System.Security.Cryptography;
using System.Text;
using Microsoft.Build.Framework;
using Serverless.Assets.Settings;

namespace Serverless.Assets.Build.Tests;

public sealed class UploadServerlessAssetsTests
{
    private readonly CapturingBuildEngine _engine = new();

    [Fact]
    public async Task Uploaded_assets_come_out_complete_and_are_in_the_store_byte_for_byte()
    {
        await using var bench = await Workbench.StartAsync();
        var page = bench.Write("home.html", "<h1>Straße</h1>");
        var names = bench.Write("names;1%41.private.json", "[\"a\"]");
        var task = bench.UploadTask(
            _engine,
            bench.Collect(Workbench.Item(page), Workbench.Item(names, ("AssetPath", "/names.json")))
        );
        task.EmulatorHint = "look there";

        Assert.True(task.Execute());

        Assert.Equal(
            [
                $"/home.html|public|text/html; charset=utf-8|{Sha256("<h1>Straße</h1>")}|16|{page}|Uploaded",
                $"/names.json|private|application/json|{Sha256("[\"a\"]")}|5|{names}|Uploaded",
            ],
            task.AssetVersions.Select(Describe)
        );
        Assert.Equal(
            ["/home.html public text/html; charset=utf-8", "/names.json private application/json"],
            await bench.Emulator.DescribeVersionsAsync()
        );
        foreach (var (version, text) in task.AssetVersions.Zip(["<h1>Straße</h1>", "[\"a\"]"]))
        {
            Assert.Equal(text, await bench.Emulator.GetTextAsync(version.ItemSpec));
            var stored = await bench.Emulator.GetAsync($"/__emulator/versions/{version.ItemSpec}");
            Assert.Equal(stored.GetProperty("asset_sid").GetString(), version.GetMetadata("AssetSid"));
            Assert.Equal(stored.GetProperty("service_sid").GetString(), task.ServiceSid);
        }

        Assert.Equal(
            [
                LoggedEvent.High($"Created the Service site ({task.ServiceSid})"),
                LoggedEvent.High(
                    $"Serverless assets: Uploaded 2 files (21 B) to {task.ServiceSid} in 0.0 s, 0 unchanged"
                ),
                LoggedEvent.High($"Site -> {bench.ManifestPath}"),
                LoggedEvent.High("Site -> look there"),
            ],
            _engine.Log
        );
        Assert.Contains(
            new LoggedEvent(
                "Low",
                $"""
                  visibility  files       size  uploaded  unchanged
                  public          1       16 B         1          0
                  private         1        5 B         1          0
                  total           2       21 B         2          0
                  manifest written: {bench.ManifestPath}
                """.ReplaceLineEndings()
            ),
            _engine.All
        );
    }

    [Fact]
    public async Task A_second_run_sends_nothing_but_the_question_for_the_service()
    {
        await using var bench = await Workbench.StartAsync();
        var assets = bench.Collect(Workbench.Item(bench.Write("a.txt", "a")));
        var first = bench.UploadTask(new CapturingBuildEngine(), assets);
        Assert.True(first.Execute());
        var requests = await bench.Emulator.CountAllRequestsAsync();

        var second = bench.UploadTask(_engine, assets);
        Assert.True(second.Execute());

        Assert.Equal(requests + 1, await bench.Emulator.CountAllRequestsAsync());
        Assert.Equal(Assert.Single(first.AssetVersions).ItemSpec, Assert.Single(second.AssetVersions).ItemSpec);
        Assert.Equal("Unchanged", second.AssetVersions[0].GetMetadata("Status"));
        Assert.Equal(
            [
                LoggedEvent.High($"Serverless assets: Nothing changed: 1 file already uploaded to {first.ServiceSid}"),
                LoggedEvent.High($"Site -> {bench.ManifestPath}"),
            ],
            _engine.Log
        );
    }

    [Fact]
    public async Task A_lost_connection_is_not_worth_a_message()
    {
        await using var bench = await Workbench.StartAsync();
        bench.HttpHandler = () =>
            InterceptingHandler.Fail(number =>
                number == 1 ? new HttpRequestException(HttpRequestError.ConnectionError, "reset") : null
            );
        var task = bench.UploadTask(_engine, bench.Collect(Workbench.Item(bench.Write("a.txt", "a"))));

        Assert.True(task.Execute());

        Assert.Equal("Uploaded", Assert.Single(task.AssetVersions).GetMetadata("Status"));
        Assert.All(_engine.Log, logged => Assert.Equal("High", logged.Kind));
    }

    [Fact]
    public async Task Without_assets_nothing_is_sent_and_an_old_manifest_is_withdrawn()
    {
        await using var bench = await Workbench.StartAsync();
        Assert.True(
            bench
                .UploadTask(new CapturingBuildEngine(), bench.Collect(Workbench.Item(bench.Write("a.txt", "a"))))
                .Execute()
        );
        var requests = await bench.Emulator.CountAllRequestsAsync();

        var task = bench.UploadTask(_engine);
        Assert.True(task.Execute());

        Assert.Equal(requests, await bench.Emulator.CountAllRequestsAsync());
        Assert.Empty(task.AssetVersions);
        Assert.False(File.Exists(bench.ManifestPath));
        Assert.True(File.Exists(bench.ManifestPath + ".previous"));
        Assert.Contains(
            "No assets: the previous manifest was moved to",
            Assert.Single(_engine.Log).Message,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task Missing_credentials_are_an_error_that_names_the_variables()
    {
        await using var bench = await Workbench.StartAsync();
        bench.Environment.Clear();
        var task = bench.UploadTask(_engine, bench.Collect(Workbench.Item(bench.Write("a.txt", "a"))));

        Assert.False(task.Execute());

        Assert.Equal([LoggedEvent.NoCredentials], _engine.Log);
        Assert.Equal(0, await bench.Emulator.CountAllRequestsAsync());
    }

    [Fact]
    public async Task A_wrong_service_sid_is_an_error_before_any_request()
    {
        await using var bench = await Workbench.StartAsync();
        var task = bench.UploadTask(_engine, bench.Collect(Workbench.Item(bench.Write("a.txt", "a"))));
        task.Set(SettingTable.ServiceSid, "AC00000000000000000000000000000000");

        Assert.False(task.Execute());

        Assert.Equal(
            [
                LoggedEvent.Error(
                    "SAB1003",
                    "ServerlessAssetsServiceSid 'AC00000000000000000000000000000000' is not a valid Service SID: expected ZS followed by 32 hexadecimal digits. Copy the SID from the Twilio Console, or set ServerlessAssetsServiceName instead."
                ),
            ],
            _engine.Log
        );
        Assert.Equal(0, await bench.Emulator.CountAllRequestsAsync());
    }

    [Fact]
    public async Task A_service_that_is_not_there_is_an_error()
    {
        await using var bench = await Workbench.StartAsync();
        var task = bench.UploadTask(_engine, bench.Collect(Workbench.Item(bench.Write("a.txt", "a"))));
        task.Set(SettingTable.CreateService, "false");

        Assert.False(task.Execute());

        Assert.Equal(
            [
                LoggedEvent.Error(
                    "SAB3003",
                    $"There is no Service 'site' in this account at {bench.Emulator.Url}. Check ServerlessAssetsServiceSid, ServerlessAssetsServiceName or ServerlessAssetsServiceRules, the region, and the account of the credentials. To create the Service, set ServerlessAssetsServiceName and ServerlessAssetsCreateService=true."
                ),
            ],
            _engine.Log
        );
        Assert.Equal(1, await bench.Emulator.CountAllRequestsAsync());
    }

    private static string Describe(ITaskItem version)
    {
        Assert.Matches("^ZN[0-9a-f]{32}$", version.ItemSpec);
        string[] names = ["AssetPath", "Visibility", "ContentType", "Sha256", "Size", "SourceFile", "Status"];
        return string.Join('|', names.Select(version.GetMetadata));
    }

    private static string Sha256(string text) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
}
