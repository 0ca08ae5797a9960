namespace Serverless.Assets.Cli.Tests;

public sealed class PruneTests
{
    private const string Service = $"/v1/Services/{Workbench.ServiceName}";

    [Fact]
    public async Task Only_what_nothing_uses_is_deleted()
    {
        await using var bench = await Workbench.StartAsync();
        await bench.UploadAsync(("prod.txt", "in another Environment"));
        await bench.JsonAsync("deploy", "--environment", "prod");
        await bench.DeployAsync(("kept.txt", "live, though not in the manifest"), ("unused.txt", "x"));
        await bench.UploadAsync(("kept.txt", "live, though not in the manifest"));
        await bench.JsonAsync("deploy", "--other-assets", "Remove");
        await bench.UploadAsync(("new.txt", "to be deployed"));
        Assert.Equal(
            ["/kept.txt", "/new.txt", "/prod.txt", "/unused.txt"],
            await bench.Emulator.GetAssetNamesAsync(Workbench.ServiceName)
        );

        var json = await bench.JsonAsync("prune", "--older-than", "0", "--keep-builds", "0", "--yes");

        var only = Assert.Single(json.GetProperty("assets").EnumerateArray());
        Assert.Equal((true, "/unused.txt"), (json.GetProperty("deleted").GetBoolean(), only.Text("name")));
        Assert.Equal(
            ["/kept.txt", "/new.txt", "/prod.txt"],
            await bench.Emulator.GetAssetNamesAsync(Workbench.ServiceName)
        );
        Assert.Equal(["/kept.txt"], await bench.LivePathsAsync());
        Assert.Equal(["/prod.txt"], await bench.LivePathsAsync("prod"));
        Assert.Equal(
            ["Found no unused Assets"],
            CliRun.Lines((await bench.RunAsync("prune", "--older-than", "0", "--yes")).SucceededSilently().Out)
        );
    }

    [Fact]
    public async Task Assets_of_the_newest_Builds_are_kept_by_default()
    {
        await using var bench = await Workbench.StartAsync();
        await bench.DeployAsync(("old.txt", "of the first Build"));
        for (var i = 0; i < 5; i++)
        {
            await bench.UploadAsync(($"new{i}.txt", "of a newer Build"));
            await bench.JsonAsync("deploy", "--other-assets", "Remove");
        }

        var json = await bench.JsonAsync("prune", "--older-than", "0", "--yes");

        Assert.Equal("/old.txt", Assert.Single(json.GetProperty("assets").EnumerateArray()).Text("name"));
    }

    [Theory]
    [InlineData(false, 1)]
    [InlineData(true, 0)]
    public async Task More_than_allowed_are_shown_and_stay_even_with_consent(bool asJson, int maxDelete)
    {
        await using var bench = await Workbench.StartAsync();
        var sids = await WithUnusedAsync(bench);

        var run = await bench.RunAsync(
            "prune",
            [
                "--older-than",
                "0h",
                "--max-delete",
                $"{maxDelete}",
                "--yes",
                .. asJson ? ["--json"] : Array.Empty<string>(),
            ]
        );

        Assert.Equal((1, "SAB4036"), (run.ExitCode, Assert.Single(run.Codes)));
        Assert.Equal(
            [$"unused  {sids["/one.txt"]}  /one.txt", $"unused  {sids["/two.txt"]}  /two.txt"],
            run.ErrorLines.Take(2)
        );
        Assert.Contains(
            $"2 unused Assets would be permanently deleted, but --max-delete allows at most {maxDelete}. Nothing was "
                + "deleted. Review the list. If it is correct, run again with --max-delete 2.",
            run.Error,
            StringComparison.Ordinal
        );
        if (asJson)
        {
            Assert.False(run.Json.GetProperty("deleted").GetBoolean());
            Assert.Equal(2, run.Json.GetProperty("assets").GetArrayLength());
        }
        else
        {
            Assert.Equal("", run.Out);
        }

        Assert.Equal(
            ["/live.txt", "/one.txt", "/two.txt"],
            await bench.Emulator.GetAssetNamesAsync(Workbench.ServiceName)
        );
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Without_consent_they_are_shown_and_stay(bool asJson)
    {
        await using var bench = await Workbench.StartAsync();
        var sids = await WithUnusedAsync(bench);

        var run = await bench.RunAsync("prune", ["--older-than", "0", .. asJson ? ["--json"] : Array.Empty<string>()]);

        Assert.Equal(1, run.ExitCode);
        Assert.Equal(["SAB4015"], run.Codes);
        Assert.Equal(
            [$"unused  {sids["/one.txt"]}  /one.txt", $"unused  {sids["/two.txt"]}  /two.txt"],
            run.ErrorLines.Take(2)
        );
        Assert.Equal(3, run.ErrorLines.Count);
        Assert.Equal(
            asJson
                ? $$"""{"outcome":"failed","summary":"Failed with 1 error","deleted":false,"assets":[{"name":"/one.txt","assetSid":"{{sids["/one.txt"]}}"},{"name":"/two.txt","assetSid":"{{sids["/two.txt"]}}"}],"previews":[]}"""
                : "",
            asJson ? System.Text.Json.JsonSerializer.Serialize(run.Json) : run.Out
        );
        Assert.Equal(
            ["/live.txt", "/one.txt", "/two.txt"],
            await bench.Emulator.GetAssetNamesAsync(Workbench.ServiceName)
        );
    }

    [Theory]
    [InlineData("y", 0, "/live.txt")]
    [InlineData("n", 1, "/live.txt /one.txt /two.txt")]
    public async Task An_interactive_terminal_prompts_for_confirmation(string answer, int exitCode, string left)
    {
        await using var bench = await Workbench.StartAsync();
        await WithUnusedAsync(bench);
        bench.Answer = answer;

        var run = await bench.RunAsync("prune", "--older-than", "0");

        Assert.Equal(exitCode, run.ExitCode);
        Assert.Contains("Permanently delete 2 unused Assets?", run.Error, StringComparison.Ordinal);
        Assert.Equal(left, string.Join(' ', await bench.Emulator.GetAssetNamesAsync(Workbench.ServiceName)));
    }

    [Fact]
    public async Task The_question_about_a_single_Asset_is_in_the_singular()
    {
        await using var bench = await Workbench.StartAsync();
        await bench.DeployAsync(("live.txt", "live"));
        await bench.Emulator.PostAsync($"{Service}/Assets", ("FriendlyName", "/one.txt"));
        bench.Answer = "y";

        var run = await bench.RunAsync("prune", "--older-than", "0");

        Assert.Contains("Permanently delete 1 unused Asset?", run.Error, StringComparison.Ordinal);
        Assert.Equal("Deleted 1 unused Asset", run.Out.TrimEnd());
    }

    [Fact]
    public async Task Unused_Assets_are_listed_before_deletion_even_with_consent()
    {
        await using var bench = await Workbench.StartAsync();
        var sids = await WithUnusedAsync(bench);

        var run = await bench.RunAsync("prune", "--older-than", "0", "--yes");

        Assert.Equal(
            [$"unused  {sids["/one.txt"]}  /one.txt", $"unused  {sids["/two.txt"]}  /two.txt"],
            run.ErrorLines
        );
        Assert.Equal((0, "Deleted 2 unused Assets"), (run.ExitCode, run.Out.TrimEnd()));
    }

    [Fact]
    public async Task A_renamed_Asset_of_the_manifest_is_not_deleted()
    {
        await using var bench = await Workbench.StartAsync();
        await bench.DeployAsync(("live.txt", "live"));
        await bench.UploadAsync(("new.txt", "to be deployed"));
        var asset = (await bench.Emulator.GetVersionsAsync())
            .Single(version => version.Text("path") == "/new.txt")
            .Text("asset_sid");
        await bench.Emulator.PostAsync($"{Service}/Assets/{asset}", ("FriendlyName", "renamed"));

        Assert.Empty(
            (await bench.JsonAsync("prune", "--older-than", "0", "--yes")).GetProperty("assets").EnumerateArray()
        );

        Assert.Equal(["/live.txt", "renamed"], await bench.Emulator.GetAssetNamesAsync(Workbench.ServiceName));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_deployment_in_the_meantime_stops_it(bool asJson)
    {
        await using var bench = await Workbench.StartAsync();
        var sids = await WithUnusedAsync(bench);
        var two = (await bench.Emulator.GetVersionsAsync())
            .Single(version => version.Text("path") == "/two.txt")
            .Text("sid");
        var environment = (await bench.FindEnvironmentAsync("dev"))!.Value.Text("sid");
        bench.HttpHandler = () =>
            InterceptingHandler.RunBefore(
                HttpMethod.Delete,
                "/Assets/",
                async () =>
                {
                    var build = await bench.Emulator.PostAsync($"{Service}/Builds", ("AssetVersions", two));
                    await bench.Emulator.PostAsync(
                        $"{Service}/Environments/{environment}/Deployments",
                        ("BuildSid", build.Text("sid"))
                    );
                }
            );

        var run = await bench.RunAsync(
            "prune",
            ["--older-than", "0", "--yes", .. asJson ? ["--json"] : Array.Empty<string>()]
        );

        Assert.Equal(1, run.ExitCode);
        Assert.Equal(
            asJson
                ? $$"""{"outcome":"failed","summary":"Failed with 1 error; 1 unused Asset was deleted","deleted":true,"assets":[{"name":"/one.txt","assetSid":"{{sids["/one.txt"]}}"}],"previews":[]}"""
                : "",
            asJson ? System.Text.Json.JsonSerializer.Serialize(run.Json) : run.Out
        );
        Assert.Equal(["SAB4016"], run.Codes);
        Assert.Contains("Pruning stopped after deleting 1 of 2 unused Assets", run.Error, StringComparison.Ordinal);
        Assert.Equal(["/live.txt", "/two.txt"], await bench.Emulator.GetAssetNamesAsync(Workbench.ServiceName));
        Assert.Equal(["/two.txt"], await bench.LivePathsAsync());
    }

    [Fact]
    public async Task Abandoned_previews_are_listed_and_deleted_with_their_sites()
    {
        await using var bench = await Workbench.StartAsync();
        await bench.DeployAsync(("live.txt", "live"));
        await bench.JsonAsync("promote", "--from", "dev", "--environment", "pr-7");
        await bench.JsonAsync("promote", "--from", "dev", "--environment", "stage-7");
        var preview = (await bench.FindEnvironmentAsync("pr-7"))!.Value;
        string[] arguments = ["--previews", "--older-than", "0"];

        var refused = await bench.RunAsync("prune", [.. arguments, "--json"]);

        Assert.Equal((1, "SAB4015"), (refused.ExitCode, Assert.Single(refused.Codes)));
        Assert.Equal(
            $"abandoned  pr-7  {preview.Text("domain_name")}  deployed less than an hour ago",
            refused.ErrorLines[0]
        );
        var listed = Assert.Single(refused.Json.GetProperty("previews").EnumerateArray());
        Assert.Equal(
            ("pr-7", preview.Text("sid"), preview.Text("domain_name")),
            (listed.Text("name"), listed.Text("environmentSid"), listed.Text("domain"))
        );
        Assert.False(refused.Json.GetProperty("deleted").GetBoolean());
        Assert.NotNull(await bench.FindEnvironmentAsync("pr-7"));

        var run = await bench.RunAsync("prune", [.. arguments, "--yes"]);

        Assert.Equal((0, "Deleted 1 abandoned preview"), (run.ExitCode, run.Out.TrimEnd()));
        Assert.Null(await bench.FindEnvironmentAsync("pr-7"));
        Assert.NotNull(await bench.FindEnvironmentAsync("stage-7"));
        Assert.Equal(
            "Found no abandoned previews",
            (await bench.RunAsync("prune", [.. arguments, "--yes"])).SucceededSilently().Out.TrimEnd()
        );

        bench.Answer = "y";
        run = await bench.RunAsync("prune", [.. arguments, "--preview-environments", "stage-*"]);
        Assert.Contains("Permanently delete 1 abandoned preview?", run.Error, StringComparison.Ordinal);
        Assert.Null(await bench.FindEnvironmentAsync("stage-7"));
    }

    [Fact]
    public async Task The_config_file_names_the_previews_but_does_not_turn_their_pruning_on()
    {
        await using var bench = await Workbench.StartAsync();
        await bench.DeployAsync(("live.txt", "live"));
        await bench.JsonAsync("promote", "--from", "dev", "--environment", "review-7");
        bench.Write(
            "serverless-assets.json",
            """{ "previewEnvironments": ["review-*"], "olderThan": "0h", "maxDelete": 0, "keepBuilds": 1 }"""
        );

        var run = await bench.RunAsync("prune", "--previews", "--yes");

        Assert.Equal(["SAB4036"], run.Codes);
        Assert.Equal(0, (await bench.RunAsync("prune", "--previews", "--yes", "--max-delete", "1")).ExitCode);
        Assert.Null(await bench.FindEnvironmentAsync("review-7"));

        bench.Write("serverless-assets.json", """{ "previews": true }""");
        Assert.Equal(["SAB1025"], (await bench.RunAsync("prune", "--yes")).Codes);
    }

    [Fact]
    public async Task An_invalid_age_is_an_error_that_shows_the_format()
    {
        await using var bench = await Workbench.StartAsync();

        var run = await bench.RunAsync("prune", "--older-than", "2w");

        Assert.Equal((1, "SAB1009"), (run.ExitCode, Assert.Single(run.Codes)));
        Assert.Contains(
            "--older-than '2w' is not valid: expected a number of days or hours, such as 14d or 36h, of at most 3650 days.",
            run.Error,
            StringComparison.Ordinal
        );
    }

    /// <returns>The Assets' SIDs by name; <c>/one.txt</c> and <c>/two.txt</c> are not used.</returns>
    private static async Task<Dictionary<string, string>> WithUnusedAsync(Workbench bench)
    {
        await bench.UploadAsync(("one.txt", "x"), ("two.txt", "y"));
        await bench.DeployAsync(("live.txt", "live"));
        var page = await bench.Emulator.GetAsync($"{Service}/Assets?PageSize=100");
        return page.GetProperty("assets")
            .EnumerateArray()
            .ToDictionary(asset => asset.Text("friendly_name"), asset => asset.Text("sid"));
    }
}
