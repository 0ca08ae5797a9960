using System.Text.Json;
using Serverless.Assets.Emulator.Storage;

namespace Serverless.Assets.Emulator.Api;

/// <summary><c>…/Assets/{resource}/Versions</c>, or <c>…/Functions/{resource}/Versions</c>: uploads, list, fetch.</summary>
internal sealed class VersionEndpoints(
    Database database,
    ServiceStore services,
    ResourceStore resources,
    VersionStore versions,
    ContentStore contents
)
{
    private readonly ResourceKind _kind = versions.Kind;

    public void Map(ApiRoutes routes)
    {
        var list = $"/v1/Services/{{service}}/{ResourceEndpoints.CollectionOf(_kind)}/{{resource}}/Versions";
        routes.Get(list, $"{_kind}Version.List", List);
        routes.Post(list, $"{_kind}Version.Create", Create);
        routes.Get($"{list}/{{version}}", $"{_kind}Version.Fetch", Fetch);
        if (_kind == ResourceKind.Function)
        {
            routes.Get($"{list}/{{version}}/Content", "FunctionVersion.FetchContent", FetchContent);
        }
    }

    /// <summary>The fields of a version, without the braces around them.</summary>
    public static void WriteFields(Utf8JsonWriter json, ResourceVersion version, string visibility)
    {
        json.WriteString("sid", version.Sid);
        json.WriteString("account_sid", version.AccountSid);
        json.WriteString("service_sid", version.ServiceSid);
        json.WriteString(ParentField(version.Kind), version.ResourceSid);
        json.WriteString("path", version.Path);
        json.WriteString("visibility", visibility);
        json.WriteTime("date_created", version.Created);
    }

    public static string UrlOf(ResourceVersion version, string origin) =>
        $"{origin}/v1/Services/{version.ServiceSid}/{ResourceEndpoints.CollectionOf(version.Kind)}/"
        + $"{version.ResourceSid}/Versions/{version.Sid}";

    private ApiAnswer List(ApiCall call)
    {
        var cursor = PageAddress.Parse(call.Request);
        var key = _kind == ResourceKind.Asset ? "asset_versions" : "function_versions";
        var page = versions.List(FindResource(call).Sid, cursor);
        return ApiJson.List(call, key, cursor, page, (json, version) => Write(json, version, call.Origin));
    }

    private ApiAnswer Fetch(ApiCall call) => Answer(call, StatusCodes.Status200OK, Find(call));

    private ApiAnswer FetchContent(ApiCall call)
    {
        var version = Find(call);
        return ApiAnswer.Json(
            StatusCodes.Status200OK,
            json =>
            {
                json.WriteStartObject();
                json.WriteString("sid", version.Sid);
                json.WriteString("account_sid", version.AccountSid);
                json.WriteString("service_sid", version.ServiceSid);
                json.WriteString(ParentField(version.Kind), version.ResourceSid);
                json.WriteString("content", File.ReadAllText(contents.PathOf(version.Sha256)));
                json.WriteString("url", UrlOf(version, call.Origin) + "/Content");
                json.WriteEndObject();
            }
        );
    }

    private ApiAnswer Create(ApiCall call)
    {
        if (call.Form.Content is { Size: > Limits.ServedBytes })
        {
            throw ApiException.TooLarge(); // by the proxy in front, before anything else is looked at
        }

        var path = PathRules.Normalize(call.Form.Require("Path"));
        var visibility = call.Form.Require("Visibility");
        if (!Visibility.IsKnown(visibility))
        {
            throw ApiException.Invalid("Visibility must be one of public, protected, private");
        }

        var content = call.Form.Content ?? throw RequestForm.Missing("Content");
        Check(content, visibility);
        contents.Keep(content);
        return database.Atomically(() =>
        {
            var resource = FindResource(call);
            var version = new ResourceVersion(
                Sid.New("ZN"),
                call.AccountSid,
                resource.ServiceSid,
                resource.Sid,
                _kind,
                path,
                visibility,
                content.ContentType,
                content.Sha256,
                content.Size,
                call.Now
            );
            versions.Add(version);
            return Answer(call, StatusCodes.Status201Created, version);
        });
    }

    private static void Check(IncomingContent content, string visibility)
    {
        if (visibility == Visibility.Private && content.Size > Limits.PrivateBytes)
        {
            throw ApiException.TooLarge();
        }

        if (content.Size == 0)
        {
            throw ApiException.Invalid("Bad Request"); // the service names neither the file nor the reason
        }
    }

    private Resource FindResource(ApiCall call) => resources.Of(call, services.Of(call));

    private ResourceVersion Find(ApiCall call) => versions.Of(call, FindResource(call));

    private static ApiAnswer Answer(ApiCall call, int status, ResourceVersion version) =>
        ApiAnswer.Json(status, json => Write(json, version, call.Origin));

    private static void Write(Utf8JsonWriter json, ResourceVersion version, string origin)
    {
        var url = UrlOf(version, origin);
        json.WriteStartObject();
        WriteFields(json, version, version.Visibility);
        json.WriteString("url", url);
        if (version.Kind == ResourceKind.Function)
        {
            json.WriteLinks(url, ("function_version_content", "Content"));
        }

        json.WriteEndObject();
    }

    private static string ParentField(ResourceKind kind) => kind == ResourceKind.Asset ? "asset_sid" : "function_sid";
}
