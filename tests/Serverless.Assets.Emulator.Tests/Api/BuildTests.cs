using System.Text.Json;
using System.Text.RegularExpressions;

namespace Serverless.Assets.Emulator.Tests.Api;

public sealed class BuildTests
{
    private const string Unknown = "ZN00000000000000000000000000000000";

    [Fact]
    public async Task A_build_lists_its_versions_with_visibility_in_capitals()
    {
        await using var emulator = await TestEmulator.StartAsync();
        var service = (await emulator.Api.CreateServiceAsync()).Sid();
        var asset = await emulator.Api.CreateAssetAsync(service);
        var version = (await emulator.Api.UploadAsync(service, asset, "/a.txt", "protected", [1])).Created().Sid();

        var build = (await emulator.Api.BuildAsync(service, version)).Created();

        var url = $"{emulator.Server.BaseAddress}v1/Services/{service}/Builds/{build.Sid()}";
        Assert.Matches(new Regex("^ZB[0-9a-f]{32}$"), build.Sid());
        JsonAssert.Same(
            $$"""
            {
              "sid": "{{build.Sid()}}",
              "account_sid": "{{ApiClient.Account}}",
              "service_sid": "{{service}}",
              "status": "completed",
              "asset_versions": [
                {
                  "sid": "{{version}}",
                  "account_sid": "{{ApiClient.Account}}",
                  "service_sid": "{{service}}",
                  "asset_sid": "{{asset}}",
                  "path": "/a.txt",
                  "visibility": "PROTECTED",
                  "date_created": "2026-03-01T12:00:00Z"
                }
              ],
              "function_versions": [],
              "dependencies": [
                {
                  "name": "twilio",
                  "version": "5.3.0"
                },
                {
                  "name": "@twilio/runtime-handler",
                  "version": "2.0.1"
                }
              ],
              "runtime": "node22",
              "date_created": "2026-03-01T12:00:00Z",
              "date_updated": "2026-03-01T12:00:00Z",
              "url": "{{url}}",
              "links": {
                "build_status": "{{url}}/Status"
              }
            }
            """,
            build
        );
        Assert.Equal(build.GetRawText(), (await emulator.Api.GetAsync(url)).Ok().GetRawText());
        Assert.Equal(
            [build.Sid()],
            (await emulator.Api.GetAsync($"/v1/Services/{service}/Builds")).Ok().All("builds", "sid")
        );
    }

    [Fact]
    public async Task A_build_takes_its_time()
    {
        await using var emulator = await TestEmulator.StartAsync(new EmulatorFaults { BuildSeconds = 2.5 });
        var service = (await emulator.Api.CreateServiceAsync()).Sid();
        var build = (await emulator.Api.BuildAsync(service, await emulator.Api.AddAsync(service, "/a", "a"))).Created();
        var status = $"/v1/Services/{service}/Builds/{build.Sid()}/Status";

        Assert.Equal("building", build.Text("status"));
        emulator.Clock.Advance(TimeSpan.FromSeconds(2.4));
        Assert.Equal("building", (await emulator.Api.GetAsync(status)).Ok().Text("status"));
        emulator.Clock.Advance(TimeSpan.FromSeconds(0.1));
        JsonAssert.Same(
            $$"""
            {
              "sid": "{{build.Sid()}}",
              "account_sid": "{{ApiClient.Account}}",
              "service_sid": "{{service}}",
              "status": "completed",
              "url": "{{emulator.Server.BaseAddress.ToString().TrimEnd('/')}}{{status}}"
            }
            """,
            (await emulator.Api.GetAsync(status)).Json
        );
        var done = (await emulator.Api.GetAsync($"/v1/Services/{service}/Builds/{build.Sid()}")).Ok();
        Assert.Equal("2026-03-01T12:00:02Z", done.Text("date_updated"));
    }

    [Fact]
    public async Task A_build_of_nothing_is_refused()
    {
        await using var emulator = await TestEmulator.StartAsync();
        await emulator.Api.CreateServiceAsync();

        (await emulator.Api.BuildAsync("shop")).Refused(
            400,
            20001,
            "At least one Function Version or Asset Version is required for Build."
        );
    }

    [Fact]
    public async Task Two_versions_of_one_asset_are_refused()
    {
        await using var emulator = await TestEmulator.StartAsync();
        var service = (await emulator.Api.CreateServiceAsync()).Sid();
        var asset = await emulator.Api.CreateAssetAsync(service);
        var one = (await emulator.Api.UploadAsync(service, asset, "/a", "public", [1])).Created().Sid();
        var two = (await emulator.Api.UploadAsync(service, asset, "/b", "public", [2])).Created().Sid();

        (await emulator.Api.BuildAsync(service, one, two)).Refused(
            400,
            20001,
            $"Different Asset Versions for same Asset. Conflicting SIDs: {one} and {two}."
        );
        (await emulator.Api.BuildAsync(service, one, one)).Created();
    }

    [Fact]
    public async Task Two_entries_on_one_path_are_refused()
    {
        await using var emulator = await TestEmulator.StartAsync();
        var service = (await emulator.Api.CreateServiceAsync()).Sid();
        var asset = await emulator.Api.AddAsync(service, "/same", "a");
        var function = await emulator.Api.AddAsync(service, "/same", "f", collection: "Functions");

        (
            await emulator.Api.PostAsync(
                $"/v1/Services/{service}/Builds",
                ("FunctionVersions", function),
                ("AssetVersions", asset)
            )
        ).Refused(400, 20001, $"Different Versions for same path /same. Conflicting SIDs: {asset} and {function}.");
    }

    [Fact]
    public async Task A_version_of_nobody_or_of_another_service_or_kind_is_refused()
    {
        await using var emulator = await TestEmulator.StartAsync();
        var service = (await emulator.Api.CreateServiceAsync()).Sid();
        await emulator.Api.CreateServiceAsync("other");
        var foreign = await emulator.Api.AddAsync("other", "/a", "a");
        var function = await emulator.Api.AddAsync(service, "/f", "f", collection: "Functions");

        foreach (var sid in new[] { Unknown, foreign, function })
        {
            (await emulator.Api.BuildAsync(service, sid)).Refused(
                400,
                20001,
                $"Asset Version {sid} was not found in Service {service}"
            );
        }
    }

    [Theory]
    [InlineData("Assets", "public", 1000, "A Build can have at most 1000 public and protected Asset Versions")]
    [InlineData("Assets", "private", 50, "A Build can have at most 50 private Asset Versions")]
    [InlineData("Functions", "public", 50, "A Build can have at most 50 Function Versions")]
    public async Task A_build_has_room_for_so_many(string collection, string visibility, int most, string message)
    {
        await using var emulator = await TestEmulator.StartAsync();
        var service = (await emulator.Api.CreateServiceAsync()).Sid();
        var field = collection == "Assets" ? "AssetVersions" : "FunctionVersions";
        var fields = new List<(string, string)>();
        for (var i = 0; i <= most; i++)
        {
            // Public and protected versions share one limit.
            var shown = visibility == "public" && i % 2 == 0 ? "protected" : visibility;
            fields.Add((field, await emulator.Api.AddAsync(service, $"/{i}", "x", shown, collection: collection)));
        }

        (await emulator.Api.PostAsync($"/v1/Services/{service}/Builds", [.. fields])).Refused(400, 20001, message);
        (await emulator.Api.PostAsync($"/v1/Services/{service}/Builds", [.. fields[1..]])).Created();
    }

    [Theory]
    [InlineData("""[{"name":"lodash","version":"4.17.21"}]""")]
    [InlineData(""" "[{"name":"lodash","version":"4.17.21"}]" """)]
    [InlineData(
        """
            "[{\"name\":\"lodash\",\"version\":\"4.17.21\"}]"
            """
    )]
    public async Task Dependencies_are_read_and_those_of_the_service_added(string given)
    {
        await using var emulator = await TestEmulator.StartAsync();
        var service = (await emulator.Api.CreateServiceAsync()).Sid();
        var version = await emulator.Api.AddAsync(service, "/a", "a");

        var build = (
            await emulator.Api.PostAsync(
                $"/v1/Services/{service}/Builds",
                ("AssetVersions", version),
                ("Dependencies", given)
            )
        ).Created();

        Assert.Equal(
            """[{"name":"lodash","version":"4.17.21"},{"name":"twilio","version":"5.3.0"},"""
                + """{"name":"@twilio/runtime-handler","version":"2.0.1"}]""",
            build.GetProperty("dependencies").GetRawText()
        );
    }

    [Fact]
    public async Task A_dependency_of_the_service_that_is_given_is_not_added_again()
    {
        await using var emulator = await TestEmulator.StartAsync();
        var service = (await emulator.Api.CreateServiceAsync()).Sid();
        var version = await emulator.Api.AddAsync(service, "/a", "a");

        var build = (
            await emulator.Api.PostAsync(
                $"/v1/Services/{service}/Builds",
                ("AssetVersions", version),
                ("Dependencies", """[{"name":"twilio","version":"4.0.0"}]""")
            )
        ).Created();

        Assert.Equal(["4.0.0", "2.0.1"], build.All("dependencies", "version"));
    }

    [Theory]
    [InlineData("[")]
    [InlineData("{}")]
    [InlineData("[1]")]
    [InlineData("""[{"name":"x"}]""")]
    [InlineData("""[{"name":"x","version":1}]""")]
    [InlineData("""[{"name":null,"version":"1"}]""")]
    public async Task Other_dependencies_are_refused(string given)
    {
        await using var emulator = await TestEmulator.StartAsync();
        await emulator.Api.CreateServiceAsync();

        (await emulator.Api.PostAsync("/v1/Services/shop/Builds", ("Dependencies", given))).Refused(
            400,
            20001,
            "Dependencies must be a JSON list of objects with name and version"
        );
    }

    [Fact]
    public async Task A_build_cannot_be_deleted_while_it_is_live()
    {
        await using var emulator = await TestEmulator.StartAsync();
        var service = (await emulator.Api.CreateServiceAsync()).Sid();
        var build = (await emulator.Api.BuildAsync(service, await emulator.Api.AddAsync(service, "/a", "a")))
            .Created()
            .Sid();
        var environment = (await emulator.Api.CreateEnvironmentAsync(service)).Sid();
        (await emulator.Api.DeployAsync(service, environment, build)).Created();
        var address = $"/v1/Services/{service}/Builds/{build}";

        (await emulator.Api.DeleteAsync(address)).Refused(
            400,
            20001,
            $"Build {build} is part of an active Deployment and cannot be deleted"
        );
        (await emulator.Api.DeployAsync(service, environment, null)).Created();
        Assert.Equal(204, (await emulator.Api.DeleteAsync(address)).Status);
        Assert.Equal(404, (await emulator.Api.GetAsync(address)).Status);
    }

    [Fact]
    public async Task A_build_keeps_its_list_when_an_asset_is_deleted()
    {
        await using var emulator = await TestEmulator.StartAsync();
        var service = (await emulator.Api.CreateServiceAsync()).Sid();
        var build = (await emulator.Api.BuildAsync(service, await emulator.Api.AddAsync(service, "/a", "a"))).Created();
        var asset = build.GetProperty("asset_versions")[0].Text("asset_sid");

        Assert.Equal(204, (await emulator.Api.DeleteAsync($"/v1/Services/{service}/Assets/{asset}")).Status);

        JsonElement fetched = (await emulator.Api.GetAsync($"/v1/Services/{service}/Builds/{build.Sid()}")).Ok();
        Assert.Equal(build.GetRawText(), fetched.GetRawText());
    }
}
