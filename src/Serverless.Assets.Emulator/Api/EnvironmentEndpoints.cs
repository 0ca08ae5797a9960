using Serverless.Assets.Emulator.Hosting;
using Serverless.Assets.Emulator.Sites;
using Serverless.Assets.Emulator.Storage;

namespace Serverless.Assets.Emulator.Api;

/// <summary><c>/v1/Services/{service}/Environments</c>.</summary>
internal sealed class EnvironmentEndpoints(Stores stores, BehaviorControl behavior)
{
    private const string Environments = "/v1/Services/{service}/Environments";
    private const string Item = $"{Environments}/{{environment}}";

    public void Map(ApiRoutes routes)
    {
        routes.Get(Environments, "Environment.List", List);
        routes.Post(Environments, "Environment.Create", Create);
        routes.Get(
            Item,
            "Environment.Fetch",
            call => ApiResponse.Ok(EnvironmentResponse.From(call.GetEnvironment(), call))
        );
        routes.Delete(Item, "Environment.Delete", Delete);
    }

    private ApiResponse List(ApiCall call) =>
        Paging.List(
            call,
            "environments",
            cursor => stores.Environments.GetPage(call.GetService().Sid, cursor),
            EnvironmentResponse.From
        );

    private ApiResponse Create(ApiCall call)
    {
        var uniqueName = call.Form.GetRequired("UniqueName", ServiceLimits.MaxEnvironmentNameLength);
        var suffix = call.Form.Find("DomainSuffix") ?? "";
        if (suffix.Length > ServiceLimits.MaxDomainSuffixLength)
        {
            throw RequestForm.TooLong("DomainSuffix", ServiceLimits.MaxDomainSuffixLength);
        }

        RequestForm.CheckLabel("DomainSuffix", suffix);
        return stores.InTransaction(() =>
        {
            var service = call.GetService();
            CheckConflicts(stores.Environments.GetAll(service.Sid), uniqueName, suffix);
            var environment = new DeployEnvironment(
                Sid.Create("ZE"),
                call.AccountSid,
                service.Sid,
                uniqueName,
                suffix,
                SiteHost.CreateDomain(service, suffix),
                call.Now,
                call.Now,
                BuildSid: null
            );
            stores.Environments.Insert(environment);
            return ApiResponse.Created(EnvironmentResponse.From(environment, call));
        });
    }

    private void CheckConflicts(IReadOnlyList<DeployEnvironment> existing, string uniqueName, string suffix)
    {
        if (existing.Any(environment => environment.UniqueName == uniqueName))
        {
            throw ApiException.Conflict($"Environment with unique name {uniqueName} already exists");
        }

        if (existing.Any(environment => environment.DomainSuffix.Equals(suffix, StringComparison.OrdinalIgnoreCase)))
        {
            throw ApiException.Conflict($"Environment with domain suffix '{suffix}' already exists");
        }

        if (behavior.Current.LimitsCounts && existing.Count >= ServiceLimits.MaxEnvironments)
        {
            throw ApiException.Invalid($"A Service can have at most {ServiceLimits.MaxEnvironments} Environments");
        }
    }

    private ApiResponse Delete(ApiCall call)
    {
        stores.Environments.Delete(call.GetEnvironment().Sid);
        return ApiResponse.NoContent;
    }
}

internal sealed record EnvironmentResponse(
    string Sid,
    string AccountSid,
    string ServiceSid,
    string? BuildSid,
    string UniqueName,
    string? DomainSuffix,
    string DomainName,
    DateTimeOffset DateCreated,
    DateTimeOffset DateUpdated,
    string Url,
    IReadOnlyDictionary<string, string> Links
)
{
    public static EnvironmentResponse From(DeployEnvironment environment, ApiCall call)
    {
        var url = $"{call.GetServiceUrl(environment.ServiceSid)}/Environments/{environment.Sid}";
        return new EnvironmentResponse(
            environment.Sid,
            environment.AccountSid,
            environment.ServiceSid,
            environment.BuildSid,
            environment.UniqueName,
            environment.DomainSuffix.Length == 0 ? null : environment.DomainSuffix,
            SiteHost.GetHost(environment, call.Port),
            environment.Created,
            environment.Updated,
            url,
            new Dictionary<string, string>
            {
                ["variables"] = $"{url}/Variables",
                ["deployments"] = $"{url}/Deployments",
                ["logs"] = $"{url}/Logs",
            }
        );
    }
}
