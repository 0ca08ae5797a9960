using System.Globalization;
using Serverless.Assets.Emulator.Storage;

namespace Serverless.Assets.Emulator.Api;

/// <summary><c>/v1/Services</c>.</summary>
internal sealed class ServiceEndpoints(Stores stores)
{
    private const string Services = "/v1/Services";
    private const string Item = $"{Services}/{{service}}";

    public void Map(ApiRoutes routes)
    {
        routes.Get(
            Services,
            "Service.List",
            call => Paging.List(call, "services", stores.Services.GetPage, ServiceResponse.From)
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
        var sid = Sid.Create("ZS");
        var service = new Service(
            sid,
            call.AccountSid,
            uniqueName,
            friendlyName,
            IncludeCredentials: call.Form.FindFlag("IncludeCredentials") ?? true,
            UiEditable: call.Form.FindFlag("UiEditable") ?? false,
            CreateDomainBase(uniqueName, sid),
            call.Now,
            call.Now
        );

        return stores.InTransaction(() =>
        {
            if (stores.Services.Find(uniqueName) is not null)
            {
                throw ApiException.Conflict($"Service with unique name {uniqueName} already exists");
            }

            if (stores.Services.GetCount() >= ServiceLimits.MaxServices)
            {
                throw ApiException.Invalid($"An account can have at most {ServiceLimits.MaxServices} Services");
            }

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

    private ApiResponse Delete(ApiCall call) =>
        stores.InTransaction(() =>
        {
            stores.Services.Delete(call.GetService().Sid);
            return ApiResponse.NoContent;
        });

    /// <summary>The unique name in lower case, because host names ignore case, and four digits.</summary>
    private static string CreateDomainBase(string uniqueName, string sid)
    {
        var digits = int.Parse(sid.AsSpan(2, 7), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture) % 10_000;
        return string.Create(CultureInfo.InvariantCulture, $"{uniqueName.ToLowerInvariant()}-{digits:0000}");
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
