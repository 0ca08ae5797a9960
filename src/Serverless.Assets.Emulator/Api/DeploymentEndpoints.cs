using Serverless.Assets.Emulator.Faults;
using Serverless.Assets.Emulator.Hosting;
using Serverless.Assets.Emulator.Storage;

namespace Serverless.Assets.Emulator.Api;

/// <summary><c>/v1/Services/{service}/Environments/{environment}/Deployments</c>.</summary>
internal sealed class DeploymentEndpoints(Stores stores, FaultControl faults, BehaviorControl behavior)
{
    private const string Deployments = "/v1/Services/{service}/Environments/{environment}/Deployments";
    private const string Item = $"{Deployments}/{{deployment}}";

    public void Map(ApiRoutes routes)
    {
        routes.Get(Deployments, "Deployment.List", List);
        routes.Post(Deployments, "Deployment.Create", Create);
        routes.Get(
            Item,
            "Deployment.Fetch",
            call => ApiResponse.Ok(DeploymentResponse.From(call.GetDeployment(), call))
        );
    }

    private ApiResponse List(ApiCall call) =>
        Paging.List(
            call,
            "deployments",
            cursor => stores.Deployments.GetPage(call.GetEnvironment().Sid, cursor),
            DeploymentResponse.From
        );

    private ApiResponse Create(ApiCall call)
    {
        var buildSid = call.Form.Find("BuildSid") is { Length: > 0 } given ? given : null;
        var visible = call.Now + TimeSpan.FromSeconds(faults.Settings.PropagationSeconds);
        return stores.InTransaction(() =>
        {
            var environment = call.GetEnvironment();
            if (buildSid is not null)
            {
                CheckBuild(call, environment, buildSid);
            }

            var deployment = new Deployment(
                Sid.Create("ZD"),
                call.AccountSid,
                environment.ServiceSid,
                environment.Sid,
                buildSid,
                call.Now,
                visible
            );
            stores.Deployments.Insert(deployment);
            stores.Environments.SetUpdated(environment.Sid, call.Now);
            return ApiResponse.Created(DeploymentResponse.From(deployment, call));
        });
    }

    private void CheckBuild(ApiCall call, DeployEnvironment environment, string buildSid)
    {
        var build =
            stores.Builds.Find(environment.ServiceSid, buildSid)
            ?? throw ApiException.Invalid($"Build {buildSid} was not found in Service {environment.ServiceSid}");
        var status = build.GetStatus(call.Now);
        if (status != BuildStatus.Completed)
        {
            throw ApiException.Invalid($"Build {buildSid} is {status}, only a completed Build can be deployed");
        }

        if (!BuildRules.IsSupported(build.Runtime, behavior.Current))
        {
            throw ApiException.Invalid($"Runtime {build.Runtime} is no longer supported for deployments");
        }

        if (environment.BuildSid == buildSid)
        {
            throw ApiException.Conflict("Environment already has requested deployment");
        }
    }
}

internal sealed record DeploymentResponse(
    string Sid,
    string AccountSid,
    string ServiceSid,
    string EnvironmentSid,
    string? BuildSid,
    DateTimeOffset DateCreated,
    DateTimeOffset DateUpdated,
    string Url
)
{
    public static DeploymentResponse From(Deployment deployment, ApiCall call) =>
        new(
            deployment.Sid,
            deployment.AccountSid,
            deployment.ServiceSid,
            deployment.EnvironmentSid,
            deployment.BuildSid,
            deployment.Created,
            deployment.Created,
            $"{call.GetServiceUrl(deployment.ServiceSid)}/Environments/{deployment.EnvironmentSid}"
                + $"/Deployments/{deployment.Sid}"
        );
}
