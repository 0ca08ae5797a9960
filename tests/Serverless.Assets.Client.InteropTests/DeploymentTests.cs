namespace Serverless.Assets.Client.InteropTests;

public sealed class DeploymentTests : InteropTest
{
    [Theory]
    [MemberData(nameof(Libraries))]
    public async Task A_Deployment_of_one_library_is_fetched_and_listed_by_the_other(Library creator)
    {
        var build = (await CreateBuildAsync()).Sid;
        var environment = Sid.Parse(EnvironmentSid);
        object created =
            creator == Library.Official
                ? await V1.Service.Environment.DeploymentResource.CreateAsync(
                    ServiceSid,
                    EnvironmentSid,
                    build,
                    client: Official
                )
                : await Ours.Deployments.CreateAsync(ServiceSid, environment, build, Token);

        var ours = Assert.Single(await Ours.Deployments.ListAllAsync(ServiceSid, environment, Token));
        Assert.Equal(build, ours.BuildSid);
        FieldAssert.Same<DeploymentResource>(
            created,
            ours,
            await Ours.Deployments.FetchAsync(ServiceSid, environment, ours.Sid, Token),
            await V1.Service.Environment.DeploymentResource.FetchAsync(ServiceSid, EnvironmentSid, ours.Sid, Official),
            Assert.Single(await ListOfficialAsync())
        );
        await AssertEnvironmentAsync(build);
    }

    [Fact]
    public async Task Both_libraries_see_that_a_Deployment_without_a_Build_took_the_site_down()
    {
        var build = (await CreateBuildAsync()).Sid;
        var environment = Sid.Parse(EnvironmentSid);
        await Ours.Deployments.CreateAsync(ServiceSid, environment, build, Token);

        await V1.Service.Environment.DeploymentResource.CreateAsync(ServiceSid, EnvironmentSid, client: Official);

        var ours = await Ours.Deployments.ListAllAsync(ServiceSid, environment, Token);
        Assert.Equal([null, build], ours.Select(deployment => deployment.BuildSid));
        FieldAssert.SameList<DeploymentResource>(ours, await ListOfficialAsync());
        await AssertEnvironmentAsync(build: null);
    }

    private Task<Twilio.Base.ResourceSet<V1.Service.Environment.DeploymentResource>> ListOfficialAsync() =>
        V1.Service.Environment.DeploymentResource.ReadAsync(ServiceSid, EnvironmentSid, client: Official);

    private async Task AssertEnvironmentAsync(Sid? build)
    {
        var ours = await Ours.Environments.FetchAsync(ServiceSid, Sid.Parse(EnvironmentSid), Token);
        Assert.Equal(build, ours.BuildSid);
        FieldAssert.Same<EnvironmentResource>(
            ours,
            await V1.Service.EnvironmentResource.FetchAsync(ServiceSid, EnvironmentSid, Official)
        );
    }
}
