using System.Text.Json;
using Serverless.Assets.Emulator.Faults;
using Serverless.Assets.Emulator.Storage;

namespace Serverless.Assets.Emulator.Api;

/// <summary><c>/v1/Services/{service}/Builds</c>.</summary>
internal sealed class BuildEndpoints(
    Database database,
    ServiceStore services,
    VersionStore assetVersions,
    VersionStore functionVersions,
    BuildStore builds,
    EnvironmentStore environments,
    FaultControl faults
)
{
    private const string Collection = "/v1/Services/{service}/Builds";
    private const string One = "/v1/Services/{service}/Builds/{build}";

    public void Map(ApiRoutes routes)
    {
        routes.Get(Collection, "Build.List", List);
        routes.Post(Collection, "Build.Create", Create);
        routes.Get(One, "Build.Fetch", Fetch);
        routes.Delete(One, "Build.Delete", Delete);
        routes.Get($"{One}/Status", "BuildStatus.Fetch", FetchStatus);
    }

    private ApiAnswer List(ApiCall call)
    {
        var cursor = PageAddress.Parse(call.Request);
        var page = builds.List(services.Of(call).Sid, cursor);
        return ApiJson.List(call, "builds", cursor, page, (json, build) => Write(json, build, call));
    }

    private ApiAnswer Create(ApiCall call)
    {
        var runtime = Runtimes.Parse(call.Form.Find("Runtime"));
        var dependencies = Dependencies.Normalize(call.Form.Find("Dependencies"));
        var knobs = faults.Faults;
        return database.Atomically(() =>
        {
            var service = services.Of(call);
            ResourceVersion[] entries =
            [
                .. FindAll(call, service, assetVersions, "AssetVersions"),
                .. FindAll(call, service, functionVersions, "FunctionVersions"),
            ];
            BuildRules.Check(entries);
            var build = new Build(
                Sid.New("ZB"),
                call.AccountSid,
                service.Sid,
                runtime,
                dependencies,
                call.Now,
                Ready: call.Now + TimeSpan.FromSeconds(knobs.BuildSeconds),
                Fails: knobs.FailBuilds
            );
            builds.Add(build, entries);
            return Answer(call, StatusCodes.Status201Created, build);
        });
    }

    private ApiAnswer Fetch(ApiCall call) => Answer(call, StatusCodes.Status200OK, Find(call));

    private ApiAnswer FetchStatus(ApiCall call)
    {
        var build = Find(call);
        return ApiAnswer.Json(
            StatusCodes.Status200OK,
            json =>
            {
                json.WriteStartObject();
                json.WriteString("sid", build.Sid);
                json.WriteString("account_sid", build.AccountSid);
                json.WriteString("service_sid", build.ServiceSid);
                json.WriteString("status", build.StatusAt(call.Now));
                json.WriteString("url", UrlOf(build, call) + "/Status");
                json.WriteEndObject();
            }
        );
    }

    private ApiAnswer Delete(ApiCall call) =>
        database.Atomically(() =>
        {
            var build = Find(call);
            if (environments.All(build.ServiceSid).Any(environment => environment.BuildSid == build.Sid))
            {
                throw ApiException.Invalid($"Build {build.Sid} is part of an active Deployment and cannot be deleted");
            }

            builds.Delete(build.Sid);
            return ApiAnswer.NoContent;
        });

    private Build Find(ApiCall call) => builds.Of(call, services.Of(call));

    private static IEnumerable<ResourceVersion> FindAll(
        ApiCall call,
        Service service,
        VersionStore versions,
        string field
    ) =>
        call
            .Form.All(field)
            .Where(sid => sid.Length > 0)
            .Distinct()
            .Select(sid =>
                versions.Find(service.Sid, sid)
                ?? throw ApiException.Invalid($"{versions.Kind} Version {sid} was not found in Service {service.Sid}")
            );

    private ApiAnswer Answer(ApiCall call, int status, Build build) =>
        ApiAnswer.Json(status, json => Write(json, build, call));

    private void Write(Utf8JsonWriter json, Build build, ApiCall call)
    {
        var entries = builds.Entries(build.Sid).ToLookup(entry => entry.Kind);
        var url = UrlOf(build, call);
        json.WriteStartObject();
        json.WriteString("sid", build.Sid);
        json.WriteString("account_sid", build.AccountSid);
        json.WriteString("service_sid", build.ServiceSid);
        json.WriteString("status", build.StatusAt(call.Now));
        WriteEntries(json, "asset_versions", entries[ResourceKind.Asset]);
        WriteEntries(json, "function_versions", entries[ResourceKind.Function]);
        json.WritePropertyName("dependencies");
        json.WriteRawValue(build.Dependencies);
        json.WriteString("runtime", build.Runtime);
        json.WriteTime("date_created", build.Created);
        json.WriteTime("date_updated", call.Now < build.Ready ? build.Created : build.Ready);
        json.WriteString("url", url);
        json.WriteLinks(url, ("build_status", "Status"));
        json.WriteEndObject();
    }

    /// <summary>Visibility is in capitals here, and only here.</summary>
    private static void WriteEntries(Utf8JsonWriter json, string name, IEnumerable<ResourceVersion> entries)
    {
        json.WriteStartArray(name);
        foreach (var entry in entries)
        {
            json.WriteStartObject();
            VersionEndpoints.WriteFields(json, entry, entry.Visibility.ToUpperInvariant());
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static string UrlOf(Build build, ApiCall call) =>
        $"{call.Origin}/v1/Services/{build.ServiceSid}/Builds/{build.Sid}";
}
