using System.Net;
using Serverless.Assets.Client;
using Serverless.Assets.Diagnostics;
using Serverless.Assets.Emulator;
using Serverless.Assets.Results;
using Serverless.Assets.Settings;

namespace Serverless.Assets.Tests.Deployment;

/// <summary>The operation <c>verify</c>: compares the site with the manifest and changes nothing.</summary>
public sealed class VerifyTests : DeploymentTest
{
    private static readonly (string File, string Content)[] Files =
    [
        ("a.txt", "first"),
        ("b.protected.txt", "second"),
        ("c.private.txt", "third"),
    ];

    [Fact]
    public async Task A_good_site_matches_all_assets_of_the_manifest()
    {
        var live = await UploadAndDeployAsync(Files);
        await Emulator.ResetStatsAsync();

        var verified = await VerifyAsync();

        Assert.Equal(new VerifyResult(live.ServiceSid, "dev", live.Url, 3), verified);
        Assert.Equal(
            ["Environment.List 1", "Service.Fetch 1", "Site 4"], // the protected asset with and without a signature
            (await Emulator.TakeRequestsAsync()).Order(StringComparer.Ordinal)
        );
    }

    [Fact]
    public async Task A_site_that_shows_its_previous_content_is_fetched_until_it_shows_the_new_one()
    {
        await UploadAndDeployAsync(("a.txt", "zero"));
        Emulator.Faults = new EmulatorFaults { PropagationSeconds = 20 };
        await UploadAndDeployAsync(("a.txt", "first"));

        Assert.Equal(1, (await VerifyAsync()).Assets);
        Assert.Contains("1 assets do not match yet", Logger.MessagesOf(LogLevel.Detail));
    }

    [Fact]
    public async Task Every_asset_that_differs_is_reported_sorted_by_path()
    {
        var live = await UploadAndDeployAsync(Files);
        Bench.SiteHandler = () => new WrongSite(_ => true, HttpStatusCode.OK);

        var failure = await FailsAsync(
            VerifyAsync,
            DeploymentDiagnostics.VerificationFailed(
                "/a.txt",
                $"{live.Url}a.txt",
                "200, text/plain, sha256 a7937b64b8caa58f03721bb6bacf5c78cb235febe0e70b1b84cd99541461a08e",
                $"200, text/plain, sha256 {WrongSite.Sha256}"
            ),
            DeploymentDiagnostics.VerificationFailed("/b.txt", $"{live.Url}b.txt", "403", "200"),
            DeploymentDiagnostics.VerificationFailed("/c.txt", $"{live.Url}c.txt", "404 (private)", "200")
        );

        Assert.Null(failure.PartialResult);
        Assert.Equal([live.BuildSid], await GetDeployedBuildsAsync());
    }

    [Fact]
    public async Task A_manifest_that_is_not_deployed_differs()
    {
        var live = await UploadAndDeployAsync(("a.txt", "zero"));
        await UploadAsync(("a.txt", "first"));

        var failure = await Assert.ThrowsAsync<AssetException>(VerifyAsync);

        DiagnosticAssert.SingleError(failure.Diagnostics, "SAB4010", null, $"{live.Url}a.txt");
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Nothing_to_verify_is_an_error(bool hasEnvironment)
    {
        await UploadAsync(Files);
        if (hasEnvironment)
        {
            await Emulator.Api.CreateEnvironmentAsync(EngineWorkbench.ServiceName);
        }

        await FailsAsync(VerifyAsync, DeploymentDiagnostics.NothingLive("dev", SettingTable.Environment));
    }

    [Fact]
    public async Task Only_uploads_and_plans_open_the_upload_state()
    {
        await UploadAndDeployAsync(("a.txt", "first"));
        Directory.Delete(Bench.StatePath, recursive: true);

        await BuildAsync();
        await DeployAsync();
        await VerifyAsync();
        await ListAsync();
        await PruneAsync(_ => true);
        await RemoveEnvironmentAsync(_ => true);

        Assert.False(Directory.Exists(Bench.StatePath));
    }

    [Fact]
    public void The_site_learns_nothing_of_the_trace()
    {
        using var handler = Assert.IsType<SocketsHttpHandler>(ApiConnection.CreateHandler());
        Assert.Null(handler.ActivityHeadersPropagator);
        Assert.Null(handler.Credentials);
    }
}
