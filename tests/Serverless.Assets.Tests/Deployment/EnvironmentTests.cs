using Serverless.Assets.Client;
using Serverless.Assets.Diagnostics;
using Serverless.Assets.Results;

namespace Serverless.Assets.Tests.Deployment;

/// <summary>The operations <c>remove</c> and <c>list</c>, and how an Environment is found.</summary>
public sealed class EnvironmentTests : DeploymentTest
{
    [Fact]
    public async Task An_Environment_is_removed_with_consent()
    {
        var live = await UploadAndDeployAsync(("a.txt", "first"));
        UseEnvironment("prod");
        var prod = await PromoteAsync("dev");
        UseEnvironment("dev");
        var asked = "";

        var removed = await RemoveEnvironmentAsync(domain =>
        {
            asked = domain;
            return true;
        });

        Assert.Equal(live.Domain, asked);
        Assert.Equal(new RemoveResult(live.ServiceSid, "dev", live.Domain), removed);
        Assert.Null(await FindEnvironmentAsync());
        Assert.Equal(prod.BuildSid, await GetLiveBuildAsync("prod"));
    }

    [Fact]
    public async Task Without_consent_it_stays()
    {
        var live = await UploadAndDeployAsync(("a.txt", "first"));

        await FailsAsync(
            () => RemoveEnvironmentAsync(_ => false),
            DeploymentDiagnostics.RemovalNeedsConfirmation("dev", live.Domain)
        );

        Assert.Equal("200 first", await VisitAsync("/a.txt"));
    }

    [Fact]
    public async Task An_Environment_that_does_not_exist_needs_no_removal_and_a_matching_suffix_is_not_enough()
    {
        await UploadAsync(("a.txt", "first"));
        await Emulator.Api.CreateEnvironmentAsync(EngineWorkbench.ServiceName, "preview", "dev");

        var removed = await RemoveEnvironmentAsync(_ => throw new InvalidOperationException("Nothing to confirm."));

        Assert.Equal(("dev", null), (removed.Environment, removed.Domain));
        Assert.NotNull(await FindEnvironmentAsync("preview"));
    }

    [Fact]
    public async Task A_deployment_finds_an_Environment_by_its_domain_suffix_too()
    {
        await UploadAsync(("a.txt", "first"));
        await Emulator.Api.CreateEnvironmentAsync(EngineWorkbench.ServiceName, "dev-environment", "dev");

        var live = await DeployAsync();

        Assert.Equal("dev-environment", live.Environment);
        Assert.Equal(live.BuildSid, await GetLiveBuildAsync("dev-environment"));
        Assert.Null(await FindEnvironmentAsync());
    }

    [Fact]
    public async Task The_list_has_every_Environment_with_its_contents()
    {
        await UploadAsync(("a.protected.txt", "first"));
        var functions = await FunctionsService.DeployAsync(Emulator, (await Emulator.GetAsync(Service)).Sid());
        var live = await DeployAsync();
        var empty = await Emulator.Api.CreateEnvironmentAsync(EngineWorkbench.ServiceName, "a-preview", "a-preview");
        var versions = (await Emulator.GetVersionsAsync()).ToDictionary(version => version.Text("path"));

        var list = await ListAsync();

        Assert.Equal(live.ServiceSid, list.ServiceSid);
        Assert.Equivalent(
            new EnvironmentInfo[]
            {
                new(
                    "a-preview",
                    TestSid.From(empty.Sid()),
                    "a-preview",
                    SiteAddress.Parse(empty.Text("domain_name")),
                    BuildSid: null,
                    Runtime: null,
                    Deployment: null,
                    Assets: [],
                    Functions: [],
                    EarlierBuilds: []
                ),
                new(
                    "dev",
                    live.EnvironmentSid,
                    "dev",
                    SiteAddress.Parse(live.Domain),
                    live.BuildSid,
                    "node20",
                    Deployment: null,
                    [
                        Describe("/a.txt", Visibility.Protected),
                        Describe(FunctionsService.OtherAsset, Visibility.Public),
                    ],
                    ["/call"],
                    [new EarlierBuild(TestSid.From(functions.Build), Deployment: null)]
                ),
            },
            list.Environments,
            strict: true
        );

        LiveAsset Describe(string path, Visibility visibility) =>
            new(path, visibility, TestSid.From(versions[path].Sid()), TestSid.From(versions[path].Text("asset_sid")));
    }
}
