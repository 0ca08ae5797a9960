using static Serverless.Assets.Cli.Tests.Versions.WorkbenchVersions;

namespace Serverless.Assets.Cli.Tests.Versions;

public sealed class VersionsListTests
{
    [Fact]
    public async Task The_table_has_a_row_for_each_version_newest_first()
    {
        await using var bench = await Workbench.StartAsync();
        var service = await bench.CreateServiceAsync();
        var (asset, versions) = await bench.AddAssetAsync("/img/a.txt", "first", "second");

        var run = await bench.RunAsync("versions list", "--asset", "/img/a.txt");

        var rows = new List<string>();
        foreach (var sid in versions.Reverse())
        {
            var version = await bench.Emulator.GetAsync($"/v1/Services/{service}/Assets/{asset}/Versions/{sid}");
            rows.Add($"  {sid}  public      {version.Text("date_created")}  /img/a.txt");
        }

        Assert.Equal(
            [
                $"Found 2 versions of Asset {asset}",
                "  version                             visibility  created               path",
                .. rows,
            ],
            run.SucceededSilently().Out.TrimEnd().ReplaceLineEndings("\n").Split('\n')
        );
    }

    [Fact]
    public async Task The_JSON_output_has_the_same_versions()
    {
        await using var bench = await Workbench.StartAsync();
        var service = await bench.CreateServiceAsync();
        var (asset, versions) = await bench.AddAssetAsync("/a.txt", "first", "second", "third");

        var json = await bench.JsonAsync("versions list", "--asset", asset);

        Assert.Equal(
            ("listed", $"Found 3 versions of Asset {asset}", service, asset),
            (json.Text("outcome"), json.Text("summary"), json.Text("serviceSid"), json.Text("assetSid"))
        );
        Assert.Equal(versions.Reverse(), json.VersionSids());
        Assert.All(
            json.GetProperty("versions").EnumerateArray(),
            version => Assert.Equal(("/a.txt", "public"), (version.Text("path"), version.Text("visibility")))
        );
    }

    [Fact]
    public async Task An_Asset_without_versions_is_an_empty_list()
    {
        await using var bench = await Workbench.StartAsync();
        await bench.CreateServiceAsync();
        var (asset, _) = await bench.AddAssetAsync("/a.txt");

        var run = await bench.RunAsync("versions list", "--asset", "/a.txt");

        Assert.Equal([$"Found 0 versions of Asset {asset}"], CliRun.Lines(run.SucceededSilently().Out));
        Assert.Empty((await bench.JsonAsync("versions list", "--asset", "/a.txt")).VersionSids());
    }

    [Theory]
    [InlineData(5, "Found 5 versions", 1)]
    [InlineData(5, "Found 5 versions", 1, "--limit", "0")]
    [InlineData(1, "Found at least 1 version", 1, "--limit", "1")]
    [InlineData(5, "Found at least 5 versions", 1, "--limit", "5")]
    [InlineData(5, "Found 5 versions", 1, "--limit", "6")]
    [InlineData(5, "Found 5 versions", 3, "--page-size", "2")]
    [InlineData(5, "Found 5 versions", 1, "--page-size", "1000", "--limit", "2147483647")]
    [InlineData(3, "Found at least 3 versions", 2, "--page-size", "2", "--limit", "3")]
    [InlineData(2, "Found at least 2 versions", 1, "--page-size", "2", "--limit", "2")]
    public async Task The_limit_and_the_page_size_decide_on_the_requests(
        int count,
        string summary,
        int requests,
        params string[] options
    )
    {
        await using var bench = await Workbench.StartAsync();
        var service = await bench.CreateServiceAsync();
        var (asset, versions) = await bench.AddAssetAsync("/a.txt", "1", "2", "3", "4", "5");

        var json = await bench.JsonAsync("versions list", ["--asset", asset, "--service-sid", service, .. options]);

        Assert.Equal(versions.Reverse().Take(count), json.VersionSids());
        Assert.Equal($"{summary} of Asset {asset}", json.Text("summary"));
        Assert.Equal([$"AssetVersion.List {requests}"], await bench.Emulator.TakeRequestsAsync());
    }

    [Fact]
    public async Task A_path_takes_one_more_request()
    {
        await using var bench = await Workbench.StartAsync();
        var service = await bench.CreateServiceAsync();
        await bench.AddAssetAsync("/a.txt", "1");

        await bench.RunAsync("versions list", "--asset", "/a.txt", "--service-sid", service);

        Assert.Equal(
            ["Asset.List 1", "AssetVersion.List 1"],
            (await bench.Emulator.TakeRequestsAsync()).Order(StringComparer.Ordinal)
        );
    }

    [Fact]
    public async Task A_path_that_no_Asset_has_is_reported_with_similar_ones()
    {
        await using var bench = await Workbench.StartAsync();
        var service = await bench.CreateServiceAsync();
        foreach (var name in (string[])["/img/logo.png", "/img/Logo.png", "/logo.pgn", "/robots.txt"])
        {
            await bench.AddAssetAsync(name);
        }

        var run = await bench.RunAsync("versions list", "--asset", "/img/logo.pgn");
        var none = await bench.RunAsync("versions list", "--asset", "/nothing/like/it");

        Assert.Equal((1, ""), (run.ExitCode, run.Out));
        Assert.StartsWith(
            $"error SAB3020: There is no Asset '/img/logo.pgn' in Service {service}. Similar names: '/img/Logo.png', '/img/logo.png', '/logo.pgn'. Check --asset, --service-sid and --service-name. https://",
            Assert.Single(run.ErrorLines),
            StringComparison.Ordinal
        );
        Assert.StartsWith(
            $"error SAB3020: There is no Asset '/nothing/like/it' in Service {service}. Check --asset, --service-sid and --service-name. https://",
            Assert.Single(none.ErrorLines),
            StringComparison.Ordinal
        );
        Assert.Equal(4, (await bench.Emulator.GetAssetsAsync(Workbench.ServiceName)).Count);
    }

    [Fact]
    public async Task The_live_Asset_is_listed_of_several_with_one_name_otherwise_the_oldest()
    {
        await using var bench = await Workbench.StartAsync();
        await bench.CreateServiceAsync();
        var (oldest, _) = await bench.AddAssetAsync("/a.txt", "oldest");
        var (live, versions) = await bench.AddAssetAsync("/a.txt", "live");
        await bench.DeployVersionAsync(versions[0], "prod");

        var inDev = await bench.RunAsync("versions list", "--asset", "/a.txt", "--json");
        var inProd = await bench.RunAsync("versions list", "--asset", "/a.txt", "--json", "--environment", "prod");
        var silenced = await bench.RunAsync("versions list", "--asset", "/a.txt", "--no-warn", "SAB3008");

        Assert.Equal((oldest, "SAB3008"), (inDev.Json.Text("assetSid"), Assert.Single(inDev.Codes)));
        Assert.Equal((live, "SAB3008"), (inProd.Json.Text("assetSid"), Assert.Single(inProd.Codes)));
        Assert.StartsWith(
            $"Found 1 version of Asset {oldest}",
            silenced.SucceededSilently().Out,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task Nothing_is_created_not_even_the_Service()
    {
        await using var bench = await Workbench.StartAsync();

        var run = await bench.RunAsync("versions list", "--asset", UnknownAsset);

        Assert.Equal((1, "SAB3003"), (run.ExitCode, Assert.Single(run.Codes)));
        Assert.Empty(await bench.Emulator.GetServiceNamesAsync());
    }
}
