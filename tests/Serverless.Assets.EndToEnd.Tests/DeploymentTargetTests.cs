namespace Serverless.Assets.EndToEnd.Tests;

/// <summary>The targets around a deployment that a user calls by name.</summary>
public sealed class DeploymentTargetTests(PackageFeed feed) : EndToEndTest(feed)
{
    [Fact]
    public async Task A_plan_shows_what_would_change_and_only_reads()
    {
        var emulator = await StartEmulatorAsync();
        var service = await FunctionsService.CreateAsync(emulator);
        var project = NewProject(emulator).File("assets/same.txt", "same").File("assets/edited.txt", "old");
        (await project.MSBuildAsync("DeployServerlessAssets")).Succeeded();
        var live = await emulator.GetLiveAsync();
        project.File("assets/edited.txt", "edited").File("assets/added.txt", "added");
        await emulator.TakeRequestsAsync();

        var plan = (await project.MSBuildAsync("PlanServerlessAssets")).Succeeded();

        Assert.All(await emulator.TakeRequestsAsync(), request => Assert.Matches(@"^\w+\.(Fetch|List) \d+$", request));
        Assert.Equal(live, await emulator.GetLiveAsync());
        Assert.Contains(
            $"Serverless assets: 2 of 3 files would be uploaded to {service.Sid} (11 B), compared with {live.Build} in dev",
            plan.Messages
        );
        var message = Assert
            .Single(plan.Messages, message => message.StartsWith("  new ", StringComparison.Ordinal))
            .ReplaceLineEndings("\n");
        Assert.Matches(
            $"""
            ^  new        public           5 B  /added.txt  \(assets/added.txt\)
              changed    public           6 B  /edited.txt  \(assets/edited.txt\)
              kept       public                /other.css  \(ZN[0-9a-f]+\)
              total       files       size
              new             1        5 B
              changed         1        6 B
              unchanged       1        4 B
              kept            1
              removed         0$
            """.ReplaceLineEndings("\n"),
            message
        );

        plan = (
            await project.MSBuildAsync("PlanServerlessAssets", "-p:ServerlessAssetsOtherAssets=Remove")
        ).Succeeded();
        Assert.Contains(
            plan.Messages,
            message =>
                message
                    .ReplaceLineEndings("\n")
                    .Contains("\n  removed    public                /other.css  (ZN", StringComparison.Ordinal)
        );
    }

    [Fact]
    public async Task A_rollback_goes_to_the_build_before_or_to_a_given_one()
    {
        var emulator = await StartEmulatorAsync();
        var project = NewProject(emulator);
        var builds = new List<string>();
        foreach (var content in (string[])["one", "two", "three"])
        {
            (await project.File("assets/a.txt", content).MSBuildAsync("DeployServerlessAssets")).Succeeded();
            builds.Add((await emulator.GetLiveAsync()).Build!);
        }

        var domain = (await emulator.GetLiveAsync()).Domain;
        var result = (await project.MSBuildAsync("RollbackServerlessAssets")).Succeeded();
        Assert.Equal((domain, builds[1]), await emulator.GetLiveAsync());
        Assert.Equal("200 two", await emulator.VisitAsync(domain, "/a.txt"));
        Assert.Contains($"Rolled back dev to {builds[1]} (was {builds[2]})", result.Output, StringComparison.Ordinal);
        Assert.EndsWith($"Site -> http://{domain}/", result.Output.TrimEnd(), StringComparison.Ordinal);
        Assert.Equal(new Dictionary<string, int> { ["RollbackServerlessAssets"] = 1 }, result.Tasks);

        (
            await project.MSBuildAsync("RollbackServerlessAssets", $"-p:ServerlessAssetsRollbackTo={builds[0]}")
        ).Succeeded();
        Assert.Equal("200 one", await emulator.VisitAsync(domain, "/a.txt"));

        var error = Assert.Single(
            (
                await project.MSBuildAsync(
                    "RollbackServerlessAssets",
                    "-p:ServerlessAssetsRollbackTo=ZB00000000000000000000000000000000"
                )
            )
                .Failed()
                .Errors
        );
        Assert.Equal("SAB4014", error.Code);
        Assert.Equal((domain, builds[0]), await emulator.GetLiveAsync());
    }

    [Fact]
    public async Task A_prune_deletes_only_listed_Assets_and_only_with_consent()
    {
        var emulator = await StartEmulatorAsync();
        var service = await FunctionsService.CreateAsync(emulator);
        await service.AddAssetAsync("/unused.css", "unused", "public");
        var project = NewProject(emulator).File("assets/a.txt", "a");
        (await project.MSBuildAsync("DeployServerlessAssets")).Succeeded();

        var refused = await project.MSBuildAsync("PruneServerlessAssets", "-p:ServerlessAssetsPruneOlderThan=0");

        Assert.Equal("SAB4015", Assert.Single(refused.Failed().Errors).Code);
        Assert.Matches(@"Found 1 unused Asset\r?\n +unused  ZH[0-9a-f]{32}  /unused\.css\r?\n", refused.Output);
        Assert.Equal(["/a.txt", "/other.css", "/unused.css"], await service.GetAssetsAsync());

        (
            await project.MSBuildAsync(
                "PruneServerlessAssets",
                "-p:ServerlessAssetsPruneOlderThan=0",
                "-p:ServerlessAssetsYes=true"
            )
        ).Succeeded();

        Assert.Equal(["/a.txt", "/other.css"], await service.GetAssetsAsync());
        var (domain, _) = await emulator.GetLiveAsync();
        Assert.Equal("200 other", await emulator.VisitAsync(domain, "/other.css"));
    }

    [Fact]
    public async Task A_verification_passes_what_is_live_and_names_what_is_not()
    {
        var emulator = await StartEmulatorAsync();
        var project = NewProject(emulator).File("assets/a.txt", "a");
        (await project.MSBuildAsync("UploadServerlessAssets")).Succeeded();

        Assert.Equal(
            "SAB4013",
            Assert.Single((await project.MSBuildAsync("VerifyServerlessAssets")).Failed().Errors).Code
        );

        (await project.MSBuildAsync("DeployServerlessAssets")).Succeeded();
        var result = (await project.MSBuildAsync("VerifyServerlessAssets")).Succeeded();
        Assert.Contains("Serverless assets: Verified 1 asset in dev", result.Output, StringComparison.Ordinal);
        Assert.Equal(new Dictionary<string, int> { ["VerifyServerlessAssets"] = 1 }, result.Tasks);
    }

    [Fact]
    public async Task Clean_removes_what_the_steps_wrote_beside_the_manifest()
    {
        var emulator = await StartEmulatorAsync();
        var project = NewProject(emulator).File("assets/a.txt", "a");
        var written = project.PathOf("bin/Debug/net10.0");
        (await project.MSBuildAsync("DeployServerlessAssets")).Succeeded();
        Assert.Equal(
            ["serverless-assets.build.json", "serverless-assets.deployment.json", "serverless-assets.manifest.json"],
            Directory.GetFiles(written, "serverless-assets.*").Select(Path.GetFileName).Order(StringComparer.Ordinal)
        );

        (await project.CleanAsync()).Succeeded();

        Assert.Empty(Directory.GetFiles(written, "serverless-assets.*"));
    }
}
