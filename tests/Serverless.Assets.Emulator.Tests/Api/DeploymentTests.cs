using System.Text.RegularExpressions;

namespace Serverless.Assets.Emulator.Tests.Api;

public sealed class DeploymentTests
{
    [Fact]
    public async Task A_deployment_is_created_with_these_fields()
    {
        await using var emulator = await TestEmulator.StartAsync();
        var (service, environment, build) = await ReadyAsync(emulator);

        var deployment = (await emulator.Api.DeployAsync(service, environment, build)).Created();

        var list = $"/v1/Services/{service}/Environments/{environment}/Deployments";
        var url = $"{emulator.Server.BaseAddress.ToString().TrimEnd('/')}{list}/{deployment.Sid()}";
        Assert.Matches(new Regex("^ZD[0-9a-f]{32}$"), deployment.Sid());
        JsonAssert.Same(
            $$"""
            {
              "sid": "{{deployment.Sid()}}",
              "account_sid": "{{ApiClient.Account}}",
              "service_sid": "{{service}}",
              "environment_sid": "{{environment}}",
              "build_sid": "{{build}}",
              "date_created": "2026-03-01T12:00:00Z",
              "date_updated": "2026-03-01T12:00:00Z",
              "url": "{{url}}"
            }
            """,
            deployment
        );
        Assert.Equal(deployment.GetRawText(), (await emulator.Api.GetAsync(url)).Ok().GetRawText());
        Assert.Equal(build, await LiveAsync(emulator, service, environment));
    }

    [Fact]
    public async Task The_build_that_is_live_is_not_deployed_again()
    {
        await using var emulator = await TestEmulator.StartAsync();
        var (service, environment, build) = await ReadyAsync(emulator);
        (await emulator.Api.DeployAsync(service, environment, build)).Created();

        (await emulator.Api.DeployAsync(service, environment, build)).Refused(
            409,
            20409,
            "Environment already has requested deployment"
        );
    }

    [Fact]
    public async Task Deployments_are_listed_newest_first_and_one_without_a_build_takes_all_down()
    {
        await using var emulator = await TestEmulator.StartAsync();
        var (service, environment, build) = await ReadyAsync(emulator);

        var first = (await emulator.Api.DeployAsync(service, environment, build)).Created().Sid();
        var none = (await emulator.Api.DeployAsync(service, environment, null)).Created();
        Assert.Null(none.Text("build_sid"));
        Assert.Null(await LiveAsync(emulator, service, environment));
        var third = (await emulator.Api.DeployAsync(service, environment, build)).Created().Sid();

        var list = (await emulator.Api.GetAsync($"/v1/Services/{service}/Environments/{environment}/Deployments")).Ok();
        Assert.Equal([third, none.Sid(), first], list.All("deployments", "sid"));
        Assert.Equal(build, await LiveAsync(emulator, service, environment));
    }

    [Fact]
    public async Task Only_a_completed_build_is_deployed()
    {
        await using var emulator = await TestEmulator.StartAsync(new EmulatorFaults { BuildSeconds = 10 });
        var (service, environment, build) = await ReadyAsync(emulator);

        (await emulator.Api.DeployAsync(service, environment, build)).Refused(
            400,
            20001,
            $"Build {build} is building, only a completed Build can be deployed"
        );
        emulator.Clock.Advance(TimeSpan.FromSeconds(10));
        (await emulator.Api.DeployAsync(service, environment, build)).Created();
    }

    [Fact]
    public async Task A_build_of_another_service_is_unknown()
    {
        await using var emulator = await TestEmulator.StartAsync();
        var (_, _, foreign) = await ReadyAsync(emulator, "other");
        var (service, environment, _) = await ReadyAsync(emulator);

        (await emulator.Api.DeployAsync(service, environment, foreign)).Refused(
            400,
            20001,
            $"Build {foreign} was not found in Service {service}"
        );
    }

    [Fact]
    public async Task A_build_of_node18_is_not_deployed_any_more()
    {
        await using var emulator = await TestEmulator.StartAsync();
        emulator.Server.Behavior = new EmulatorBehavior { SupportedRuntimes = "node18,node22" };
        var (service, environment, _) = await ReadyAsync(emulator);
        var version = await emulator.Api.AddAsync(service, "/b", "b");
        var build = (
            await emulator.Api.PostAsync(
                $"/v1/Services/{service}/Builds",
                ("AssetVersions", version),
                ("Runtime", "node18")
            )
        )
            .Created()
            .Sid();

        emulator.Server.Behavior = new EmulatorBehavior();

        (await emulator.Api.DeployAsync(service, environment, build)).Refused(
            400,
            20001,
            "Runtime node18 is no longer supported for deployments"
        );
    }

    private static async Task<(string Service, string Environment, string Build)> ReadyAsync(
        TestEmulator emulator,
        string name = "shop"
    )
    {
        var service = (await emulator.Api.CreateServiceAsync(name)).Sid();
        var version = await emulator.Api.AddAsync(service, "/a", "a");
        var environment = (await emulator.Api.CreateEnvironmentAsync(service)).Sid();
        return (service, environment, (await emulator.Api.BuildAsync(service, version)).Created().Sid());
    }

    private static async Task<string?> LiveAsync(TestEmulator emulator, string service, string environment) =>
        (await emulator.Api.GetAsync($"/v1/Services/{service}/Environments/{environment}")).Ok().Text("build_sid");
}
