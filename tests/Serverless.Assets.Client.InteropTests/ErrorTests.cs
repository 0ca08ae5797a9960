using System.Net;
using Twilio.Clients;
using Twilio.Exceptions;

namespace Serverless.Assets.Client.InteropTests;

/// <summary>Both libraries report the same status and the same code of Twilio for the same request.</summary>
public sealed class ErrorTests : InteropTest
{
    private const string NoService = "ZS00000000000000000000000000000001";

    private static readonly Sid NoAsset = Sid.Parse("ZH00000000000000000000000000000001");
    private static readonly Sid NoVersion = Sid.Parse("ZN00000000000000000000000000000001");
    private static readonly Sid NoBuild = Sid.Parse("ZB00000000000000000000000000000001");
    private static readonly Sid NoEnvironment = Sid.Parse("ZE00000000000000000000000000000001");
    private static readonly Sid NoDeployment = Sid.Parse("ZD00000000000000000000000000000001");
    private static readonly Sid NoVariable = Sid.Parse("ZV00000000000000000000000000000001");

    [Theory]
    [InlineData("Service.Fetch")]
    [InlineData("Asset.Create")]
    [InlineData("Asset.List")]
    [InlineData("AssetVersion.Fetch")]
    [InlineData("AssetVersion.List")]
    [InlineData("Build.Fetch")]
    [InlineData("Build.FetchStatus")]
    [InlineData("Build.List")]
    [InlineData("Environment.Create")]
    [InlineData("Environment.Fetch")]
    [InlineData("Environment.List")]
    [InlineData("Deployment.Create")]
    [InlineData("Deployment.List")]
    [InlineData("Asset.Fetch")]
    [InlineData("Asset.Update")]
    [InlineData("Deployment.Fetch")]
    [InlineData("Function.Fetch")]
    [InlineData("Function.List")]
    [InlineData("FunctionVersion.Fetch")]
    [InlineData("FunctionVersion.List")]
    [InlineData("Variable.Create")]
    [InlineData("Variable.Fetch")]
    [InlineData("Variable.List")]
    [InlineData("Variable.Update")]
    public async Task An_unknown_SID_is_404_and_20404(string operation)
    {
        await AssertErrorAsync(
            () => CallOfficialAsync(Official, operation),
            () => CallOursAsync(Ours, operation),
            HttpStatusCode.NotFound,
            20404
        );
        var requests = Emulator.Server.Requests.TakeLast(2).Select(request => (request.Method, request.Path));
        Assert.Single(requests.Distinct());
    }

    [Theory]
    [InlineData("Service.Fetch")]
    [InlineData("Asset.Create")]
    [InlineData("Build.List")]
    [InlineData("Deployment.Create")]
    public async Task Wrong_credentials_are_401_and_20003(string operation)
    {
        var official = CreateOfficial("wrong-one");
        var ours = CreateOurs("wrong-one");

        await AssertErrorAsync(
            () => CallOfficialAsync(official, operation),
            () => CallOursAsync(ours, operation),
            HttpStatusCode.Unauthorized,
            20003
        );
    }

    [Fact]
    public Task A_Service_name_that_is_taken_is_409_and_20409() =>
        AssertErrorAsync(
            () => V1.ServiceResource.CreateAsync(ServiceName, "The shop", client: Official),
            () => Ours.Services.CreateAsync(ServiceName, Token),
            HttpStatusCode.Conflict,
            20409
        );

    [Theory]
    [InlineData(EnvironmentName, "other")]
    [InlineData("other", EnvironmentName)]
    public Task An_Environment_name_or_suffix_that_is_taken_is_409_and_20409(string name, string suffix) =>
        AssertErrorAsync(
            () => V1.Service.EnvironmentResource.CreateAsync(ServiceSid, name, suffix, Official),
            () => Ours.Environments.CreateAsync(ServiceSid, name, suffix, Token),
            HttpStatusCode.Conflict,
            20409
        );

    [Fact]
    public async Task A_Build_that_is_deployed_already_is_409_and_20409()
    {
        var build = (await CreateBuildAsync()).Sid;
        var environment = Sid.Parse(EnvironmentSid);
        await Ours.Deployments.CreateAsync(ServiceSid, environment, build, Token);

        await AssertErrorAsync(
            () =>
                V1.Service.Environment.DeploymentResource.CreateAsync(
                    ServiceSid,
                    EnvironmentSid,
                    build,
                    client: Official
                ),
            () => Ours.Deployments.CreateAsync(ServiceSid, environment, build, Token),
            HttpStatusCode.Conflict,
            20409
        );
    }

    [Fact]
    public async Task An_invalid_parameter_is_400_and_20001()
    {
        var name = new string('n', 256);

        var refused = await Assert.ThrowsAsync<ApiException>(() =>
            V1.Service.AssetResource.CreateAsync(ServiceSid, name, Official)
        );
        Assert.Equal((400, 20001), (refused.Status, refused.Code));
        await Assert.ThrowsAsync<ArgumentException>(() => Ours.Assets.CreateAsync(ServiceSid, name, Token));
        Assert.Equal(1, CountRequests("Asset.Create")); // our client knows the limit

        await AssertErrorAsync(
            () => V1.Service.BuildResource.CreateAsync(ServiceSid, client: Official),
            () => Ours.Builds.CreateAsync(ServiceSid, new BuildContents { AssetVersions = [] }, Token),
            HttpStatusCode.BadRequest,
            20001
        );
    }

    private static async Task AssertErrorAsync(Func<Task> official, Func<Task> ours, HttpStatusCode status, int code)
    {
        var theirs = await Assert.ThrowsAsync<ApiException>(official);
        var own = await Assert.ThrowsAsync<ServerlessApiException>(ours);

        Assert.Equal(((int)status, code), (theirs.Status, theirs.Code));
        Assert.Equal((status, code), (own.Status, own.Code));
        Assert.Equal((theirs.Message, theirs.MoreInfo), (own.Reason, own.MoreInfo));
    }

    private Task CallOfficialAsync(TwilioRestClient client, string operation) =>
        operation switch
        {
            "Service.Fetch" => V1.ServiceResource.FetchAsync(NoService, client),
            "Asset.Create" => V1.Service.AssetResource.CreateAsync(NoService, "/a", client),
            "Asset.List" => V1.Service.AssetResource.ReadAsync(NoService, client: client),
            "AssetVersion.Fetch" => V1.Service.Asset.AssetVersionResource.FetchAsync(
                ServiceSid,
                NoAsset,
                NoVersion,
                client
            ),
            "AssetVersion.List" => V1.Service.Asset.AssetVersionResource.ReadAsync(ServiceSid, NoAsset, client: client),
            "Build.Fetch" => V1.Service.BuildResource.FetchAsync(ServiceSid, NoBuild, client),
            "Build.FetchStatus" => V1.Service.Build.BuildStatusResource.FetchAsync(ServiceSid, NoBuild, client),
            "Build.List" => V1.Service.BuildResource.ReadAsync(NoService, client: client),
            "Environment.Create" => V1.Service.EnvironmentResource.CreateAsync(NoService, "a", "a", client),
            "Environment.Fetch" => V1.Service.EnvironmentResource.FetchAsync(ServiceSid, NoEnvironment, client),
            "Environment.List" => V1.Service.EnvironmentResource.ReadAsync(NoService, client: client),
            "Deployment.Create" => V1.Service.Environment.DeploymentResource.CreateAsync(
                ServiceSid,
                NoEnvironment,
                NoBuild,
                client: client
            ),
            "Deployment.List" => V1.Service.Environment.DeploymentResource.ReadAsync(
                ServiceSid,
                NoEnvironment,
                client: client
            ),
            "Asset.Fetch" => V1.Service.AssetResource.FetchAsync(ServiceSid, NoAsset, client),
            "Asset.Update" => V1.Service.AssetResource.UpdateAsync(ServiceSid, NoAsset, "/b", client),
            "Deployment.Fetch" => V1.Service.Environment.DeploymentResource.FetchAsync(
                ServiceSid,
                EnvironmentSid,
                NoDeployment,
                client
            ),
            "Function.Fetch" => V1.Service.FunctionResource.FetchAsync(ServiceSid, NoAsset, client),
            "Function.List" => V1.Service.FunctionResource.ReadAsync(NoService, client: client),
            "FunctionVersion.Fetch" => V1.Service.Function.FunctionVersionResource.FetchAsync(
                ServiceSid,
                NoAsset,
                NoVersion,
                client
            ),
            "FunctionVersion.List" => V1.Service.Function.FunctionVersionResource.ReadAsync(
                ServiceSid,
                NoAsset,
                client: client
            ),
            _ => CallOfficialVariablesAsync(client, operation),
        };

    private Task CallOfficialVariablesAsync(TwilioRestClient client, string operation) =>
        operation switch
        {
            "Variable.Create" => V1.Service.Environment.VariableResource.CreateAsync(
                ServiceSid,
                NoEnvironment,
                "a",
                "b",
                client
            ),
            "Variable.Fetch" => V1.Service.Environment.VariableResource.FetchAsync(
                ServiceSid,
                EnvironmentSid,
                NoVariable,
                client
            ),
            "Variable.List" => V1.Service.Environment.VariableResource.ReadAsync(
                ServiceSid,
                NoEnvironment,
                client: client
            ),
            "Variable.Update" => V1.Service.Environment.VariableResource.UpdateAsync(
                ServiceSid,
                EnvironmentSid,
                NoVariable,
                "a",
                "b",
                client
            ),
            _ => throw new ArgumentOutOfRangeException(nameof(operation), operation, null),
        };

    private Task CallOursAsync(ServerlessClient client, string operation) =>
        operation switch
        {
            "Service.Fetch" => client.Services.FetchAsync(NoService, Token),
            "Asset.Create" => client.Assets.CreateAsync(NoService, "/a", Token),
            "Asset.List" => client.Assets.ListAllAsync(NoService, Token),
            "AssetVersion.Fetch" => client.AssetVersions.FetchAsync(ServiceSid, NoAsset, NoVersion, Token),
            "AssetVersion.List" => client.AssetVersions.ListAllAsync(ServiceSid, NoAsset, Token),
            "Build.Fetch" => client.Builds.FetchAsync(ServiceSid, NoBuild, Token),
            "Build.FetchStatus" => client.Builds.FetchStatusAsync(ServiceSid, NoBuild, Token),
            "Build.List" => client.Builds.ListAsync(NoService, cancellationToken: Token).ToListAsync(Token).AsTask(),
            "Environment.Create" => client.Environments.CreateAsync(NoService, "a", "a", Token),
            "Environment.Fetch" => client.Environments.FetchAsync(ServiceSid, NoEnvironment, Token),
            "Environment.List" => client.Environments.ListAllAsync(NoService, Token),
            "Deployment.Create" => client.Deployments.CreateAsync(ServiceSid, NoEnvironment, NoBuild, Token),
            "Deployment.List" => client.Deployments.ListAllAsync(ServiceSid, NoEnvironment, Token),
            "Asset.Fetch" => client.Assets.FetchAsync(ServiceSid, NoAsset, Token),
            "Asset.Update" => client.Assets.UpdateAsync(ServiceSid, NoAsset, "/b", Token),
            "Deployment.Fetch" => client.Deployments.FetchAsync(
                ServiceSid,
                Sid.Parse(EnvironmentSid),
                NoDeployment,
                Token
            ),
            "Function.Fetch" => client.Functions.FetchAsync(ServiceSid, NoAsset, Token),
            "Function.List" => client.Functions.ListPageAsync(NoService, cancellationToken: Token),
            "FunctionVersion.Fetch" => client.FunctionVersions.FetchAsync(ServiceSid, NoAsset, NoVersion, Token),
            "FunctionVersion.List" => client.FunctionVersions.ListPageAsync(
                ServiceSid,
                NoAsset,
                cancellationToken: Token
            ),
            "Variable.Create" => client.Variables.CreateAsync(ServiceSid, NoEnvironment, "a", "b", Token),
            "Variable.Fetch" => client.Variables.FetchAsync(ServiceSid, Sid.Parse(EnvironmentSid), NoVariable, Token),
            "Variable.List" => client.Variables.ListPageAsync(ServiceSid, NoEnvironment, cancellationToken: Token),
            "Variable.Update" => client.Variables.UpdateAsync(
                ServiceSid,
                Sid.Parse(EnvironmentSid),
                NoVariable,
                "a",
                "b",
                Token
            ),
            _ => throw new ArgumentOutOfRangeException(nameof(operation), operation, null),
        };
}
