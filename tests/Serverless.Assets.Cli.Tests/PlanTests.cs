namespace Serverless.Assets.Cli.Tests;

public sealed class PlanTests
{
    [Fact]
    public async Task A_text_plan_reports_the_actions_of_an_upload()
    {
        await using var bench = await Workbench.StartAsync();
        bench.Write("assets/a.txt", "first");
        bench.Write("assets/names.private.json", "{}");

        var run = await bench.RunAsync("plan");

        run.SucceededSilently();
        Assert.Equal(
            [
                "2 of 2 files would be uploaded to a new Service (7 B); nothing is live in dev",
                "new        public           5 B  /a.txt  (assets/a.txt)",
                "new        private          2 B  /names.json  (assets/names.private.json)",
                "total       files       size",
                "new             2        7 B",
                "changed         0        0 B",
                "unchanged       0        0 B",
                "kept            0",
                "removed         0",
            ],
            CliRun.Lines(run.Out)
        );
    }

    [Fact]
    public async Task The_copy_that_is_served_at_the_root_is_planned()
    {
        await using var bench = await Workbench.StartAsync();
        bench.Write("assets/index.html", "page");

        var run = (await bench.RunAsync("plan")).SucceededSilently();

        Assert.Equal(
            [
                "2 of 2 files would be uploaded to a new Service (8 B); nothing is live in dev",
                "new        public           4 B  /assets/index.html  (assets/index.html)",
                "new        public           4 B  /index.html  (assets/index.html)",
            ],
            CliRun.Lines(run.Out).Take(3)
        );
        Assert.Equal(
            ["/index.html"],
            (await bench.RunAsync("plan", "--root-index", "false", "--json"))
                .SucceededSilently()
                .Json.GetProperty("assets")
                .EnumerateArray()
                .Select(asset => asset.Text("path"))
        );
    }

    [Fact]
    public async Task A_plan_as_JSON_has_every_asset()
    {
        await using var bench = await Workbench.StartAsync();
        bench.Write("assets/a.txt", "first");
        (await bench.RunAsync("upload", "--quiet")).SucceededSilently();
        bench.Write("assets/b.txt", "second");

        var plan = (await bench.RunAsync("plan", "--json")).SucceededSilently().Json;

        var service = (await bench.Emulator.GetAsync($"/v1/Services/{Workbench.ServiceName}"))
            .GetProperty("sid")
            .GetString();
        Assert.Equal(
            (service, 1, 1, 6),
            (
                plan.GetProperty("serviceSid").GetString(),
                plan.GetProperty("toUpload").GetInt32(),
                plan.GetProperty("unchanged").GetInt32(),
                plan.GetProperty("bytes").GetInt64()
            )
        );
        Assert.Equal(
            [
                """{"path":"/a.txt","visibility":"public","action":"unchanged","change":"new","file":"assets/a.txt","size":5,"sha256":"a7937b64b8caa58f03721bb6bacf5c78cb235febe0e70b1b84cd99541461a08e"}""",
                """{"path":"/b.txt","visibility":"public","action":"upload","change":"new","file":"assets/b.txt","size":6,"sha256":"16367aacb67a4a017c8da8ab95682ccb390863780f7114dda0a0e0c55644c7c4"}""",
            ],
            plan.GetProperty("assets")
                .EnumerateArray()
                .Select(asset => System.Text.Json.JsonSerializer.Serialize(asset))
        );
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_plan_only_reads(bool serviceExists)
    {
        await using var bench = await Workbench.StartAsync();
        bench.Write("assets/a.txt", "first");
        if (serviceExists)
        {
            (await bench.RunAsync("upload", "--quiet")).SucceededSilently();
            bench.Write("assets/a.txt", "changed");
        }

        var before = serviceExists ? File.ReadAllText(bench.ManifestPath) : null;
        await bench.Emulator.ResetStatsAsync();

        (await bench.RunAsync("plan")).SucceededSilently();

        Assert.All(
            (await bench.Emulator.CountRequestsAsync()).Keys,
            operation =>
                Assert.True(
                    operation.EndsWith(".Fetch", StringComparison.Ordinal)
                        || operation.EndsWith(".List", StringComparison.Ordinal),
                    operation
                )
        );
        Assert.Equal(before, File.Exists(bench.ManifestPath) ? File.ReadAllText(bench.ManifestPath) : null);
        Assert.Equal(serviceExists ? ["/a.txt public first"] : [], await bench.Emulator.DescribeContentsAsync());
    }

    [Fact]
    public async Task Quiet_leaves_the_plan_and_silences_the_rest()
    {
        await using var bench = await Workbench.StartAsync();
        bench.Write("assets/a.txt", "first");

        var run = await bench.RunAsync("plan", "--quiet");

        Assert.Contains(
            "1 of 1 file would be uploaded to a new Service (5 B)",
            run.SucceededSilently().Out,
            StringComparison.Ordinal
        );
    }

    [Theory]
    [InlineData("Keep", "kept")]
    [InlineData("Remove", "removed")]
    public async Task A_text_plan_reports_changes_to_the_live_Build(string otherAssets, string word)
    {
        await using var bench = await Workbench.StartAsync();
        var live = await bench.DeployAsync(("changed.txt", "one"), ("same.txt", "same"), ("old.protected.txt", "old"));
        await bench.UploadAsync(("changed.txt", "other"), ("same.txt", "same"), ("new.txt", "newer!"));
        bench.Write("assets/last.txt", "z");

        var old = (await bench.RunAsync("list", "--json", "--environment", "dev"))
            .Json.GetProperty("environments")[0]
            .GetProperty("assets")
            .EnumerateArray()
            .Single(asset => asset.Text("path") == "/old.txt")
            .Text("assetVersionSid");
        var run = (await bench.RunAsync("plan", "--other-assets", otherAssets)).SucceededSilently();

        Assert.Equal(
            [
                $"1 of 4 files would be uploaded to {live.Text("serviceSid")} (1 B), "
                    + $"compared with {live.Text("buildSid")} in dev",
                "new        public           1 B  /last.txt  (assets/last.txt)",
                "new        public           6 B  /new.txt  (assets/new.txt)",
                "changed    public           5 B  /changed.txt  (assets/changed.txt)",
                $"{word, -10} protected             /old.txt  ({old})",
                "total       files       size",
                "new             2        7 B",
                "changed         1        5 B",
                "unchanged       1        4 B",
                $"kept       {(word == "kept" ? 1 : 0), 6}",
                $"removed    {(word == "removed" ? 1 : 0), 6}",
            ],
            CliRun.Lines(run.Out)
        );
    }

    [Theory]
    [InlineData("Keep", "kept", "removed")]
    [InlineData("Remove", "removed", "kept")]
    public async Task A_JSON_plan_reports_changes_to_the_live_Build(string otherAssets, string holds, string empty)
    {
        await using var bench = await Workbench.StartAsync();
        var deployed = await bench.DeployAsync(
            ("changed.txt", "one"),
            ("same.txt", "same"),
            ("old.protected.txt", "old")
        );
        await bench.UploadAsync(("changed.txt", "other"), ("same.txt", "same"), ("new.txt", "newer!"));
        var old = (await bench.Emulator.GetVersionsAsync()).Single(version => version.Text("path") == "/old.txt");
        var methods = new System.Collections.Concurrent.ConcurrentBag<HttpMethod>();
        bench.HttpHandler = () => InterceptingHandler.Observe(request => methods.Add(request.Method));

        var plan = await bench.JsonAsync("plan", "--other-assets", otherAssets);

        Assert.Equal(
            ["/changed.txt changed", "/new.txt new", "/same.txt unchanged"],
            plan.GetProperty("assets").EnumerateArray().Select(asset => $"{asset.Text("path")} {asset.Text("change")}")
        );
        var live = plan.GetProperty("live");
        Assert.Equal(
            (
                "dev",
                deployed.Text("buildSid"),
                """{"files":1,"bytes":6}""",
                """{"files":1,"bytes":5}""",
                """{"files":1,"bytes":4}"""
            ),
            (live.Text("environment"), live.Text("buildSid"), Compact("new"), Compact("changed"), Compact("unchanged"))
        );
        Assert.Equal(
            $$"""[{"path":"/old.txt","visibility":"protected","assetVersionSid":"{{old.Text("sid")}}","assetSid":"{{old.Text("asset_sid")}}"}]""",
            Compact(holds)
        );
        Assert.Equal("[]", Compact(empty));
        Assert.NotEmpty(methods);
        Assert.All(methods, method => Assert.Equal(HttpMethod.Get, method));

        string Compact(string name) => System.Text.Json.JsonSerializer.Serialize(live.GetProperty(name));
    }
}
