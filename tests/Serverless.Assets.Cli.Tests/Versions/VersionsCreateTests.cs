using System.Security.Cryptography;
using System.Text;

namespace Serverless.Assets.Cli.Tests.Versions;

/// <summary><c>versions create</c>: what is at the service afterwards, and what the command prints.</summary>
public sealed class VersionsCreateTests
{
    [Fact]
    public async Task A_path_that_no_Asset_has_creates_the_Asset_and_its_version()
    {
        await using var bench = await Workbench.StartAsync();
        await bench.CreateServiceAsync();
        bench.Write("src/logo.svg", "<svg/>");

        var run = await bench.RunAsync("versions create", "src/logo.svg", "--asset", "/img/logo.svg");

        Assert.Equal(0, run.ExitCode);
        Assert.Equal(
            ["Asset.Create 1", "Asset.List 1", "AssetVersion.Create 1", "Service.Fetch 1"],
            (await bench.Emulator.TakeRequestsAsync()).Order(StringComparer.Ordinal)
        );
        var version = Assert.Single(await bench.Emulator.GetVersionsAsync());
        var asset = Assert.Single(await bench.Emulator.GetAssetsAsync(Workbench.ServiceName));
        Assert.Equal("/img/logo.svg", asset.Value);
        Assert.Equal(
            [
                $"Uploaded /img/logo.svg (public, 6 B) as {version.Sid()}, a version of the new Asset {asset.Key}",
                "It becomes live when a Build that contains it is deployed",
            ],
            CliRun.Lines(run.Out)
        );
        Assert.Equal([$"Created the Asset /img/logo.svg ({asset.Key})"], run.ErrorLines);
        Assert.Equal(["/img/logo.svg public image/svg+xml"], await bench.Emulator.DescribeVersionsAsync());
        Assert.Equal(["/img/logo.svg public <svg/>"], await bench.Emulator.DescribeContentsAsync());
    }

    [Fact]
    public async Task A_path_of_an_Asset_adds_a_version_even_if_the_content_is_the_same()
    {
        await using var bench = await Workbench.StartAsync();
        await bench.CreateServiceAsync();
        var (asset, versions) = await bench.AddAssetAsync("/a.txt", "same");
        bench.Write("a.txt", "same");

        var run = (await bench.RunAsync("versions create", "a.txt", "--asset", "/a.txt")).SucceededSilently();

        var added = Assert.Single(
            (await bench.Emulator.GetVersionsAsync()).Select(version => version.Sid()).Except(versions)
        );
        Assert.Equal($"Uploaded /a.txt (public, 4 B) as {added}, a version of Asset {asset}", CliRun.Lines(run.Out)[0]);
        Assert.Equal(["/a.txt"], await bench.Emulator.GetAssetNamesAsync(Workbench.ServiceName));
    }

    [Fact]
    public async Task With_both_SIDs_only_the_upload_is_requested()
    {
        await using var bench = await Workbench.StartAsync();
        var service = await bench.CreateServiceAsync();
        var (asset, _) = await bench.AddAssetAsync("any name");
        bench.Write("a.txt", "content");

        (
            await bench.RunAsync(
                "versions create",
                "a.txt",
                "--asset",
                asset,
                "--path",
                "b.txt",
                "--service-sid",
                service
            )
        ).SucceededSilently();

        Assert.Equal(["AssetVersion.Create 1"], await bench.Emulator.TakeRequestsAsync());
        Assert.Equal(["/b.txt public content"], await bench.Emulator.DescribeContentsAsync());
        Assert.Equal(asset, Assert.Single(await bench.Emulator.GetVersionsAsync()).Text("asset_sid"));
    }

    [Fact]
    public async Task The_JSON_output_has_the_properties_of_the_version()
    {
        await using var bench = await Workbench.StartAsync();
        var service = await bench.CreateServiceAsync();
        bench.Write("a.txt", "content");

        var run = await bench.RunAsync("versions create", "a.txt", "--asset", "/a.txt", "--json");

        var version = Assert.Single(await bench.Emulator.GetVersionsAsync());
        var (sid, asset) = (version.Sid(), version.Text("asset_sid"));
        var fetched = await bench.Emulator.GetAsync($"/v1/Services/{service}/Assets/{asset}/Versions/{sid}");
        JsonAssert.Same(
            $$"""
            {
              "outcome": "uploaded",
              "summary": "Uploaded /a.txt (public, 7 B) as {{sid}}, a version of the new Asset {{asset}}",
              "assetVersionSid": "{{sid}}",
              "assetSid": "{{asset}}",
              "serviceSid": "{{service}}",
              "accountSid": "{{fetched.Text("account_sid")}}",
              "assetCreated": true,
              "path": "/a.txt",
              "visibility": "public",
              "contentType": "text/plain; charset=utf-8",
              "size": 7,
              "sha256": "{{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes("content")))}}",
              "dateCreated": "{{fetched.Text("date_created")}}",
              "url": "{{fetched.Text("url")}}"
            }
            """,
            run.Json
        );
    }

    [Fact]
    public async Task The_path_the_visibility_and_the_content_type_can_be_set()
    {
        await using var bench = await Workbench.StartAsync();
        await bench.CreateServiceAsync();
        bench.Write("data.bin", "[]");

        await bench.RunAsync(
            "versions create",
            "data.bin",
            "--asset",
            "/an Asset of any name",
            "--path",
            "/data/list.json",
            "--visibility",
            "protected",
            "--content-type",
            "application/json; charset=utf-8"
        );

        Assert.Equal(
            ["/data/list.json protected application/json; charset=utf-8"],
            await bench.Emulator.DescribeVersionsAsync()
        );
        Assert.Equal(["/an Asset of any name"], await bench.Emulator.GetAssetNamesAsync(Workbench.ServiceName));
    }

    [Theory]
    [InlineData("/names.json private", "names.private.json")]
    [InlineData("/names.json public", "names.private.json", "--visibility", "public")]
    [InlineData("/names.json public", "names.private.json", "--visibility-from-file-name", "false")]
    [InlineData("/names.json public", "names.json")]
    public async Task The_visibility_is_that_of_the_marker_as_in_an_upload(
        string expected,
        string file,
        params string[] options
    )
    {
        await using var bench = await Workbench.StartAsync();
        await bench.CreateServiceAsync();
        bench.Write(file, "[]");

        await bench.RunAsync("versions create", [file, "--asset", "/names.json", "--no-warn", "SAB2023", .. options]);

        Assert.Equal([$"{expected} application/json"], await bench.Emulator.DescribeVersionsAsync());
    }

    [Fact]
    public async Task White_space_in_the_path_is_replaced_as_in_an_upload()
    {
        await using var bench = await Workbench.StartAsync();
        await bench.CreateServiceAsync();
        bench.Write("a b.txt");

        await bench.RunAsync("versions create", "a b.txt", "--asset", "/a b.txt", "--path-characters", "dash");

        Assert.Equal(["/a-b.txt public x"], await bench.Emulator.DescribeContentsAsync());
        Assert.Equal(["/a-b.txt"], await bench.Emulator.GetAssetNamesAsync(Workbench.ServiceName));
    }

    [Fact]
    public async Task A_missing_Service_is_created_only_with_the_option()
    {
        await using var bench = await Workbench.StartAsync();
        bench.Write("a.txt");
        string[] refusing = [.. bench.Arguments("versions create", "a.txt", "--asset", "/a.txt")];

        var refused = await bench.RunExactlyAsync([.. refusing.Where(word => word != "--create-service")]);
        var created = await bench.RunAsync("versions create", "a.txt", "--asset", "/a.txt");

        Assert.Equal((1, "SAB3003"), (refused.ExitCode, Assert.Single(refused.Codes)));
        Assert.Equal(0, created.ExitCode);
        Assert.Equal([Workbench.ServiceName], await bench.Emulator.GetServiceNamesAsync());
        Assert.Equal(["/a.txt public x"], await bench.Emulator.DescribeContentsAsync());
    }

    [Fact]
    public async Task The_manifest_names_the_Service_and_is_not_changed_nor_is_the_upload_state()
    {
        await using var bench = await Workbench.StartAsync();
        await bench.UploadAsync(("a.txt", "first"));
        var (manifest, journal) = (File.ReadAllText(bench.ManifestPath), File.ReadAllText(bench.JournalPath));
        bench.Write("other.txt", "second");

        var run = await bench.RunExactlyAsync(
            "versions",
            "create",
            "other.txt",
            "--asset",
            "/a.txt",
            "--project",
            bench.Project,
            "--api-base-url",
            bench.Emulator.Url,
            "--upload-base-url",
            bench.Emulator.Url
        );

        run.SucceededSilently();
        Assert.Equal(2, await bench.Emulator.CountVersionsAsync());
        Assert.Equal((manifest, journal), (File.ReadAllText(bench.ManifestPath), File.ReadAllText(bench.JournalPath)));
    }

    [Fact]
    public async Task Settings_come_from_the_config_file_too()
    {
        await using var bench = await Workbench.StartAsync();
        await bench.CreateServiceAsync();
        bench.Write("a.txt");
        bench.Write("serverless-assets.json", """{ "visibility": "private", "folders": ["nowhere"] }""");

        await bench.RunAsync("versions create", "a.txt", "--asset", "/a.txt", "--quiet");

        Assert.Equal(["/a.txt private x"], await bench.Emulator.DescribeContentsAsync());
    }

    [Fact]
    public async Task The_Asset_whose_version_is_live_is_used_of_several_with_one_name()
    {
        await using var bench = await Workbench.StartAsync();
        await bench.CreateServiceAsync();
        var (oldest, _) = await bench.AddAssetAsync("/a.txt", "oldest");
        var (live, versions) = await bench.AddAssetAsync("/a.txt", "live");
        bench.Write("a.txt", "new");

        var asOldest = await bench.RunAsync("versions create", "a.txt", "--asset", "/a.txt", "--json");
        await bench.DeployVersionAsync(versions[0]);
        var asLive = await bench.RunAsync("versions create", "a.txt", "--asset", "/a.txt", "--json");

        Assert.Equal(
            [(oldest, "SAB3008"), (live, "SAB3008")],
            new[] { asOldest, asLive }.Select(run => (run.Json.Text("assetSid"), Assert.Single(run.Codes)))
        );
        Assert.Contains($"Using {oldest}, the oldest.", asOldest.Error, StringComparison.Ordinal);
        Assert.Contains($"Using {live}, which is live.", asLive.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_symbolic_link_to_a_regular_file_is_uploaded()
    {
        await using var bench = await Workbench.StartAsync();
        await bench.CreateServiceAsync();
        var target = bench.Write("../elsewhere/a.txt", "content");
        File.CreateSymbolicLink(bench.PathOf("link.txt"), target);

        await bench.RunAsync("versions create", "link.txt", "--asset", "/a.txt");

        Assert.Equal(["/a.txt public content"], await bench.Emulator.DescribeContentsAsync());
    }

    [Theory]
    [InlineData("--quiet")]
    [InlineData("--verbosity", "Quiet")]
    public async Task Quiet_prints_nothing(params string[] options)
    {
        await using var bench = await Workbench.StartAsync();
        await bench.CreateServiceAsync();
        bench.Write("a.txt");

        var run = await bench.RunAsync("versions create", ["a.txt", "--asset", "/a.txt", .. options]);

        Assert.Equal("", run.SucceededSilently().Out);
    }
}
