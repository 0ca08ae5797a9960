using static Serverless.Assets.Cli.Tests.Versions.WorkbenchVersions;

namespace Serverless.Assets.Cli.Tests.Versions;

public sealed class VersionsGetTests
{
    [Fact]
    public async Task The_properties_of_each_version_are_shown_in_the_order_of_the_arguments()
    {
        await using var bench = await Workbench.StartAsync();
        var service = await bench.CreateServiceAsync();
        var (asset, versions) = await bench.AddAssetAsync("/a.txt", "first", "second");

        var run = await bench.RunAsync("versions get", versions[1], versions[0], versions[1], "--asset", asset);

        var expected = new List<string> { $"Found 2 versions of Asset {asset}" };
        foreach (var sid in versions.Reverse())
        {
            var version = await bench.Emulator.GetAsync($"/v1/Services/{service}/Assets/{asset}/Versions/{sid}");
            expected.AddRange([
                sid,
                "  path        /a.txt",
                "  visibility  public",
                $"  created     {version.Text("date_created")}",
                $"  Asset       {asset}",
                $"  Service     {service}",
                $"  account     {version.Text("account_sid")}",
                $"  URL         {version.Text("url")}",
            ]);
        }

        Assert.Equal(expected, run.SucceededSilently().Out.TrimEnd().ReplaceLineEndings("\n").Split('\n'));
    }

    [Fact]
    public async Task The_JSON_output_has_the_documented_properties()
    {
        await using var bench = await Workbench.StartAsync();
        var service = await bench.CreateServiceAsync();
        var (asset, versions) = await bench.AddAssetAsync("/a.txt", "first");
        var version = await bench.Emulator.GetAsync($"/v1/Services/{service}/Assets/{asset}/Versions/{versions[0]}");

        JsonAssert.Same(
            $$"""
            {
              "outcome": "listed",
              "summary": "Found 1 version of Asset {{asset}}",
              "serviceSid": "{{service}}",
              "assetSid": "{{asset}}",
              "versions": [
                {
                  "assetVersionSid": "{{versions[0]}}",
                  "accountSid": "{{version.Text("account_sid")}}",
                  "serviceSid": "{{service}}",
                  "assetSid": "{{asset}}",
                  "path": "/a.txt",
                  "visibility": "public",
                  "dateCreated": "{{version.Text("date_created")}}",
                  "url": "{{version.Text("url")}}"
                }
              ]
            }
            """,
            await bench.JsonAsync("versions get", versions[0], "--asset", asset)
        );
    }

    [Fact]
    public async Task Each_version_takes_one_request_and_a_path_one_more()
    {
        await using var bench = await Workbench.StartAsync();
        var service = await bench.CreateServiceAsync();
        var (asset, versions) = await bench.AddAssetAsync("/a.txt", "first", "second");

        await bench.RunAsync("versions get", versions[0], versions[1], "--asset", asset, "--service-sid", service);
        Assert.Equal(["AssetVersion.Fetch 2"], await bench.Emulator.TakeRequestsAsync());

        await bench.RunAsync("versions get", versions[0], "--asset", "/a.txt", "--service-sid", service);
        Assert.Equal(
            ["Asset.List 1", "AssetVersion.Fetch 1"],
            (await bench.Emulator.TakeRequestsAsync()).Order(StringComparer.Ordinal)
        );

        await bench.RunAsync("versions get", versions[0], "--asset", asset);
        Assert.Equal(
            ["AssetVersion.Fetch 1", "Service.Fetch 1"],
            (await bench.Emulator.TakeRequestsAsync()).Order(StringComparer.Ordinal)
        );
    }

    [Fact]
    public async Task All_versions_that_do_not_exist_are_reported()
    {
        await using var bench = await Workbench.StartAsync();
        var service = await bench.CreateServiceAsync();
        var (asset, versions) = await bench.AddAssetAsync("/a.txt", "first");
        var (_, others) = await bench.AddAssetAsync("/b.txt", "of another Asset");

        var run = await bench.RunAsync(
            "versions get",
            UnknownVersion,
            versions[0],
            others[0],
            "--asset",
            "/a.txt",
            "--json"
        );

        Assert.Equal((1, ""), (run.ExitCode, run.Out));
        Assert.Equal(["SAB3021", "SAB3021"], run.Codes);
        Assert.StartsWith(
            $"error SAB3021: Asset {asset} in Service {service} has no Asset Version {UnknownVersion}. Check the SIDs.",
            run.ErrorLines[0],
            StringComparison.Ordinal
        );
        Assert.Contains($"no Asset Version {others[0]}.", run.ErrorLines[1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Quiet_shows_the_properties_that_the_user_asked_for()
    {
        await using var bench = await Workbench.StartAsync();
        await bench.CreateServiceAsync();
        var (asset, versions) = await bench.AddAssetAsync("/a.txt", "first");

        var run = await bench.RunAsync("versions get", versions[0], "--asset", asset, "--quiet");

        Assert.Contains("  path        /a.txt", run.SucceededSilently().Out, StringComparison.Ordinal);
    }
}
