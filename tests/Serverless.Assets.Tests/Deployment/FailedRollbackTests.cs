using System.Net;
using Serverless.Assets.Diagnostics;
using Serverless.Assets.Results;
using Serverless.Assets.Settings;

namespace Serverless.Assets.Tests.Deployment;

/// <summary>Deployments whose site is always wrong, and whose rollback does not go as planned.</summary>
public sealed class FailedRollbackTests : DeploymentTest
{
    public override async ValueTask InitializeAsync()
    {
        await InitializeAsync(new SkippingClock(longest: TimeSpan.FromSeconds(3)));
        Bench.Settings = Bench.Settings.With(SettingTable.Verify, true);
    }

    [Fact]
    public async Task A_Build_that_someone_else_deploys_during_the_rollback_is_reported_as_live()
    {
        await UploadAndDeployAsync(("a.txt", "first"));
        await UploadAsync(("a.txt", "second"));
        ShowWrongSite();
        var others = "";
        var deployments = 0;
        Bench.HttpHandler = () =>
            new InterceptingHandler(
                async (request, _) =>
                {
                    if (
                        request.Method == HttpMethod.Post
                        && request.RequestUri!.AbsolutePath.EndsWith("/Deployments", StringComparison.Ordinal)
                        && ++deployments == 2
                    )
                    {
                        others = await DeployAsSomeoneElseAsync("/other.txt");
                        return StubHandler.Json(
                            """{ "code": 20409, "message": "Another Deployment is in progress" }""",
                            HttpStatusCode.Conflict
                        );
                    }

                    return null;
                }
            );

        var failure = await Assert.ThrowsAsync<AssetException>(() => DeployAsync());

        await AssertLiveAsync(failure, others);
    }

    [Fact]
    public async Task A_Build_that_someone_else_deploys_immediately_before_the_rollback_becomes_live_again()
    {
        await UploadAndDeployAsync(("a.txt", "first"));
        await UploadAsync(("a.txt", "second"));
        ShowWrongSite();
        var others = "";
        RunBefore(
            HttpMethod.Post,
            "/Deployments",
            async number => others = number == 2 ? await DeployAsSomeoneElseAsync("/other.txt") : others
        );

        var failure = await Assert.ThrowsAsync<AssetException>(() => DeployAsync());

        await AssertLiveAsync(failure, others);
    }

    [Fact]
    public async Task A_rollback_that_takes_too_long_is_not_reported_as_canceled()
    {
        await UploadAndDeployAsync(("a.txt", "first"));
        await UploadAsync(("a.txt", "second"));
        ShowWrongSite();
        RunBefore(
            HttpMethod.Post,
            "/Deployments",
            number =>
            {
                Bench.Advance(number == 2 ? EngineWorkbench.RequestTimeout * 3 : TimeSpan.Zero);
                return Task.CompletedTask;
            }
        );

        var failure = await Assert.ThrowsAsync<AssetException>(() => DeployAsync());

        var live = Assert.IsType<DeployResult>(failure.PartialResult).BuildSid;
        Assert.Equal(
            DeploymentDiagnostics.RollbackFailed("dev", live, "the rollback timed out", $"{live} is live in dev"),
            failure.Diagnostics[^1]
        );
    }

    [Fact]
    public async Task A_rollback_succeeds_even_if_its_record_cannot_be_written()
    {
        var before = await UploadAndDeployAsync(("a.txt", "first"));
        await UploadAsync(("a.txt", "second"));
        ShowWrongSite();
        var records = 0;
        Bench.Files.BeforeWrite = path =>
        {
            if (path == DeploymentRecordPath && ++records == 2)
            {
                throw new IOException("No space left on device");
            }
        };

        var failure = await Assert.ThrowsAsync<AssetException>(() => DeployAsync());

        var live = Assert.IsType<DeployResult>(failure.PartialResult);
        Assert.Equal((before.BuildSid, DeploymentReason.Rollback), (live.BuildSid, live.Reason));
        Assert.Equal(["SAB4010", "SAB4011"], failure.Diagnostics.Select(problem => problem.Code));
    }

    /// <summary>Asserts that the Build of someone else is live, and that the run says so.</summary>
    private async Task AssertLiveAsync(AssetException failure, string others)
    {
        var result = Assert.IsType<DeployResult>(failure.PartialResult);
        Assert.Equal((others, DeploymentReason.Deploy), (result.Live.BuildSid, result.Reason));
        Assert.Equal(
            DeploymentDiagnostics.RollbackFailed(
                "dev",
                result.BuildSid,
                "someone else has deployed to the Environment during the rollback",
                $"{others} is live in dev"
            ),
            failure.Diagnostics[^1]
        );
        Assert.Equal(others, await GetLiveBuildAsync());
    }

    private void ShowWrongSite() =>
        Bench.SiteHandler = () =>
            new WrongSite(request => request.RequestUri!.AbsolutePath == "/a.txt", HttpStatusCode.OK);
}
