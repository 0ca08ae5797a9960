namespace Serverless.Assets.Client.InteropTests;

/// <summary>One library deploys what the other one created, except for the upload, which only ours can do.</summary>
public sealed class DeployedSiteTests : InteropTest
{
    private const string Path = "/img/logo.png";

    [Theory]
    [MemberData(nameof(Libraries))]
    public async Task What_the_other_library_created_is_deployed_and_served(Library deployer)
    {
        var bytes = new byte[100_000];
        new Random(1).NextBytes(bytes);
        var version = await UploadAsync(Path, bytes);

        var domain =
            deployer == Library.Official
                ? await DeployOfficialAsync(await BuildOursAsync(version.Sid))
                : await DeployOursAsync(await BuildOfficialAsync(version.Sid));

        var site = await Api.SiteAsync(domain, Path);
        Assert.Equal((200, "image/png"), (site.Status, site.Headers["Content-Type"]));
        Assert.Equal(bytes, site.Body);
    }

    private async Task<string> BuildOursAsync(Sid version) =>
        (await Ours.Builds.CreateAsync(ServiceSid, new BuildContents { AssetVersions = [version] }, Token)).Sid;

    private async Task<string> BuildOfficialAsync(Sid version) =>
        (await V1.Service.BuildResource.CreateAsync(ServiceSid, [version], client: Official)).Sid;

    /// <returns>The host and port of the site.</returns>
    private async Task<string> DeployOfficialAsync(string build)
    {
        var status = await V1.Service.Build.BuildStatusResource.FetchAsync(ServiceSid, build, Official);
        Assert.Equal(V1.Service.Build.BuildStatusResource.StatusEnum.Completed, status.Status);
        await V1.Service.Environment.DeploymentResource.CreateAsync(
            ServiceSid,
            EnvironmentSid,
            build,
            client: Official
        );
        return (await V1.Service.EnvironmentResource.FetchAsync(ServiceSid, EnvironmentSid, Official)).DomainName;
    }

    /// <summary>Deploys to an Environment that the other library creates.</summary>
    /// <returns>The host and port of the site.</returns>
    private async Task<string> DeployOursAsync(string build)
    {
        var created = await V1.Service.EnvironmentResource.CreateAsync(ServiceSid, "production", client: Official);
        var environment = Sid.Parse(created.Sid, SidKind.Environment);
        var sid = Sid.Parse(build, SidKind.Build);
        Assert.Equal(BuildStatus.Completed, (await Ours.Builds.FetchStatusAsync(ServiceSid, sid, Token)).Status);
        await Ours.Deployments.CreateAsync(ServiceSid, environment, sid, Token);
        return (await Ours.Environments.FetchAsync(ServiceSid, environment, Token)).DomainName;
    }
}
