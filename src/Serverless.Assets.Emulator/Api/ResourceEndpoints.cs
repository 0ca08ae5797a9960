using System.Text.Json;
using Serverless.Assets.Emulator.Storage;

namespace Serverless.Assets.Emulator.Api;

/// <summary><c>/v1/Services/{service}/Assets</c>, or <c>…/Functions</c>.</summary>
internal sealed class ResourceEndpoints(Database database, ServiceStore services, ResourceStore resources)
{
    private readonly string _collection = CollectionOf(resources.Kind);

    public void Map(ApiRoutes routes)
    {
        var kind = resources.Kind;
        var list = $"/v1/Services/{{service}}/{_collection}";
        var one = $"{list}/{{resource}}";
        routes.Get(list, $"{kind}.List", List);
        routes.Post(list, $"{kind}.Create", Create);
        routes.Get(one, $"{kind}.Fetch", Fetch);
        routes.Post(one, $"{kind}.Update", Update);
        routes.Delete(one, $"{kind}.Delete", Delete);
    }

    /// <summary>The segment of addresses: <c>Assets</c> or <c>Functions</c>.</summary>
    public static string CollectionOf(ResourceKind kind) => $"{kind}s";

    private ApiAnswer List(ApiCall call)
    {
        var cursor = PageAddress.Parse(call.Request);
        var page = resources.List(services.Of(call).Sid, cursor);
        return ApiJson.List(
            call,
            _collection.ToLowerInvariant(),
            cursor,
            page,
            (json, resource) => Write(json, resource, call.Origin)
        );
    }

    private ApiAnswer Create(ApiCall call)
    {
        var name = call.Form.Require("FriendlyName", Limits.FriendlyName);
        return database.Atomically(() =>
        {
            var resource = new Resource(
                Sid.New("ZH"),
                call.AccountSid,
                services.Of(call).Sid,
                resources.Kind,
                name,
                call.Now,
                call.Now
            );
            resources.Add(resource);
            return Answer(call, StatusCodes.Status201Created, resource);
        });
    }

    private ApiAnswer Fetch(ApiCall call) => Answer(call, StatusCodes.Status200OK, Find(call));

    private ApiAnswer Update(ApiCall call)
    {
        var name = call.Form.Require("FriendlyName", Limits.FriendlyName);
        var resource = Find(call) with { FriendlyName = name, Updated = call.Now };
        resources.Update(resource);
        return Answer(call, StatusCodes.Status200OK, resource);
    }

    private ApiAnswer Delete(ApiCall call)
    {
        resources.Delete(Find(call).Sid);
        return ApiAnswer.NoContent;
    }

    private Resource Find(ApiCall call) => resources.Of(call, services.Of(call));

    private ApiAnswer Answer(ApiCall call, int status, Resource resource) =>
        ApiAnswer.Json(status, json => Write(json, resource, call.Origin));

    private void Write(Utf8JsonWriter json, Resource resource, string origin)
    {
        var url = $"{origin}/v1/Services/{resource.ServiceSid}/{_collection}/{resource.Sid}";
        json.WriteStartObject();
        json.WriteString("sid", resource.Sid);
        json.WriteString("account_sid", resource.AccountSid);
        json.WriteString("service_sid", resource.ServiceSid);
        json.WriteString("friendly_name", resource.FriendlyName);
        json.WriteTime("date_created", resource.Created);
        json.WriteTime("date_updated", resource.Updated);
        json.WriteString("url", url);
        json.WriteLinks(
            url,
            (resources.Kind == ResourceKind.Asset ? "asset_versions" : "function_versions", "Versions")
        );
        json.WriteEndObject();
    }
}
