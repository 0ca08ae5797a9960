using Serverless.Assets.Diagnostics;
using Serverless.Assets.Emulator;
using Serverless.Assets.Settings;

namespace Serverless.Assets.Tests.Deployment;

/// <summary>Builds that the service refuses because of their runtime or their dependencies.</summary>
public sealed class RefusedBuildTests : DeploymentTest
{
    private const string Handler = "@twilio/runtime-handler";

    /// <summary>The names and versions of the deployed Build's dependencies.</summary>
    private const string Dependencies =
        """[{"name":"lodash","version":"4.17.21"},{"name":"twilio","version":"4.23.0"},{"name":"@twilio/runtime-handler","version":"2.1.0"}]""";

    private readonly string[] _dependencies = ["@twilio/runtime-handler@2.1.0", "lodash@4.17.21", "twilio@4.23.0"];

    [Fact]
    public async Task An_unsupported_runtime_of_the_live_Build_is_an_error_that_names_the_Build_and_the_setting()
    {
        await UploadAsync(("a.txt", "first"));
        var live = await CreateOldBuildAsync("node16");
        await DeployAsSomeoneElseAsync(live, "dev");
        Emulator.Server.Behavior = new EmulatorBehavior();

        var failure = await Assert.ThrowsAsync<AssetException>(BuildAsync);

        DiagnosticAssert.SingleError(
            failure.Diagnostics,
            "SAB4033",
            null,
            $"the runtime node16 of the live Build {live}",
            "unsupported runtime: node16",
            "ServerlessAssetsRuntime=node22",
            "The live site is unchanged"
        );
        Assert.Contains(
            "--runtime node22",
            failure.Diagnostics[0].Render(FrontTerms.CommandLine),
            StringComparison.Ordinal
        );
        Assert.Empty(Logger.Warnings);
        Assert.Equal(live, await GetLiveBuildAsync());
        Bench.Settings = Bench.Settings.With(SettingTable.Runtime, "node22");
        await DeployAsync();
        Assert.Equal("200 first", await VisitAsync("/a.txt"));
    }

    /// <summary>A Build without a runtime gets that of the last one, also in an Environment that is new.</summary>
    [Fact]
    public async Task An_unsupported_runtime_of_the_last_Build_is_an_error_that_names_it()
    {
        await UploadAsync(("a.txt", "first"));
        var last = await CreateOldBuildAsync("node18");
        Emulator.Server.Behavior = new EmulatorBehavior();

        var failure = await Assert.ThrowsAsync<AssetException>(() => DeployAsync());

        DiagnosticAssert.SingleError(
            failure.Diagnostics,
            "SAB4033",
            null,
            $"the runtime node18 of the last Build {last} of the Service",
            "Twilio code 82007",
            "ServerlessAssetsRuntime=node22"
        );
        Assert.Equal(0, (await Emulator.CountRequestsAsync()).GetValueOrDefault("AssetVersion.Fetch"));
    }

    [Fact]
    public async Task The_last_Build_is_not_one_that_failed()
    {
        await UploadAsync(("a.txt", "first"));
        var last = await CreateOldBuildAsync("node18");
        Emulator.Faults = new EmulatorFaults { FailBuilds = true };
        await CreateOldBuildAsync("node16");
        Emulator.Faults = new EmulatorFaults();
        Emulator.Server.Behavior = new EmulatorBehavior();

        var failure = await Assert.ThrowsAsync<AssetException>(() => DeployAsync());

        DiagnosticAssert.SingleError(failure.Diagnostics, "SAB4033", null, $"node18 of the last Build {last}");
    }

    [Fact]
    public async Task An_unsupported_runtime_that_is_set_is_an_error_that_names_the_setting()
    {
        await UploadAsync(("a.txt", "first"));
        Bench.Settings = Bench.Settings.With(SettingTable.Runtime, "node10");

        var failure = await Assert.ThrowsAsync<AssetException>(BuildAsync);

        DiagnosticAssert.SingleError(
            failure.Diagnostics,
            "SAB4033",
            null,
            "the runtime node10, which ServerlessAssetsRuntime sets"
        );
    }

    [Theory]
    [InlineData($"{Handler}@2.1.0", $"{Handler}@2.0.1", "lodash@4.17.21", "twilio@4.23.0")]
    [InlineData("twilio@4.23.0", $"{Handler}@2.1.0", "lodash@4.17.21", "twilio@5.3.0")]
    [InlineData($"twilio@4.23.0,{Handler}@2.1.0", $"{Handler}@2.0.1", "lodash@4.17.21", "twilio@5.3.0")]
    public async Task Withdrawn_packages_that_the_service_adds_are_left_to_the_service(
        string withdrawn,
        params string[] expected
    )
    {
        await DeployWithDependenciesAsync();
        Emulator.Server.Behavior = new EmulatorBehavior { WithdrawnDependencies = withdrawn };

        var built = await BuildAsync();

        Assert.Equal(expected, await GetDependenciesAsync(built.BuildSid));
        Assert.Equal(
            withdrawn.Split(',').Order(StringComparer.Ordinal),
            Logger
                .Warnings.Where(warning => warning.Code == "SAB4034")
                .Select(warning =>
                    _dependencies.Single(name => warning.Message.Contains($" {name}", StringComparison.Ordinal))
                )
                .Order(StringComparer.Ordinal)
        );
        await Emulator.ResetStatsAsync();

        var again = await BuildAsync();

        Assert.Equal((built.BuildSid, true), (again.BuildSid, again.IsReused));
    }

    [Fact]
    public async Task Another_withdrawn_package_is_an_error_that_names_it()
    {
        var live = await DeployWithDependenciesAsync();
        Emulator.Server.Behavior = new EmulatorBehavior { WithdrawnDependencies = "lodash@4.17.21" };
        await Emulator.ResetStatsAsync();

        var failure = await Assert.ThrowsAsync<AssetException>(BuildAsync);

        DiagnosticAssert.SingleError(
            failure.Diagnostics,
            "SAB4035",
            null,
            "lodash@4.17.21",
            live,
            "The live site is unchanged"
        );
        Assert.Equal(1, (await Emulator.CountRequestsAsync())["Build.Create"]);
    }

    /// <summary>The service raises the version of the handler for node24, but not that of a very old one.</summary>
    [Fact]
    public async Task A_Build_that_fails_names_a_runtime_handler_that_the_runtime_does_not_support()
    {
        var live = await DeployWithDependenciesAsync($$"""[{"name":"{{Handler}}","version":"1.1.3"}]""");
        Bench.Settings = Bench.Settings.With(SettingTable.Runtime, "node24");

        var failure = await Assert.ThrowsAsync<AssetException>(BuildAsync);

        DiagnosticAssert.SingleError(
            failure.Diagnostics,
            "SAB4004",
            null,
            $"The likely one is {Handler}@1.1.3, which the new Build keeps from the live one",
            "the runtime node24 needs version 1.2.0 or later",
            "set ServerlessAssetsRuntime=node22"
        );
        Assert.Equal(live, await GetLiveBuildAsync());
        Bench.Settings = Bench.Settings.With(SettingTable.Runtime, "node22");
        await BuildAsync();
    }

    [Theory]
    [InlineData("node24", "1.2.0")]
    [InlineData("node24", "2.1.2")]
    [InlineData("node24", "^1.1.0")]
    [InlineData("node22", "1.1.3")]
    public async Task A_Build_that_fails_does_not_name_a_runtime_handler_that_is_not_the_reason(
        string runtime,
        string version
    )
    {
        await DeployWithDependenciesAsync($$"""[{"name":"{{Handler}}","version":"{{version}}"}]""");
        Bench.Settings = Bench.Settings.With(SettingTable.Runtime, runtime);
        Emulator.Faults = new EmulatorFaults { FailBuilds = true };

        var failure = await Assert.ThrowsAsync<AssetException>(BuildAsync);

        DiagnosticAssert.SingleError(
            failure.Diagnostics,
            "SAB4004",
            null,
            "The most common one is a dependency that can't be installed."
        );
    }

    [Fact]
    public async Task A_Build_with_an_outdated_runtime_that_fails_has_a_warning_too()
    {
        await UploadAsync(("a.txt", "first"));
        await DeployAsSomeoneElseAsync(await CreateOldBuildAsync("node18"), "dev");
        Emulator.Faults = new EmulatorFaults { FailBuilds = true };

        var failure = await Assert.ThrowsAsync<AssetException>(BuildAsync);

        Assert.Equal(["SAB4004"], failure.Diagnostics.Select(problem => problem.Code));
        Assert.Equal(["SAB4017"], Logger.Warnings.Select(warning => warning.Code));
    }

    [Fact]
    public async Task The_Build_whose_runtime_handler_the_service_raised_is_reused()
    {
        await DeployWithDependenciesAsync();
        Bench.Settings = Bench.Settings.With(SettingTable.Runtime, "node24");

        var first = await BuildAsync();
        var second = await BuildAsync();

        Assert.Equal(
            [$"{Handler}@2.1.2", "lodash@4.17.21", "twilio@4.23.0"],
            await GetDependenciesAsync(first.BuildSid)
        );
        Assert.Equal((first.BuildSid, true), (second.BuildSid, second.IsReused));
        await DeployAsync();
        Assert.True((await BuildAsync()).IsReused);
        Assert.Equal(first.BuildSid, await GetLiveBuildAsync());
    }

    /// <summary>Creates a Build with a runtime that was supported then.</summary>
    private async Task<string> CreateOldBuildAsync(string runtime)
    {
        Emulator.Server.Behavior = new EmulatorBehavior { SupportedRuntimes = $"{runtime},node22" };
        var version = await Emulator.Api.AddAsync(EngineWorkbench.ServiceName, "/old.txt", "old");
        var build = await Emulator.PostAsync($"{Service}/Builds", ("AssetVersions", version), ("Runtime", runtime));
        return build.Sid();
    }

    /// <summary>Uploads <c>/a.txt</c> to a Service with a live Build that has these dependencies.</summary>
    private async Task<string> DeployWithDependenciesAsync(string dependencies = Dependencies)
    {
        await UploadAsync(("a.txt", "first"));
        var version = await Emulator.Api.AddAsync(EngineWorkbench.ServiceName, "/old.txt", "old");
        var build = await Emulator.PostAsync(
            $"{Service}/Builds",
            ("AssetVersions", version),
            ("Dependencies", dependencies)
        );
        await DeployAsSomeoneElseAsync(build.Sid(), "dev");
        return build.Sid();
    }

    private async Task<string[]> GetDependenciesAsync(string build) =>
        [
            .. (await Emulator.GetAsync($"{Service}/Builds/{build}"))
                .GetProperty("dependencies")
                .EnumerateArray()
                .Select(entry => $"{entry.Text("name")}@{entry.Text("version")}")
                .Order(StringComparer.Ordinal),
        ];
}
