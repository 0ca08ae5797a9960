namespace Serverless.Assets.Emulator.Tests.Api;

/// <summary>The runtime and the dependencies of a Build, and the behavior settings for Builds.</summary>
public sealed class BuildRulesTests
{
    [Theory]
    [InlineData("node20")]
    [InlineData("node22")]
    [InlineData("node24")]
    public async Task A_supported_runtime_is_kept(string runtime)
    {
        await using var emulator = await TestEmulator.StartAsync();
        var create = await StartAsync(emulator);

        Assert.Equal(runtime, (await create(("Runtime", runtime))).Created().Text("runtime"));
    }

    [Theory]
    [InlineData("node10")]
    [InlineData("node18")]
    [InlineData("node26")]
    [InlineData("Node22")]
    public async Task Another_runtime_is_refused(string runtime)
    {
        await using var emulator = await TestEmulator.StartAsync();
        var create = await StartAsync(emulator);

        (await create(("Runtime", runtime))).Refused(400, 20001, $"unsupported runtime: {runtime}");
    }

    [Fact]
    public async Task A_runtime_that_is_left_out_is_that_of_the_last_successful_build()
    {
        await using var emulator = await TestEmulator.StartAsync();
        var create = await StartAsync(emulator);

        Assert.Equal("node22", (await create()).Created().Text("runtime"));
        (await create(("Runtime", "node20"))).Created();
        emulator.Faults = new EmulatorFaults { FailBuilds = true };
        (await create(("Runtime", "node24"))).Created();
        Assert.Equal("node20", (await create()).Created().Text("runtime"));
    }

    [Fact]
    public async Task A_runtime_that_is_left_out_and_no_longer_supported_is_refused()
    {
        await using var emulator = await TestEmulator.StartAsync();
        var create = await StartAsync(emulator);
        (await create(("Runtime", "node20"))).Created();
        emulator.Server.Behavior = new EmulatorBehavior { SupportedRuntimes = "node22,node24" };

        (await create()).Refused(
            400,
            82007,
            "Runtime was not specified, and node20 of the last successful Build is no longer supported. "
                + "Specify one of node22, node24"
        );
        (await create(("Runtime", "node22"))).Created();
    }

    [Theory]
    [InlineData("@twilio/runtime-handler", "3.0.0")]
    [InlineData("twilio", "99.0.0")]
    [InlineData("lodash", "4.17.20")]
    [InlineData("lodash", "")]
    [InlineData("not a name", "1.0.0")]
    public async Task A_dependency_that_does_not_exist_is_refused(string name, string version)
    {
        await using var emulator = await TestEmulator.StartAsync();
        var create = await StartAsync(emulator);
        emulator.Server.Behavior = new EmulatorBehavior { WithdrawnDependencies = "axios@1.0.0,lodash@4.17.20" };

        (await create(("Dependencies", $$"""[{"name":"{{name}}","version":"{{version}}"}]"""))).Refused(
            400,
            20001,
            $"Some dependencies could not be validated. No matching version found for {name}@{version}"
        );
    }

    [Theory]
    [InlineData("lodash", "4.17.21")]
    [InlineData("lodash", "^4.0 || 3.x")]
    [InlineData("twilio", "latest")]
    [InlineData("twilio", "3.56")]
    [InlineData("@twilio/runtime-handler", "2.0.1-rc.1")]
    public async Task A_dependency_that_can_exist_is_kept(string name, string version)
    {
        await using var emulator = await TestEmulator.StartAsync();
        var create = await StartAsync(emulator);

        var build = (await create(("Dependencies", $$"""[{"name":"{{name}}","version":"{{version}}"}]"""))).Created();

        Assert.Equal((name, version), (build.All("dependencies", "name")[0], build.All("dependencies", "version")[0]));
    }

    [Theory]
    [InlineData("node24", null, "2.1.2", "completed")]
    [InlineData("node24", "1.2.0", "2.1.2", "completed")]
    [InlineData("node24", "2.1.3", "2.1.3", "completed")]
    [InlineData("node24", "1.1.9", "1.1.9", "failed")]
    [InlineData("node22", "1.1.9", "1.1.9", "completed")]
    public async Task A_newer_runtime_needs_a_newer_handler(
        string runtime,
        string? requested,
        string returned,
        string status
    )
    {
        await using var emulator = await TestEmulator.StartAsync();
        var create = await StartAsync(emulator);
        var list = requested is null
            ? "[]"
            : $$"""[{"name":"@twilio/runtime-handler","version":"{{requested}}"},{"name":"twilio","version":"5.0.0"}]""";

        var build = (await create(("Runtime", runtime), ("Dependencies", list))).Created();

        Assert.Contains(returned, build.All("dependencies", "version"));
        Assert.Equal(status, build.Text("status"));
    }

    [Fact]
    public async Task Builds_per_hour_can_be_limited()
    {
        await using var emulator = await TestEmulator.StartAsync();
        var create = await StartAsync(emulator);
        emulator.Server.Behavior = new EmulatorBehavior { BuildsPerHour = 2 };
        (await create()).Created();
        (await create()).Created();

        (await create()).Refused(429, 20429, "An account can create at most 2 Builds in an hour");
        emulator.Clock.Advance(TimeSpan.FromHours(1));
        (await create()).Created();
    }

    [Fact]
    public async Task Builds_that_are_not_deployed_can_expire()
    {
        await using var emulator = await TestEmulator.StartAsync();
        var create = await StartAsync(emulator);
        var deployed = (await create()).Created().Sid();
        (await create()).Created();
        var environment = (await emulator.Api.CreateEnvironmentAsync("shop")).Sid();
        (await emulator.Api.DeployAsync("shop", environment, deployed)).Created();
        emulator.Clock.Advance(TimeSpan.FromHours(25));
        Assert.Equal(2, (await emulator.GetAsync("/v1/Services/shop/Builds")).All("builds", "sid").Length);

        emulator.Server.Behavior = new EmulatorBehavior { UndeployedBuildHours = 24 };
        emulator.Clock.Advance(TimeSpan.FromMinutes(1));

        Assert.Equal([deployed], (await emulator.GetAsync("/v1/Services/shop/Builds")).All("builds", "sid"));
    }

    [Fact]
    public async Task Two_versions_with_one_path_can_be_accepted()
    {
        await using var emulator = await TestEmulator.StartAsync();
        var service = (await emulator.Api.CreateServiceAsync()).Sid();
        emulator.Server.Behavior = new EmulatorBehavior { AcceptsDuplicatePaths = true };
        var one = await emulator.Api.AddAsync(service, "/a", "1");
        var two = await emulator.Api.AddAsync(service, "/a", "2");

        var build = (await emulator.Api.BuildAsync(service, one, two)).Created();

        Assert.Equal([one, two], build.All("asset_versions", "sid"));
    }

    [Fact]
    public async Task Numbers_can_be_unlimited()
    {
        await using var emulator = await TestEmulator.StartAsync();
        emulator.Server.Behavior = new EmulatorBehavior { LimitsCounts = false };
        for (var i = 0; i <= 50; i++)
        {
            await emulator.Api.CreateServiceAsync($"shop-{i}");
        }

        for (var i = 0; i <= 25; i++)
        {
            await emulator.Api.CreateEnvironmentAsync("shop-0", $"e{i}", $"e{i}");
        }

        string[] versions = new string[51];
        for (var i = 0; i <= 50; i++)
        {
            versions[i] = await emulator.Api.AddAsync("shop-0", $"/{i}", "x", "private");
        }

        (await emulator.Api.BuildAsync("shop-0", versions)).Created();
    }

    /// <returns>Creates a Build with one Asset Version and other fields.</returns>
    private static async Task<CreateBuild> StartAsync(TestEmulator emulator)
    {
        var service = (await emulator.Api.CreateServiceAsync()).Sid();
        var version = await emulator.Api.AddAsync(service, "/a", "a");
        return fields =>
            emulator.Api.PostAsync($"/v1/Services/{service}/Builds", [("AssetVersions", version), .. fields]);
    }

    private delegate Task<ApiResult> CreateBuild(params (string Name, string Value)[] fields);
}
