using System.Text.Json;
using Serverless.Assets.Emulator.Sites;
using Serverless.Assets.Emulator.Storage;

namespace Serverless.Assets.Emulator.Api;

/// <summary><c>/v1/Services/{service}/Environments</c>.</summary>
internal sealed class EnvironmentEndpoints(Database database, ServiceStore services, EnvironmentStore environments)
{
    private const string Collection = "/v1/Services/{service}/Environments";
    private const string One = "/v1/Services/{service}/Environments/{environment}";

    public void Map(ApiRoutes routes)
    {
        routes.Get(Collection, "Environment.List", List);
        routes.Post(Collection, "Environment.Create", Create);
        routes.Get(One, "Environment.Fetch", Fetch);
        routes.Delete(One, "Environment.Delete", Delete);
    }

    private ApiAnswer List(ApiCall call)
    {
        var cursor = PageAddress.Parse(call.Request);
        var page = environments.List(services.Of(call).Sid, cursor);
        return ApiJson.List(call, "environments", cursor, page, (json, environment) => Write(json, environment, call));
    }

    private ApiAnswer Create(ApiCall call)
    {
        var uniqueName = call.Form.Require("UniqueName", Limits.EnvironmentName);
        var suffix = call.Form.Find("DomainSuffix") ?? "";
        if (suffix.Length > Limits.DomainSuffix)
        {
            throw RequestForm.TooLong("DomainSuffix", Limits.DomainSuffix);
        }

        if (!suffix.All(c => char.IsAsciiLetterOrDigit(c) || c == '-'))
        {
            throw ApiException.Invalid("DomainSuffix may only contain letters, digits and dashes");
        }

        return database.Atomically(() =>
        {
            var service = services.Of(call);
            CheckRoom(environments.All(service.Sid), uniqueName, suffix);
            var environment = new DeployEnvironment(
                Sid.New("ZE"),
                call.AccountSid,
                service.Sid,
                uniqueName,
                suffix,
                SiteHost.Domain(service, suffix),
                call.Now,
                call.Now,
                BuildSid: null
            );
            environments.Add(environment);
            return Answer(call, StatusCodes.Status201Created, environment);
        });
    }

    private static void CheckRoom(IReadOnlyList<DeployEnvironment> present, string uniqueName, string suffix)
    {
        if (present.Any(environment => environment.UniqueName == uniqueName))
        {
            throw ApiException.Conflict($"Environment with unique name {uniqueName} already exists");
        }

        if (
            present.Any(environment =>
                string.Equals(environment.DomainSuffix, suffix, StringComparison.OrdinalIgnoreCase)
            )
        )
        {
            throw ApiException.Conflict($"Environment with domain suffix '{suffix}' already exists");
        }

        if (present.Count >= Limits.EnvironmentsOfService)
        {
            throw ApiException.Invalid($"A Service can have at most {Limits.EnvironmentsOfService} Environments");
        }
    }

    private ApiAnswer Fetch(ApiCall call) => Answer(call, StatusCodes.Status200OK, Find(call));

    private ApiAnswer Delete(ApiCall call)
    {
        environments.Delete(Find(call).Sid);
        return ApiAnswer.NoContent;
    }

    private DeployEnvironment Find(ApiCall call) => environments.Of(call, services.Of(call));

    private static ApiAnswer Answer(ApiCall call, int status, DeployEnvironment environment) =>
        ApiAnswer.Json(status, json => Write(json, environment, call));

    private static void Write(Utf8JsonWriter json, DeployEnvironment environment, ApiCall call)
    {
        var url = $"{call.Origin}/v1/Services/{environment.ServiceSid}/Environments/{environment.Sid}";
        json.WriteStartObject();
        json.WriteString("sid", environment.Sid);
        json.WriteString("account_sid", environment.AccountSid);
        json.WriteString("service_sid", environment.ServiceSid);
        json.WriteString("build_sid", environment.BuildSid);
        json.WriteString("unique_name", environment.UniqueName);
        json.WriteString("domain_suffix", environment.DomainSuffix);
        json.WriteString("domain_name", SiteHost.Of(environment, call.Port));
        json.WriteTime("date_created", environment.Created);
        json.WriteTime("date_updated", environment.Updated);
        json.WriteString("url", url);
        json.WriteLinks(url, ("variables", "Variables"), ("deployments", "Deployments"), ("logs", "Logs"));
        json.WriteEndObject();
    }
}
