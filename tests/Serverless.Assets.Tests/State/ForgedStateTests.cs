using System.Security.Cryptography;
using System.Text;
using Serverless.Assets.Client;
using Serverless.Assets.Diagnostics;
using Serverless.Assets.Files;
using Serverless.Assets.Settings;
using Serverless.Assets.State;
using Serverless.Assets.Tests.Deployment;

namespace Serverless.Assets.Tests.State;

/// <summary>
/// What someone can do who can write the upload state of others, for example a cache that is not separate for each pull
/// request. The service has no hash of a version, so a run can't notice it before the site shows the content.
/// </summary>
public sealed class ForgedStateTests : DeploymentTest
{
    [Fact]
    public async Task Anyone_who_can_write_the_state_can_make_a_run_publish_another_version()
    {
        await UploadAndDeployAsync(("a.txt", "old"));
        Forge("new", Bench.ReadManifest().Assets.Single().AssetVersionSid);

        await UploadAndDeployAsync(("a.txt", "new"), ("b.txt", "another change"));

        Assert.Equal("200 old", await VisitAsync("/a.txt"));
    }

    [Fact]
    public async Task A_deployment_with_verification_notices_it_and_rolls_back()
    {
        var before = await UploadAndDeployAsync(("a.txt", "old"));
        Forge("new", Bench.ReadManifest().Assets.Single().AssetVersionSid);
        Bench.Settings = Bench.Settings.With(SettingTable.Verify, true);
        await UploadAsync(("a.txt", "new"), ("b.txt", "another change"));

        var failure = await Assert.ThrowsAsync<AssetException>(() => DeployAsync());

        Assert.Equal(["SAB4010", "SAB4011"], failure.Diagnostics.Select(diagnostic => diagnostic.Code));
        Assert.Equal(before.BuildSid, await GetLiveBuildAsync());
    }

    /// <summary>The service refuses a Build with a version of another Service, and the file is uploaded again.</summary>
    [Fact]
    public async Task The_state_can_not_make_a_run_publish_a_version_of_another_Service()
    {
        await UploadAndDeployAsync(("a.txt", "old"));
        await Emulator.PostAsync("/v1/Services", ("UniqueName", "other"), ("FriendlyName", "other"));
        Forge("new", Sid.Parse(await Emulator.Api.AddAsync("other", "/a.txt", "evil")));

        await UploadAndDeployAsync(("a.txt", "new"));

        Assert.Equal("200 new", await VisitAsync("/a.txt"));
    }

    /// <summary>Records that this version of <c>/a.txt</c> has this content.</summary>
    private void Forge(string content, Sid version)
    {
        var manifest = Bench.ReadManifest();
        var asset = manifest.Assets.Single();
        var key = new StateKey(
            manifest.AccountSid,
            manifest.ServiceSid,
            asset.Path,
            asset.Visibility,
            asset.ContentType,
            Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(content)))
        );
        using var state = UploadState.Open(
            Bench.StatePath,
            Bench.Project,
            new PhysicalFileSystem(),
            Bench.Logger,
            Bench.Clock
        );
        state.RecordUpload(new RememberedUpload(key, asset.AssetSid, version, Bench.Clock.GetUtcNow()));
    }
}
