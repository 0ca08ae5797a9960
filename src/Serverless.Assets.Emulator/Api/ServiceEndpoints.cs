using System.Globalization;
using System.Text.Json;
using Serverless.Assets.Emulator.Storage;

namespace Serverless.Assets.Emulator.Api;

/// <summary><c>/v1/Services</c>.</summary>
internal sealed class ServiceEndpoints(Database database, ServiceStore services)
{
    private const string Collection = "/v1/Services";
    private const string One = "/v1/Services/{service}";

    public void Map(ApiRoutes routes)
    {
        routes.Get(Collection, "Service.List", List);
        routes.Post(Collection, "Service.Create", Create);
        routes.Get(One, "Service.Fetch", Fetch);
        routes.Post(One, "Service.Update", Update);
        routes.Delete(One, "Service.Delete", Delete);
    }

    public static void Write(Utf8JsonWriter json, Service service, string origin)
    {
        var url = $"{origin}/v1/Services/{service.Sid}";
        json.WriteStartObject();
        json.WriteString("sid", service.Sid);
        json.WriteString("account_sid", service.AccountSid);
        json.WriteString("friendly_name", service.FriendlyName);
        json.WriteString("unique_name", service.UniqueName);
        json.WriteBoolean("include_credentials", service.IncludeCredentials);
        json.WriteBoolean("ui_editable", service.UiEditable);
        json.WriteString("domain_base", service.DomainBase);
        json.WriteTime("date_created", service.Created);
        json.WriteTime("date_updated", service.Updated);
        json.WriteString("url", url);
        json.WriteLinks(
            url,
            ("environments", "Environments"),
            ("functions", "Functions"),
            ("assets", "Assets"),
            ("builds", "Builds")
        );
        json.WriteEndObject();
    }

    private ApiAnswer List(ApiCall call)
    {
        var cursor = PageAddress.Parse(call.Request);
        return ApiJson.List(
            call,
            "services",
            cursor,
            services.List(cursor),
            (json, service) => Write(json, service, call.Origin)
        );
    }

    private ApiAnswer Create(ApiCall call)
    {
        var uniqueName = call.Form.Require("UniqueName", Limits.UniqueName);
        var friendlyName = call.Form.Require("FriendlyName", Limits.FriendlyName);
        if (!uniqueName.All(c => char.IsAsciiLetterOrDigit(c) || c == '-'))
        {
            throw ApiException.Invalid("UniqueName may only contain letters, digits and dashes");
        }

        var sid = Sid.New("ZS");
        var service = new Service(
            sid,
            call.AccountSid,
            uniqueName,
            friendlyName,
            IncludeCredentials: call.Form.FindFlag("IncludeCredentials") ?? true,
            UiEditable: call.Form.FindFlag("UiEditable") ?? false,
            DomainBase(uniqueName, sid),
            call.Now,
            call.Now
        );

        return database.Atomically(() =>
        {
            if (services.Find(uniqueName) is not null)
            {
                throw ApiException.Conflict($"Service with unique name {uniqueName} already exists");
            }

            if (services.Count() >= Limits.Services)
            {
                throw ApiException.Invalid($"An account can have at most {Limits.Services} Services");
            }

            services.Add(service);
            return Answer(call, StatusCodes.Status201Created, service);
        });
    }

    private ApiAnswer Fetch(ApiCall call) => Answer(call, StatusCodes.Status200OK, services.Of(call));

    private ApiAnswer Update(ApiCall call) =>
        database.Atomically(() =>
        {
            var service = services.Of(call);
            if (call.Form.Find("FriendlyName") is not null)
            {
                service = service with { FriendlyName = call.Form.Require("FriendlyName", Limits.FriendlyName) };
            }

            service = service with
            {
                IncludeCredentials = call.Form.FindFlag("IncludeCredentials") ?? service.IncludeCredentials,
                UiEditable = call.Form.FindFlag("UiEditable") ?? service.UiEditable,
                Updated = call.Now,
            };
            services.Update(service);
            return Answer(call, StatusCodes.Status200OK, service);
        });

    private ApiAnswer Delete(ApiCall call) =>
        database.Atomically(() =>
        {
            services.Delete(services.Of(call).Sid);
            return ApiAnswer.NoContent;
        });

    private static ApiAnswer Answer(ApiCall call, int status, Service service) =>
        ApiAnswer.Json(status, json => Write(json, service, call.Origin));

    /// <summary>The unique name and four digits; host names know no capitals.</summary>
    private static string DomainBase(string uniqueName, string sid)
    {
        var digits = int.Parse(sid.AsSpan(2, 7), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture) % 10_000;
        return string.Create(CultureInfo.InvariantCulture, $"{uniqueName.ToLowerInvariant()}-{digits:0000}");
    }
}
