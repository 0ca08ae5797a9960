using Serverless.Assets.Diagnostics;
using Serverless.Assets.Results;
using Serverless.Assets.Settings;

namespace Serverless.Assets.Tests.Deployment;

/// <summary>The operation <c>promote</c>: deploys the Build of another Environment.</summary>
public sealed class PromoteTests : DeploymentTest
{
    [Fact]
    public async Task The_Build_of_the_other_Environment_is_deployed_and_no_other()
    {
        var tested = await UploadAndDeployAsync(("a.txt", "first"));
        await UploadAsync(("a.txt", "not tested"));
        UseEnvironment("prod");
        Bench.Settings = Bench.Settings.With(SettingTable.DomainSuffix, "-");
        await Emulator.ResetStatsAsync();

        var live = await PromoteAsync("dev");

        Assert.Equal(
            [
                "Deployment.Create 1",
                "Deployment.List 1",
                "Environment.Create 1",
                "Environment.Fetch 1",
                "Environment.List 2",
                "Service.Fetch 1",
            ],
            (await Emulator.TakeRequestsAsync()).Order(StringComparer.Ordinal)
        );
        Assert.Equal(
            ("prod", tested.BuildSid, DeploymentReason.PromotionFrom("dev")),
            (live.Environment, live.BuildSid, live.Reason)
        );
        Assert.Equal((true, null, null), (live.IsChanged, live.PreviousBuildSid, live.Build));
        Assert.Equal(tested.BuildSid, await GetLiveBuildAsync("prod"));
        Assert.Equal("200 first", await VisitAsync("/a.txt", "prod"));
    }

    [Fact]
    public async Task A_Build_that_is_live_already_is_not_deployed_again()
    {
        await UploadAndDeployAsync(("a.txt", "first"));
        UseEnvironment("prod");
        var live = await PromoteAsync("dev");

        var again = await PromoteAsync("dev");

        Assert.Equal(live with { IsChanged = false }, again);
        Assert.Equal([live.BuildSid], await GetDeployedBuildsAsync("prod"));
    }

    [Fact]
    public async Task Without_a_live_Build_to_promote_it_is_an_error_and_nothing_is_created()
    {
        await UploadAsync(("a.txt", "first"));
        UseEnvironment("prod");

        await FailsAsync(() => PromoteAsync("dev"), DeploymentDiagnostics.NothingLive("dev", SettingTable.PromoteFrom));

        Assert.Null(await FindEnvironmentAsync("prod"));
    }
}
