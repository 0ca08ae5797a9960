using System.Text.Json.Serialization;
using Serverless.Assets.Emulator.Storage;

namespace Serverless.Assets.Emulator.Api;

/// <summary>
/// <c>…/Assets/{resource}/Versions</c> or <c>…/Functions/{resource}/Versions</c>, including uploads, which the real
/// service accepts on another host.
/// </summary>
internal sealed class VersionEndpoints(Stores stores, ContentLibrary contents, ResourceKind kind)
{
    private readonly VersionStore _versions = stores.GetVersions(kind);

    public void Map(ApiRoutes routes)
    {
        var list = $"/v1/Services/{{service}}/{ResourceNames.GetSegment(kind)}/{{resource}}/Versions";
        var item = $"{list}/{{version}}";
        routes.Get(list, $"{kind}Version.List", List);
        routes.Post(list, $"{kind}Version.Create", Create);
        routes.Get(
            item,
            $"{kind}Version.Fetch",
            call => ApiResponse.Ok(VersionResponse.From(call.GetVersion(kind), call))
        );
        if (kind == ResourceKind.Function)
        {
            routes.Get($"{item}/Content", "FunctionVersion.FetchContent", FetchContent);
        }
    }

    private ApiResponse List(ApiCall call) =>
        Paging.List(
            call,
            ResourceNames.GetVersionListKey(kind),
            cursor => _versions.GetPage(call.GetResource(kind).Sid, cursor),
            VersionResponse.From
        );

    private ApiResponse FetchContent(ApiCall call)
    {
        var version = call.GetVersion(kind);
        using var content = new StreamReader(contents.OpenRead(version.Sha256));
        return ApiResponse.Ok(
            new FunctionContentResponse(
                version.Sid,
                version.AccountSid,
                version.ServiceSid,
                version.ResourceSid,
                content.ReadToEnd(),
                $"{VersionResponse.CreateUrl(version, call)}/Content"
            )
        );
    }

    private ApiResponse Create(ApiCall call)
    {
        if (call.Form.Content is { Size: > ServiceLimits.MaxPublicOrProtectedSize })
        {
            throw ApiException.TooLarge(); // comes first, because a proxy checks it before the service does
        }

        var path = AssetRules.NormalizePath(call.Form.GetRequired("Path"));
        var visibility = call.Form.GetRequired("Visibility");
        if (!Visibility.IsKnown(visibility))
        {
            throw ApiException.Invalid("Visibility must be one of public, protected, private");
        }

        var content = call.Form.Content ?? throw RequestForm.Missing("Content");
        AssetRules.CheckSize(content.Size, visibility);
        return contents.Keep([content], () => stores.InTransaction(Insert));

        ApiResponse Insert()
        {
            var resource = call.GetResource(kind);
            var version = new ResourceVersion(
                Sid.Create("ZN"),
                call.AccountSid,
                resource.ServiceSid,
                resource.Sid,
                kind,
                path,
                visibility,
                content.ContentType,
                content.Sha256,
                content.Size,
                call.Now
            );
            _versions.Insert(version);
            return ApiResponse.Created(VersionResponse.From(version, call));
        }
    }
}

/// <summary>An Asset Version or a Function Version.</summary>
internal sealed record VersionResponse(
    string Sid,
    string AccountSid,
    string ServiceSid,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? AssetSid,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? FunctionSid,
    string Path,
    string Visibility,
    DateTimeOffset DateCreated,
    string Url,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] IReadOnlyDictionary<string, string>? Links
)
{
    public static VersionResponse From(ResourceVersion version, ApiCall call)
    {
        var url = CreateUrl(version, call);
        return new VersionResponse(
            version.Sid,
            version.AccountSid,
            version.ServiceSid,
            version.AssetSid,
            version.FunctionSid,
            version.Path,
            version.Visibility,
            version.Created,
            url,
            version.Kind == ResourceKind.Function
                ? new Dictionary<string, string> { ["function_version_content"] = $"{url}/Content" }
                : null
        );
    }

    public static string CreateUrl(ResourceVersion version, ApiCall call) =>
        $"{call.GetServiceUrl(version.ServiceSid)}/{ResourceNames.GetSegment(version.Kind)}/{version.ResourceSid}"
        + $"/Versions/{version.Sid}";
}

/// <summary>The source code of a Function Version.</summary>
internal sealed record FunctionContentResponse(
    string Sid,
    string AccountSid,
    string ServiceSid,
    string FunctionSid,
    string Content,
    string Url
);
