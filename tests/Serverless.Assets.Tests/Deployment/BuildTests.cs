using System.Net;
using Serverless.Assets.Deployment;
using Serverless.Assets.Diagnostics;
using Serverless.Assets.Emulator;
using Serverless.Assets.Files;
using Serverless.Assets.Settings;

namespace Serverless.Assets.Tests.Deployment;

/// <summary>The operation <c>build</c>: creates or reuses the Build of the manifest and deploys nothing.</summary>
public sealed class BuildTests : DeploymentTest
{
    [Fact]
    public async Task A_Build_of_the_manifest_is_created_and_nothing_is_deployed()
    {
        await UploadAsync(("a.txt", "first"), ("names.private.json", "{}"));
        await Emulator.ResetStatsAsync();

        var built = await BuildAsync();

        var service = (await Emulator.GetAsync(Service)).Sid();
        Assert.Equal((TestSid.From(service), null, false), (built.ServiceSid, built.LiveBuildSid, built.IsReused));
        Assert.Equal((2, 0), (built.AssetCount, built.FunctionCount));
        Assert.Equal(["/a.txt", "/names.json"], await GetPathsAsync(built.BuildSid));
        Assert.Null(await FindEnvironmentAsync());
        Assert.Equal(
            $$"""{"version":1,"serviceSid":"{{service}}","buildSid":"{{built.BuildSid}}","environment":"dev","liveBuildSid":null}""",
            ReadRecord(BuildRecordPath)
        );
        Assert.Equal(1, (await Emulator.CountRequestsAsync())["Build.Create"]);
    }

    [Fact]
    public async Task A_Build_of_the_same_contents_is_reused()
    {
        await UploadAsync(("a.txt", "first"));
        var first = await BuildAsync();
        await Emulator.ResetStatsAsync();

        var second = await BuildAsync();

        Assert.Equal((first.BuildSid, true, 1), (second.BuildSid, second.IsReused, second.AssetCount));
        Assert.Equal(
            ["Build.List 1", "Environment.List 1", "Service.Fetch 1"],
            (await Emulator.TakeRequestsAsync()).Order(StringComparer.Ordinal)
        );
    }

    /// <summary>A page of Builds has up to 20,000 versions.</summary>
    [Theory]
    [InlineData(1, 2)]
    [InlineData(8, 1)]
    public async Task The_Builds_of_an_old_Service_are_not_all_listed(int days, int requests)
    {
        await UploadAndDeployAsync(("a.txt", "first"));
        await CreateBuildsAsync(500);
        Bench.Advance(TimeSpan.FromDays(days));
        await UploadAsync(("a.txt", "second"));
        await Emulator.ResetStatsAsync();

        var deployed = await DeployAsync();

        Assert.Equal(deployed.BuildSid, await GetLiveBuildAsync());
        var sent = await Emulator.CountRequestsAsync();
        Assert.Equal((requests, 1), (sent["Build.List"], sent["Build.Create"]));
    }

    [Theory]
    [InlineData(6, 39, true)]
    [InlineData(6, 40, false)]
    [InlineData(8, 0, false)]
    public async Task A_recent_Build_of_the_same_contents_is_reused(int days, int newerBuilds, bool isReused)
    {
        await UploadAsync(("a.txt", "first"));
        var first = await BuildAsync();
        Bench.Advance(TimeSpan.FromDays(days));
        await CreateBuildsAsync(newerBuilds);

        var second = await BuildAsync();

        Assert.Equal((isReused, isReused), (second.IsReused, second.BuildSid == first.BuildSid));
    }

    [Fact]
    public async Task The_live_Build_is_reused_without_listing_the_others()
    {
        var live = await UploadAndDeployAsync(("a.txt", "first"));
        await Emulator.ResetStatsAsync();

        var built = await BuildAsync();

        Assert.Equal((live.BuildSid, live.BuildSid, true), (built.BuildSid, built.LiveBuildSid, built.IsReused));
        Assert.Equal(
            ["Build.Fetch 1", "Environment.List 1", "Service.Fetch 1"],
            (await Emulator.TakeRequestsAsync()).Order(StringComparer.Ordinal)
        );
    }

    [Fact]
    public async Task Functions_and_unlisted_assets_of_the_live_Build_are_carried_over()
    {
        var functions = await UploadBesideFunctionsAsync();
        var before = await functions.DescribeAsync(functions.Build);

        var built = await BuildAsync();

        Assert.Equal((functions.Build, false), (built.LiveBuildSid, built.IsReused));
        Assert.Equal((2, 1), (built.AssetCount, built.FunctionCount));
        var contents = await functions.DescribeAsync(built.BuildSid);
        Assert.Equal(before, contents.Where(line => line != "/a.txt"));
        Assert.Equal(before.Length + 1, contents.Length);
        Assert.Equal(functions.Build, await GetLiveBuildAsync());
    }

    [Fact]
    public async Task Unlisted_assets_are_left_out_on_request_and_Functions_are_not()
    {
        var functions = await UploadBesideFunctionsAsync();
        Bench.Settings = Bench.Settings.With(SettingTable.OtherAssets, nameof(UnlistedAssetPolicy.Remove));

        var built = await BuildAsync();

        Assert.Equal((1, 1), (built.AssetCount, built.FunctionCount));
        Assert.Equal(["/a.txt"], await GetPathsAsync(built.BuildSid));
        Assert.Contains($"/call {functions.FunctionVersion}", await functions.DescribeAsync(built.BuildSid));
    }

    [Fact]
    public async Task A_Build_is_waited_for_until_it_is_complete()
    {
        await UploadAsync(("a.txt", "first"));
        Emulator.Faults = new EmulatorFaults { BuildSeconds = 30 };

        var built = await BuildAsync();

        Assert.Equal("completed", (await Emulator.GetAsync($"{Service}/Builds/{built.BuildSid}")).Text("status"));
        Assert.InRange((await Emulator.CountRequestsAsync())["BuildStatus.Fetch"], 20, 35); // about one a second
    }

    [Fact]
    public async Task A_failed_Build_is_an_error_and_is_not_reused()
    {
        await UploadAsync(("a.txt", "first"));
        Emulator.Faults = new EmulatorFaults { FailBuilds = true };

        var failure = await Assert.ThrowsAsync<AssetException>(BuildAsync);

        var failed = Assert.Single((await Emulator.GetAsync($"{Service}/Builds")).All("builds", "sid"));
        DiagnosticAssert.SingleError(failure.Diagnostics, "SAB4004", null, failed);
        Assert.False(File.Exists(BuildRecordPath));
        Emulator.Faults = new EmulatorFaults();
        Assert.NotEqual(failed, (await BuildAsync()).BuildSid);
    }

    [Fact]
    public async Task A_Build_that_the_service_rejects_is_an_error_with_its_reason()
    {
        await UploadAsync(("a.txt", "first"));
        Refuse(HttpMethod.Post, "/Builds", 400, "Too many dependencies");

        var failure = await Assert.ThrowsAsync<AssetException>(BuildAsync);

        DiagnosticAssert.SingleError(
            failure.Diagnostics,
            "SAB4007",
            null,
            "The service rejected the Build: Too many dependencies (HTTP 400, Twilio code 20001"
        );
        Assert.Null(failure.PartialResult);
        Assert.False(File.Exists(BuildRecordPath));
    }

    [Fact]
    public async Task Asset_Versions_that_the_service_deleted_are_uploaded_again()
    {
        await UploadAsync(("a.txt", "first"), ("b.txt", "second"));
        var deleted = Bench.ReadManifest().Assets.Single(asset => asset.Path == "/a.txt");
        await Emulator.DeleteAsync($"{Service}/Assets/{deleted.AssetSid}");

        var built = await BuildAsync();

        Assert.Equal((2, false), (built.AssetCount, built.IsReused));
        Assert.Equal(["/a.txt", "/b.txt"], await GetPathsAsync(built.BuildSid));
        Assert.NotEqual(deleted.AssetVersionSid, Bench.ReadManifest().Assets[0].AssetVersionSid);
        Assert.Equal(Bench.ReadManifest().AssetVersions, built.Manifest.AssetVersions);
    }

    [Fact]
    public async Task Asset_Versions_that_two_runs_upload_again_are_of_one_Asset()
    {
        await UploadAsync(("a.txt", "first"));
        await Emulator.DeleteAsync($"{Service}/Assets/{Bench.ReadManifest().Assets[0].AssetSid}");
        var others = "";
        RunBefore(
            HttpMethod.Post,
            "/Assets",
            async _ => others = await Emulator.Api.CreateAssetAsync(EngineWorkbench.ServiceName, "/a.txt")
        );

        var built = await BuildAsync();

        Assert.Equal(others, Assert.Single(built.Manifest.Assets).AssetSid);
        await Bench.AssertCompleteAsync(1);
    }

    [Fact]
    public async Task The_Build_of_versions_that_were_uploaded_again_does_not_keep_other_uploads_waiting()
    {
        using var machine = new TempFolder();
        Bench.LockDirectory = machine.Path;
        await UploadAsync(("a.txt", "first"));
        await Emulator.DeleteAsync($"{Service}/Assets/{Bench.ReadManifest().Assets[0].AssetSid}");
        var creations = Assert.Single(Directory.GetFiles(machine.Path, "*.lock"));
        var builds = 0;
        RunBefore(
            HttpMethod.Post,
            "/Builds",
            number =>
            {
                builds = number;
                new PhysicalFileSystem().OpenExclusive(creations).Dispose();
                return Task.CompletedTask;
            }
        );

        await BuildAsync();

        Assert.Equal(2, builds);
    }

    [Theory]
    [InlineData(null, "SAB4017")]
    [InlineData("node22", null)]
    public async Task A_live_runtime_that_can_no_longer_be_deployed_is_a_warning_unless_another_is_set(
        string? runtime,
        string? code
    )
    {
        await UploadAsync(("a.txt", "first"));
        var version = await Emulator.Api.AddAsync(EngineWorkbench.ServiceName, "/old.txt", "old");
        Emulator.Server.Behavior = new EmulatorBehavior { SupportedRuntimes = "node16,node22" };
        var old = await Emulator.PostAsync($"{Service}/Builds", ("AssetVersions", version), ("Runtime", "node16"));
        await DeployAsSomeoneElseAsync(old.Sid(), "dev");
        Bench.Settings = Bench.Settings.With(SettingTable.Runtime, runtime);

        var built = await BuildAsync();

        Assert.Equal(code is null ? [] : [code], Logger.Warnings.Select(warning => warning.Code));
        Assert.Equal(
            runtime ?? "node16",
            (await Emulator.GetAsync($"{Service}/Builds/{built.BuildSid}")).Text("runtime")
        );
    }

    [Fact]
    public async Task A_live_Build_that_the_service_does_not_have_is_an_error()
    {
        var live = await UploadAndDeployAsync(("a.txt", "first"));
        await UploadAsync(("a.txt", "second"));
        Bench.HttpHandler = () =>
            InterceptingHandler.Replace(request =>
                request.Method == HttpMethod.Get
                && request.RequestUri!.AbsolutePath.EndsWith(live.BuildSid, StringComparison.Ordinal)
                    ? StubHandler.Json("{}", HttpStatusCode.NotFound)
                    : null
            );

        await FailsAsync(BuildAsync, DeploymentDiagnostics.LiveBuildMissing(live.BuildSid, "dev"));

        Assert.Equal(live.BuildSid, await GetLiveBuildAsync());
    }

    [Fact]
    public async Task A_live_Build_without_contents_is_an_error()
    {
        var live = await UploadAndDeployAsync(("a.txt", "first"));
        await UploadAsync(("b.txt", "second"));
        ChangeResponses(live.BuildSid, build => build.AsObject().Remove("asset_versions"));

        await FailsAsync(BuildAsync, DeploymentDiagnostics.LiveBuildMissing(live.BuildSid, "dev"));
        await FailsAsync(() => DeployAsync(), DeploymentDiagnostics.LiveBuildMissing(live.BuildSid, "dev"));

        Assert.Equal(live.BuildSid, await GetLiveBuildAsync());
    }

    /// <summary>What is missing would be removed from the site.</summary>
    [Theory]
    [InlineData("asset_versions", true)]
    [InlineData("asset_versions", false)]
    [InlineData("function_versions", true)]
    [InlineData("function_versions", false)]
    public async Task A_live_Build_with_only_a_part_of_its_contents_is_an_error(string list, bool isNull)
    {
        await UploadBesideFunctionsAsync();
        var live = (await GetLiveBuildAsync())!;
        ChangeResponses(
            live,
            build =>
            {
                build.AsObject().Remove(list);
                if (isNull)
                {
                    build[list] = null;
                }
            }
        );

        await FailsAsync(BuildAsync, DeploymentDiagnostics.LiveBuildMissing(live, "dev"));
        await FailsAsync(() => DeployAsync(), DeploymentDiagnostics.LiveBuildMissing(live, "dev"));
        await FailsAsync(() => PruneAsync(_ => true), DeploymentDiagnostics.LiveBuildMissing(live, "dev"));

        Assert.Equal(live, await GetLiveBuildAsync());
    }

    /// <summary>A proxy or a cache can return another Build.</summary>
    [Fact]
    public async Task A_created_Build_that_does_not_list_its_contents_is_fetched_and_compared()
    {
        var other = await UploadAndDeployAsync(("a.txt", "first"));
        await UploadAsync(("a.txt", "second"));
        AnswerCreation(other.BuildSid);

        var failure = await Assert.ThrowsAsync<AssetException>(() => DeployAsync());

        Assert.Equal("SAB4030", Assert.Single(failure.Diagnostics).Code);
        Assert.Equal([other.BuildSid], await GetDeployedBuildsAsync());
    }

    [Fact]
    public async Task A_created_Build_that_does_not_list_its_contents_is_used_if_it_has_them()
    {
        await UploadAndDeployAsync(("a.txt", "first"));
        await UploadAsync(("a.txt", "second"));
        AnswerCreation(created: null);

        var live = await DeployAsync();

        Assert.Equal(live.BuildSid, await GetLiveBuildAsync());
        Assert.Equal("200 second", await VisitAsync("/a.txt"));
    }

    /// <summary>Removes the contents from the response to the creation of a Build.</summary>
    /// <param name="created">The Build that the response names; null: the one that was created.</param>
    private void AnswerCreation(string? created) =>
        Bench.HttpHandler = () =>
            new InterceptingHandler(
                async (request, _) =>
                {
                    if (
                        request.Method != HttpMethod.Post
                        || !request.RequestUri!.AbsolutePath.EndsWith("/Builds", StringComparison.Ordinal)
                    )
                    {
                        return null;
                    }

                    var form = await request.Content!.ReadAsStringAsync(Cancellation);
                    var versions = form.Split('&')
                        .Where(field => field.StartsWith("AssetVersions=", StringComparison.Ordinal))
                        .Select(field => field["AssetVersions=".Length..]);
                    var build =
                        created
                        ?? (await Emulator.Api.BuildAsync(EngineWorkbench.ServiceName, [.. versions])).Created().Sid();
                    return StubHandler.Json(
                        $$"""{ "sid": "{{build}}", "status": "completed", "asset_versions": [], "function_versions": [] }""",
                        HttpStatusCode.Created
                    );
                }
            );

    /// <summary>Creates Builds of an asset that is in no other, as someone else does.</summary>
    private async Task CreateBuildsAsync(int count)
    {
        var version = await Emulator.Api.AddAsync(EngineWorkbench.ServiceName, "/other.txt", "other");
        for (var i = 0; i < count; i++)
        {
            (await Emulator.Api.BuildAsync(EngineWorkbench.ServiceName, version)).Created();
        }
    }

    /// <summary>Uploads <c>/a.txt</c> to a Service with a live Function and another live asset.</summary>
    private async Task<FunctionsService> UploadBesideFunctionsAsync()
    {
        await UploadAsync(("a.txt", "first"));
        return await FunctionsService.DeployAsync(Emulator, (await Emulator.GetAsync(Service)).Sid());
    }
}
