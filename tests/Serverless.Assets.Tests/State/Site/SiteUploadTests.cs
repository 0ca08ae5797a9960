using Serverless.Assets.Diagnostics;
using Serverless.Assets.Planning;
using Serverless.Assets.Settings;
using Serverless.Assets.State.Site;

namespace Serverless.Assets.Tests.State.Site;

/// <summary>What a machine without an upload state uploads.</summary>
public sealed class SiteUploadTests : SiteStateTest
{
    [Theory]
    [InlineData("")]
    [InlineData(".protected")]
    [InlineData(".private")]
    public async Task Another_machine_uploads_only_what_changed(string marker)
    {
        var file = $"a{marker}.txt";
        await UploadAndDeployAsync((file, "first"), ("b.txt", "same"));

        Assert.Empty(await UploadOnNewMachineAsync((file, "first"), ("b.txt", "same")));
        Assert.Equal(["/a.txt"], await UploadOnNewMachineAsync((file, "second"), ("b.txt", "same")));
        Assert.Empty(Bench.Logger.Warnings);
    }

    /// <summary>The service has the Asset of the changed file already, and its SID is in the live Build.</summary>
    [Fact]
    public async Task One_changed_file_of_a_thousand_takes_few_requests()
    {
        var files = Enumerable.Range(0, 998).Select(i => ($"f/{i}.txt", $"content {i}")).ToArray();
        await UploadAndDeployAsync([.. files, ("secret.private.txt", "hidden")]);
        await Emulator.ResetStatsAsync();
        files[17].Item2 = "changed";

        Assert.Equal(["/f/17.txt"], await UploadOnNewMachineAsync([.. files, ("secret.private.txt", "hidden")]));

        var requests = await Emulator.CountRequestsAsync();
        Assert.Equal(
            [
                "Asset.Fetch 1", // the key of the hidden asset
                "AssetVersion.Create 1",
                "Build.Fetch 1",
                "Environment.List 1",
                "Service.Fetch 1",
                "Site 1",
            ],
            requests.Select(request => $"{request.Key} {request.Value}").Order(StringComparer.Ordinal)
        );
        await Bench.AssertVersionsAsync();
    }

    [Fact]
    public async Task Moved_files_and_other_content_types_are_uploaded()
    {
        await UploadAndDeployAsync(("a.txt", "one"), ("b.txt", "two"));

        Assert.Equal(
            ["/a.html", "/b.txt", "/c.txt"],
            await UploadOnNewMachineAsync(("a.html", "one"), ("b.txt", "one"), ("c.txt", "two"))
        );
    }

    /// <summary>Its Environment is new, so nothing is live there.</summary>
    [Fact]
    public async Task A_new_preview_starts_from_the_Environment_that_was_deployed_to_last()
    {
        await UploadAndDeployAsync(("a.txt", "old"), ("b.txt", "same"));
        UseEnvironment("staging");
        Clock.Advance(TimeSpan.FromMinutes(1));
        await UploadAndDeployAsync(("a.txt", "new"), ("b.txt", "same"));
        UseEnvironment("pr-1");

        Assert.Empty(await UploadOnNewMachineAsync(("a.txt", "new"), ("b.txt", "same")));
        await DeployAsync();
        Assert.Equal("200 new", await VisitAsync("/a.txt", "pr-1"));
        UseEnvironment("dev");
        Assert.Empty(await UploadOnNewMachineAsync(("a.txt", "old"), ("b.txt", "same")));
    }

    /// <summary>A pull request decides what its preview serves, and must not decide what others serve.</summary>
    [Fact]
    public async Task Other_previews_are_not_a_source()
    {
        UseEnvironment("pr-1");
        await UploadAndDeployAsync(("a.txt", "one"));
        UseEnvironment("pr-2");

        Assert.Equal(["/a.txt"], await UploadOnNewMachineAsync(("a.txt", "one")));
        UseEnvironment("dev");
        Assert.Equal(["/a.txt"], await UploadOnNewMachineAsync(("a.txt", "one")));
        UseEnvironment("pr-1");
        Assert.Empty(await UploadOnNewMachineAsync(("a.txt", "one")));
        UseEnvironment("dev");
        Bench.Settings = Bench.Settings.With(SettingTable.PreviewEnvironments, "other-*");
        Assert.Empty(await UploadOnNewMachineAsync(("a.txt", "one")));
    }

    [Fact]
    public async Task A_new_Service_and_one_without_a_deployment_are_not_asked_for_a_state_file()
    {
        await UploadAsync(("a.txt", "one"));

        Assert.Equal(["/a.txt"], await UploadOnNewMachineAsync(("a.txt", "one")));
        Assert.Empty(Bench.Logger.Warnings);
    }

    /// <summary>Deployed by version 0.1, by Twilio's toolkit, or without this setting.</summary>
    [Fact]
    public async Task A_site_without_a_state_file_is_no_problem()
    {
        Bench.Settings = Bench.Settings.With(SettingTable.StateStore, "file");
        await UploadAndDeployAsync(("a.txt", "one"));
        Bench.Settings = Bench.Settings.With(SettingTable.StateStore, "site");

        Assert.Equal(["/a.txt"], await UploadOnNewMachineAsync(("a.txt", "one")));
        Assert.Empty(Bench.Logger.Warnings);
        Assert.Single(await Emulator.GetAssetNamesAsync(EngineWorkbench.ServiceName)); // its SID is in the live Build
    }

    [Fact]
    public async Task A_plan_sends_GET_requests_only_and_knows_what_is_uploaded()
    {
        await UploadAndDeployAsync(("a.txt", "one"), ("b.private.txt", "two"));
        await UploadOnNewMachineAsync(("a.txt", "one"), ("b.private.txt", "two"), ("c.txt", "three"));
        Bench.Settings = Bench.Settings.With(SettingTable.StatePath, Bench.PathOf("planner"));
        var methods = new List<HttpMethod>();
        Bench.HttpHandler = () => InterceptingHandler.Observe(request => methods.Add(request.Method));

        var plan = await Bench.PlanAsync();

        Assert.All(methods, method => Assert.Equal(HttpMethod.Get, method));
        Assert.Equal(
            ["/a.txt Unchanged", "/b.txt Unchanged", "/c.txt Upload"],
            plan.Assets.Select(asset => $"{asset.Local.Path} {asset.Action}")
        );
        Assert.Equal([], plan.Kept.Concat(plan.Removed));
        Assert.Equal(PlannedAction.Upload, plan.Assets[^1].Action);
    }

    /// <summary>For a new preview, it reads those of the Environment whose site has the state file.</summary>
    [Theory]
    [InlineData("dev")]
    [InlineData("pr-7")]
    public async Task A_plan_reads_the_Environments_and_the_live_Build_once(string environment)
    {
        await UploadAndDeployAsync(("a.txt", "one"));
        Bench.Settings = Bench.Settings.With(SettingTable.StatePath, Bench.PathOf("planner"));
        UseEnvironment(environment);
        var requests = new List<string>();
        Bench.HttpHandler = () =>
            InterceptingHandler.Observe(request => requests.Add(request.RequestUri!.AbsolutePath));

        var plan = await Bench.PlanAsync();

        Assert.Equal(PlannedAction.Unchanged, plan.Assets.Single().Action);
        Assert.Single(requests, path => path.EndsWith("/Environments", StringComparison.Ordinal));
        Assert.Single(requests, path => path.Contains("/Builds/", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Files_in_the_folder_of_state_files_are_rejected()
    {
        var path = $"{SiteStateFile.Folder}{new string('0', 64)}.json";
        var failure = await Assert.ThrowsAsync<AssetException>(() =>
            UploadAsync(("a.txt", "one"), (path[1..], "{}"), ("Serverless-Assets/STATE/x.txt", "x"))
        );

        Assert.Equal(["SAB2042", "SAB2042"], failure.Diagnostics.Select(problem => problem.Code));
    }
}
