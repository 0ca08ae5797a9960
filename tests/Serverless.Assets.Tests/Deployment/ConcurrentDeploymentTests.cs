using Serverless.Assets.Deployment;
using Serverless.Assets.Diagnostics;
using Serverless.Assets.Emulator;
using Serverless.Assets.Files;
using Serverless.Assets.Results;
using Serverless.Assets.Settings;

namespace Serverless.Assets.Tests.Deployment;

/// <summary>The operation <c>deploy</c> while someone else deploys to the same Environment.</summary>
public sealed class ConcurrentDeploymentTests : DeploymentTest
{
    /// <summary>The limit of the request that finds out what is live is not skipped.</summary>
    public override async ValueTask InitializeAsync() =>
        await InitializeAsync(new SkippingClock(longest: TimeSpan.FromSeconds(8)));

    [Fact]
    public async Task A_Build_of_an_earlier_step_is_rebuilt_when_someone_else_has_deployed_since()
    {
        await UploadAsync(("a.txt", "first"));
        var built = await BuildAsync();
        var others = await DeployAsSomeoneElseAsync("/other.txt");

        var live = await DeployAsync(new PreparedBuild(built.BuildSid, built.LiveBuildSid));

        Assert.NotEqual(built.BuildSid, live.BuildSid);
        Assert.Equal((others, others), (live.PreviousBuildSid, live.Build!.LiveBuildSid));
        Assert.Equal((2, false), (live.Build.AssetCount, live.Build.IsReused));
        Assert.Equal("200 first", await VisitAsync("/a.txt"));
        Assert.Equal("200 of someone else", await VisitAsync("/other.txt"));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task A_Build_is_created_again_when_someone_else_deploys_meanwhile(int times)
    {
        await UploadAsync(("a.txt", "first"));
        RunBefore(
            HttpMethod.Post,
            "/Builds",
            async number =>
            {
                if (number <= times)
                {
                    await DeployAsSomeoneElseAsync($"/other-{number}.txt");
                }
            }
        );

        var live = await DeployAsync();

        Assert.Equal(live.BuildSid, await GetLiveBuildAsync());
        Assert.Equal(["/a.txt", $"/other-{times}.txt"], await GetPathsAsync(live.BuildSid));
        Assert.Equal(times + 1, (await GetDeployedBuildsAsync()).Length);
    }

    [Fact]
    public async Task After_ten_deployments_by_others_it_fails_and_theirs_stays_live()
    {
        await UploadAsync(("a.txt", "first"));
        var others = new List<string>();
        RunBefore(
            HttpMethod.Post,
            "/Builds",
            async number => others.Add(await DeployAsSomeoneElseAsync($"/other-{number}.txt"))
        );

        var failure = await FailsAsync(() => DeployAsync(), DeploymentDiagnostics.LiveBuildChanged("dev", 10));

        Assert.Equal(10, others.Count);
        Assert.Equal(others, await GetDeployedBuildsAsync());
        Assert.Equal(2, Assert.IsType<BuildResult>(failure.PartialResult).AssetCount);
        Assert.False(File.Exists(DeploymentRecordPath));
    }

    [Fact]
    public async Task A_reused_Build_that_was_waited_for_is_planned_again_when_someone_else_deploys_meanwhile()
    {
        await UploadAsync(("a.txt", "first"));
        Emulator.Faults = new EmulatorFaults { BuildSeconds = 30 };
        (await Emulator.Api.BuildAsync(EngineWorkbench.ServiceName, [.. Bench.ReadManifest().AssetVersions])).Created();
        Emulator.Faults = new EmulatorFaults();
        RunBefore(
            HttpMethod.Get,
            "/Status",
            number => number == 1 ? DeployAsSomeoneElseAsync("/other.txt") : Task.CompletedTask
        );

        var live = await DeployAsync();

        Assert.Equal(["/a.txt", "/other.txt"], await GetPathsAsync(live.BuildSid));
        Assert.Equal("200 of someone else", await VisitAsync("/other.txt"));
    }

    [Fact]
    public async Task The_same_Build_deployed_first_by_another_client_is_not_an_error()
    {
        await UploadAndDeployAsync(("a.txt", "first"));
        await UploadAsync(("a.txt", "second"));
        var built = await BuildAsync();
        RunBefore(HttpMethod.Post, "/Deployments", _ => DeployAsSomeoneElseAsync(built.BuildSid, "dev"));

        var live = await DeployAsync();

        Assert.Equal(built.BuildSid, live.BuildSid);
        Assert.Equal(2, (await GetDeployedBuildsAsync()).Length);
        Assert.NotNull(live.DeploymentSid);
    }

    [Fact]
    public async Task An_Environment_created_first_by_another_client_is_not_an_error()
    {
        await UploadAsync(("a.txt", "first"));
        RunBefore(
            HttpMethod.Post,
            "/Environments",
            _ => Emulator.Api.CreateEnvironmentAsync(EngineWorkbench.ServiceName)
        );

        var live = await DeployAsync();

        Assert.Equal(live.BuildSid, await GetLiveBuildAsync());
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task A_Build_deployed_between_the_last_check_and_the_Deployment_is_not_lost(int times)
    {
        await UploadAndDeployAsync(("a.txt", "first"));
        await UploadAsync(("a.txt", "second"));
        RunBefore(
            HttpMethod.Post,
            "/Deployments",
            number => number <= times ? DeployAsSomeoneElseAsync($"/other-{number}.txt") : Task.CompletedTask
        );

        var live = await DeployAsync();

        Assert.Equal(live.BuildSid, await GetLiveBuildAsync());
        string[] expected = ["/a.txt", .. Enumerable.Range(1, times).Select(number => $"/other-{number}.txt")];
        Assert.Equal(expected, await GetPathsAsync(live.BuildSid));
        Assert.Equal("200 second", await VisitAsync("/a.txt"));
        Assert.Equal("200 of someone else", await VisitAsync($"/other-{times}.txt"));
    }

    /// <summary>The service may list a Deployment a while after it created it.</summary>
    [Fact]
    public async Task A_Build_of_someone_else_is_not_lost_when_Deployments_are_listed_late()
    {
        await UploadAndDeployAsync(("a.txt", "first"));
        await UploadAsync(("a.txt", "second"));
        var before = await ListDeploymentsAsync();
        var lists = 0;
        var others = 0;
        Bench.HttpHandler = () =>
            new InterceptingHandler(
                async (request, _) =>
                {
                    if (!request.RequestUri!.AbsolutePath.EndsWith("/Deployments", StringComparison.Ordinal))
                    {
                        return null;
                    }

                    if (request.Method == HttpMethod.Get)
                    {
                        return ++lists <= 3 ? StubHandler.Json(before) : null;
                    }

                    if (++others == 1)
                    {
                        await DeployAsSomeoneElseAsync("/other.txt");
                    }

                    return null;
                }
            );

        var live = await DeployAsync();

        Assert.Equal(["/a.txt", "/other.txt"], await GetPathsAsync(live.BuildSid));
        Assert.Equal(live.BuildSid, await GetLiveBuildAsync());
        Assert.Equal("200 second", await VisitAsync("/a.txt"));
    }

    [Fact]
    public async Task A_Deployment_that_is_never_listed_is_an_error_that_says_what_is_live()
    {
        await UploadAndDeployAsync(("a.txt", "first"));
        await UploadAsync(("a.txt", "second"));
        var before = await ListDeploymentsAsync();
        Bench.HttpHandler = () =>
            InterceptingHandler.Replace(request =>
                request.Method == HttpMethod.Get
                && request.RequestUri!.AbsolutePath.EndsWith("/Deployments", StringComparison.Ordinal)
                    ? StubHandler.Json(before)
                    : null
            );

        var failure = await Assert.ThrowsAsync<AssetException>(() => DeployAsync());

        var live = (await GetLiveBuildAsync())!;
        DiagnosticAssert.Same(
            failure.Diagnostics,
            DeploymentDiagnostics.DeploymentNotListed(live, "dev", TimeSpan.FromMinutes(1))
        );
        Assert.Equal(live, Assert.IsType<InterruptedDeployment>(failure.PartialResult).Live.BuildSid);
        Assert.Equal(["SAB4026"], Logger.Warnings.Select(warning => warning.Code));
    }

    /// <summary>Nobody could tell what it contained, so its loss must not look like a success.</summary>
    [Fact]
    public async Task A_Build_of_someone_else_that_was_replaced_and_cannot_be_read_is_named()
    {
        await UploadAndDeployAsync(("a.txt", "first"));
        await UploadAsync(("a.txt", "second"));
        var others = "";
        Bench.HttpHandler = () =>
            new InterceptingHandler(
                async (request, _) =>
                {
                    var path = request.RequestUri!.AbsolutePath;
                    if (request.Method == HttpMethod.Post && path.EndsWith("/Deployments", StringComparison.Ordinal))
                    {
                        others = others.Length == 0 ? await DeployAsSomeoneElseAsync("/other.txt") : others;
                    }

                    return others.Length > 0 && path.EndsWith($"/Builds/{others}", StringComparison.Ordinal)
                        ? StubHandler.Json("""{ "code": 20404, "status": 404 }""", System.Net.HttpStatusCode.NotFound)
                        : null;
                }
            );

        var failure = await Assert.ThrowsAsync<AssetException>(() => DeployAsync());

        DiagnosticAssert.Same(failure.Diagnostics, DeploymentDiagnostics.OverwrittenBuildMissing(others, "dev"));
        var live = await GetLiveBuildAsync();
        var interrupted = Assert.IsType<InterruptedDeployment>(failure.PartialResult);
        Assert.Equal((live, live), (interrupted.BuildSid, interrupted.Live.BuildSid));
        Assert.Contains(
            DeploymentDiagnostics.DeploymentUnsettled(live!, "dev", $"{live} is live in dev", others),
            Logger.Warnings
        );
    }

    [Theory]
    [InlineData("rollback")]
    [InlineData("promote")]
    public async Task A_Build_of_someone_else_that_a_given_Build_replaced_is_named(string operation)
    {
        var (_, run) = await PrepareAsync(operation);
        var others = "";
        RunBefore(HttpMethod.Post, "/Deployments", async _ => others = await DeployAsSomeoneElseAsync("/other.txt"));

        await run(Cancellation);

        var live = await GetLiveBuildAsync();
        Assert.Contains(DeploymentDiagnostics.OtherBuildReplaced(live!, "dev", others), Logger.Warnings);
    }

    [Theory]
    [InlineData("rollback")]
    [InlineData("promote")]
    public async Task A_given_Build_is_deployed_even_if_it_is_unknown_which_one_it_replaced(string operation)
    {
        var (before, run) = await PrepareAsync(operation);
        var isDeployed = false;
        Bench.HttpHandler = () =>
            InterceptingHandler.Replace(request =>
            {
                var isList = request.RequestUri!.AbsolutePath.EndsWith("/Deployments", StringComparison.Ordinal);
                var isRefused = isList && request.Method == HttpMethod.Get && isDeployed;
                isDeployed |= isList && request.Method == HttpMethod.Post;
                return isRefused
                    ? StubHandler.Json("""{ "code": 20003, "status": 403 }""", System.Net.HttpStatusCode.Forbidden)
                    : null;
            });

        await run(Cancellation);

        var live = await GetLiveBuildAsync();
        Assert.NotEqual(before, live);
        Assert.Equal(live, ReadRecordedBuild());
        Assert.Contains(
            DeploymentDiagnostics.DeploymentUnsettled(live!, "dev", $"{live} is live in dev", replacedBuildSid: null),
            Logger.Warnings
        );
    }

    [Fact]
    public async Task A_Build_deployed_immediately_after_the_Deployment_gets_the_assets_of_both()
    {
        await UploadAndDeployAsync(("a.txt", "first"));
        await UploadAsync(("a.txt", "second"));
        var environment = (await FindEnvironmentAsync())!.Value.Sid();
        RunBefore(
            HttpMethod.Get,
            $"/{environment}",
            number => number == 1 ? DeployAsSomeoneElseAsync("/other.txt") : Task.CompletedTask
        );

        var live = await DeployAsync();

        Assert.Equal(live.BuildSid, await GetLiveBuildAsync());
        Assert.Equal("200 second", await VisitAsync("/a.txt"));
        Assert.Equal("200 of someone else", await VisitAsync("/other.txt"));
    }

    [Fact]
    public async Task The_Build_to_roll_back_to_contains_what_someone_else_deployed_at_the_same_time()
    {
        await UploadAndDeployAsync(("a.txt", "first"));
        await UploadAsync(("a.txt", "second"));
        string? others = null;
        RunBefore(
            HttpMethod.Post,
            "/Deployments",
            async number => others ??= number == 1 ? await DeployAsSomeoneElseAsync("/other.txt") : null
        );

        var live = await DeployAsync();

        Assert.NotNull(others);
        Assert.Equal((others, true), (live.PreviousBuildSid, live.IsChanged));
    }

    /// <summary>Otherwise one would replace what the other deploys without having seen it.</summary>
    [Theory]
    [InlineData("deploy")]
    [InlineData("rollback")]
    [InlineData("promote")]
    public async Task Operations_that_deploy_take_turns_on_one_machine(string operation)
    {
        using var machine = new TempFolder();
        var (live, run) = await PrepareAsync(operation);
        Bench.LockDirectory = machine.Path;
        Exception? other = null;
        RunBefore(
            HttpMethod.Post,
            "/Deployments",
            _ =>
            {
                other = Record.Exception(TakeTurn);
                return Task.CompletedTask;
            }
        );

        await run(Cancellation);

        Assert.True(other is IOException held && LockedFile.IsHeldByAnother(held), $"{other}");
        Assert.NotEqual(live, await GetLiveBuildAsync());
        TakeTurn();

        void TakeTurn() =>
            new PhysicalFileSystem().OpenExclusive(Assert.Single(Directory.GetFiles(machine.Path))).Dispose();
    }

    /// <summary>Agents on different machines, which can't take turns.</summary>
    [Theory]
    [InlineData(2, 50)]
    [InlineData(3, 20)]
    [InlineData(6, 5)]
    public async Task Concurrent_deployments_of_several_projects_lose_nothing(int projects, int rounds)
    {
        await using var others = await Others.StartAsync(Bench, projects - 1);
        EngineWorkbench[] all = [Bench, .. others.Benches];

        for (var round = 1; round <= rounds; round++)
        {
            await Task.WhenAll(
                all.Select(
                    async (bench, project) =>
                    {
                        bench.Write($"assets/{project}.txt", $"round {round}");
                        await bench.UploadAsync();
                        await new DeploymentPipeline(bench.CreateContext(new RecordingLogger())).DeployAsync(
                            bench.Settings.With(SettingTable.ServiceLimits, "Warn"), // more Builds than in an hour
                            prepared: null,
                            Cancellation
                        );
                    }
                )
            );

            foreach (var project in Enumerable.Range(0, projects))
            {
                Assert.Equal($"200 round {round}", await VisitAsync($"/{project}.txt"));
            }
        }
    }

    private async Task<string> ListDeploymentsAsync() =>
        (
            await Emulator.GetAsync($"{Service}/Environments/{(await FindEnvironmentAsync())!.Value.Sid()}/Deployments")
        ).GetRawText();

    /// <summary>Projects that deploy to the same Environment, each with its own manifest and upload state.</summary>
    private sealed class Others(IReadOnlyList<EngineWorkbench> benches) : IAsyncDisposable
    {
        public IReadOnlyList<EngineWorkbench> Benches => benches;

        public static async Task<Others> StartAsync(EngineWorkbench first, int count)
        {
            var benches = new List<EngineWorkbench>();
            for (var i = 0; i < count; i++)
            {
                var bench = await EngineWorkbench.StartAsync();
                bench.SkipWaits();
                bench.UseEmulatorOf(first);
                benches.Add(bench);
            }

            return new Others(benches);
        }

        public async ValueTask DisposeAsync()
        {
            foreach (var bench in benches)
            {
                await bench.DisposeAsync();
            }
        }
    }
}
