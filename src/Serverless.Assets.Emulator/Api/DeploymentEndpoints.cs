using System.Text.Json;
using Serverless.Assets.Emulator.Faults;
using Serverless.Assets.Emulator.Storage;

namespace Serverless.Assets.Emulator.Api;

/// <summary><c>…/Environments/{environment}/Deployments</c>.</summary>
internal sealed class DeploymentEndpoints(
    Database database,
    ServiceStore services,
    EnvironmentStore environments,
    BuildStore builds,
    DeploymentStore deployments,
    FaultControl faults
)
{
    private const string Collection = "/v1/Services/{service}/Environments/{environment}/Deployments";

    public void Map(ApiRoutes routes)
    {
        routes.Get(Collection, "Deployment.List", List);
        routes.Post(Collection, "Deployment.Create", Create);
        routes.Get($"{Collection}/{{deployment}}", "Deployment.Fetch", Fetch);
    }

    private ApiAnswer List(ApiCall call)
    {
        var cursor = PageAddress.Parse(call.Request);
        var page = deployments.List(FindEnvironment(call).Sid, cursor);
        return ApiJson.List(
            call,
            "deployments",
            cursor,
            page,
            (json, deployment) => Write(json, deployment, call.Origin)
        );
    }

    private ApiAnswer Create(ApiCall call)
    {
        var buildSid = call.Form.Find("BuildSid") is { Length: > 0 } given ? given : null;
        var visible = call.Now + TimeSpan.FromSeconds(faults.Faults.PropagationSeconds);
        return database.Atomically(() =>
        {
            var environment = FindEnvironment(call);
            if (buildSid is not null)
            {
                Check(call, environment, buildSid);
            }

            var deployment = new Deployment(
                Sid.New("ZD"),
                call.AccountSid,
                environment.ServiceSid,
                environment.Sid,
                buildSid,
                call.Now,
                visible
            );
            deployments.Add(deployment);
            environments.Touch(environment.Sid, call.Now);
            return Answer(call, StatusCodes.Status201Created, deployment);
        });
    }

    private void Check(ApiCall call, DeployEnvironment environment, string buildSid)
    {
        var build =
            builds.Find(environment.ServiceSid, buildSid)
            ?? throw ApiException.Invalid($"Build {buildSid} was not found in Service {environment.ServiceSid}");
        var status = build.StatusAt(call.Now);
        if (status != BuildStatus.Completed)
        {
            throw ApiException.Invalid($"Build {buildSid} is {status}, only a completed Build can be deployed");
        }

        if (build.Runtime == Runtimes.NotDeployable)
        {
            throw ApiException.Invalid($"Runtime {build.Runtime} is no longer supported for deployments");
        }

        if (environment.BuildSid == buildSid)
        {
            throw ApiException.Conflict("Environment already has requested deployment");
        }
    }

    private ApiAnswer Fetch(ApiCall call) =>
        Answer(call, StatusCodes.Status200OK, deployments.Of(call, FindEnvironment(call)));

    private DeployEnvironment FindEnvironment(ApiCall call) => environments.Of(call, services.Of(call));

    private static ApiAnswer Answer(ApiCall call, int status, Deployment deployment) =>
        ApiAnswer.Json(status, json => Write(json, deployment, call.Origin));

    private static void Write(Utf8JsonWriter json, Deployment deployment, string origin)
    {
        json.WriteStartObject();
        json.WriteString("sid", deployment.Sid);
        json.WriteString("account_sid", deployment.AccountSid);
        json.WriteString("service_sid", deployment.ServiceSid);
        json.WriteString("environment_sid", deployment.EnvironmentSid);
        json.WriteString("build_sid", deployment.BuildSid);
        json.WriteTime("date_created", deployment.Created);
        json.WriteTime("date_updated", deployment.Created);
        json.WriteString(
            "url",
            $"{origin}/v1/Services/{deployment.ServiceSid}/Environments/{deployment.EnvironmentSid}"
                + $"/Deployments/{deployment.Sid}"
        );
        json.WriteEndObject();
    }
}
