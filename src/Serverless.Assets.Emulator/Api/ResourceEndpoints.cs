using Serverless.Assets.Emulator.Storage;

namespace Serverless.Assets.Emulator.Api;

/// <summary><c>/v1/Services/{service}/Assets</c> or <c>/v1/Services/{service}/Functions</c>.</summary>
internal sealed class ResourceEndpoints(Stores stores, ContentLibrary contents, ResourceKind kind)
{
    private readonly ResourceStore _resources = stores.GetResources(kind);

    public void Map(ApiRoutes routes)
    {
        var list = $"/v1/Services/{{service}}/{ResourceNames.GetSegment(kind)}";
        var item = $"{list}/{{resource}}";
        routes.Get(list, $"{kind}.List", List);
        routes.Post(list, $"{kind}.Create", Create);
        routes.Get(item, $"{kind}.Fetch", call => ApiResponse.Ok(ResourceResponse.From(call.GetResource(kind), call)));
        routes.Post(item, $"{kind}.Update", Update);
        routes.Delete(item, $"{kind}.Delete", Delete);
    }

    private ApiResponse List(ApiCall call) =>
        Paging.List(
            call,
            ResourceNames.GetListKey(kind),
            cursor => _resources.GetPage(call.GetService().Sid, cursor),
            ResourceResponse.From
        );

    private ApiResponse Create(ApiCall call)
    {
        var friendlyName = call.Form.GetRequired("FriendlyName", ServiceLimits.MaxFriendlyNameLength);
        return stores.InTransaction(() =>
        {
            var resource = new Resource(
                Sid.Create("ZH"),
                call.AccountSid,
                call.GetService().Sid,
                kind,
                friendlyName,
                call.Now,
                call.Now
            );
            _resources.Insert(resource);
            return ApiResponse.Created(ResourceResponse.From(resource, call));
        });
    }

    private ApiResponse Update(ApiCall call)
    {
        var friendlyName = call.Form.GetRequired("FriendlyName", ServiceLimits.MaxFriendlyNameLength);
        var resource = call.GetResource(kind) with { FriendlyName = friendlyName, Updated = call.Now };
        _resources.Update(resource);
        return ApiResponse.Ok(ResourceResponse.From(resource, call));
    }

    private ApiResponse Delete(ApiCall call)
    {
        _resources.Delete(call.GetResource(kind).Sid);
        contents.DeleteUnused();
        return ApiResponse.NoContent;
    }
}

/// <summary>An Asset or a Function.</summary>
internal sealed record ResourceResponse(
    string Sid,
    string AccountSid,
    string ServiceSid,
    string FriendlyName,
    DateTimeOffset DateCreated,
    DateTimeOffset DateUpdated,
    string Url,
    IReadOnlyDictionary<string, string> Links
)
{
    public static ResourceResponse From(Resource resource, ApiCall call)
    {
        var url = $"{call.GetServiceUrl(resource.ServiceSid)}/{ResourceNames.GetSegment(resource.Kind)}/{resource.Sid}";
        return new ResourceResponse(
            resource.Sid,
            resource.AccountSid,
            resource.ServiceSid,
            resource.FriendlyName,
            resource.Created,
            resource.Updated,
            url,
            new Dictionary<string, string> { [ResourceNames.GetVersionListKey(resource.Kind)] = $"{url}/Versions" }
        );
    }
}
