using Serverless.Assets.Emulator.Hosting;
using Serverless.Assets.Emulator.Storage;

namespace Serverless.Assets.Emulator.Api;

/// <summary><c>/v1/Services</c>.</summary>
internal sealed class ServiceEndpoints(Stores stores, ContentLibrary contents, BehaviorControl behavior)
{
    private const string Services = "/v1/Services";
    private const string Item = $"{Services}/{{service}}";

    public void Map(ApiRoutes routes)
    {
        routes.Get(
            Services,
            "Service.List",
            call =>
                Paging.List(
                    call,
                    "services",
                    cursor => stores.Services.GetPage(call.AccountSid, cursor),
                    ServiceResponse.From
                )
        );
        routes.Post(Services, "Service.Create", Create);
        routes.Get(Item, "Service.Fetch", call => ApiResponse.Ok(ServiceResponse.From(call.GetService(), call)));
        routes.Post(Item, "Service.Update", Update);
        routes.Delete(Item, "Service.Delete", Delete);
    }

    private ApiResponse Create(ApiCall call)
    {
        var uniqueName = call.Form.GetRequired("UniqueName", ServiceLimits.MaxServiceNameLength);
        var friendlyName = call.Form.GetRequired("FriendlyName", ServiceLimits.MaxFriendlyNameLength);
        RequestForm.CheckLabel("UniqueName", uniqueName);
        var includeCredentials = call.Form.FindFlag("IncludeCredentials") ?? true;
        var uiEditable = call.Form.FindFlag("UiEditable") ?? false;
        return stores.InTransaction(() =>
        {
            if (stores.Services.Find(call.AccountSid, uniqueName) is not null)
            {
                throw ApiException.Conflict($"Service with unique name {uniqueName} already exists");
            }

            if (behavior.Current.LimitsCounts && stores.Services.GetCount(call.AccountSid) >= ServiceLimits.MaxServices)
            {
                throw ApiException.Invalid($"An account can have at most {ServiceLimits.MaxServices} Services");
            }

            var service = new Service(
                Sid.Create("ZS"),
                call.AccountSid,
                uniqueName,
                friendlyName,
                includeCredentials,
                uiEditable,
                stores.Services.CreateDomainBase(uniqueName),
                call.Now,
                call.Now
            );
            stores.Services.Insert(service);
            return ApiResponse.Created(ServiceResponse.From(service, call));
        });
    }

    private ApiResponse Update(ApiCall call) =>
        stores.InTransaction(() =>
        {
            var service = call.GetService();
            if (call.Form.Find("FriendlyName") is not null)
            {
                service = service with
                {
                    FriendlyName = call.Form.GetRequired("FriendlyName", ServiceLimits.MaxFriendlyNameLength),
                };
            }

            service = service with
            {
                IncludeCredentials = call.Form.FindFlag("IncludeCredentials") ?? service.IncludeCredentials,
                UiEditable = call.Form.FindFlag("UiEditable") ?? service.UiEditable,
                Updated = call.Now,
            };
            stores.Services.Update(service);
            return ApiResponse.Ok(ServiceResponse.From(service, call));
        });

    private ApiResponse Delete(ApiCall call)
    {
        stores.Services.Delete(call.GetService().Sid);
        contents.DeleteUnused();
        return ApiResponse.NoContent;
    }
}

internal sealed record ServiceResponse(
    string Sid,
    string AccountSid,
    string FriendlyName,
    string UniqueName,
    bool IncludeCredentials,
    bool UiEditable,
    string DomainBase,
    DateTimeOffset DateCreated,
    DateTimeOffset DateUpdated,
    string Url,
    IReadOnlyDictionary<string, string> Links
)
{
    public static ServiceResponse From(Service service, ApiCall call)
    {
        var url = call.GetServiceUrl(service.Sid);
        return new ServiceResponse(
            service.Sid,
            service.AccountSid,
            service.FriendlyName,
            service.UniqueName,
            service.IncludeCredentials,
            service.UiEditable,
            service.DomainBase,
            service.Created,
            service.Updated,
            url,
            new Dictionary<string, string>
            {
                ["environments"] = $"{url}/Environments",
                ["functions"] = $"{url}/Functions",
                ["assets"] = $"{url}/Assets",
                ["builds"] = $"{url}/Builds",
            }
        );
    }
}
