using System.Buffers;
using System.Text.Json.Serialization;
using Serverless.Assets.Emulator.Storage;

namespace Serverless.Assets.Emulator.Api;

/// <summary>
/// <c>…/Assets/{resource}/Versions</c> or <c>…/Functions/{resource}/Versions</c>, including uploads, which the real
/// service accepts on another host.
/// </summary>
internal sealed class VersionEndpoints(Stores stores, ContentStore contents, ResourceKind kind)
{
    private static readonly SearchValues<char> InvalidPathCharacters = SearchValues.Create(";,?:@+&$()'\"#");

    private readonly VersionStore _versions = stores.GetVersions(kind);

    public void Map(ApiRoutes routes)
    {
        var list = $"/v1/Services/{{service}}/{ResourceEndpoints.GetCollection(kind)}/{{resource}}/Versions";
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

    /// <summary>The name of arrays and links: <c>asset_versions</c> or <c>function_versions</c>.</summary>
    public static string GetArrayName(ResourceKind kind) =>
        kind == ResourceKind.Asset ? "asset_versions" : "function_versions";

    private ApiResponse List(ApiCall call) =>
        Paging.List(
            call,
            GetArrayName(kind),
            cursor => _versions.GetPage(call.GetResource(kind).Sid, cursor),
            VersionResponse.From
        );

    private ApiResponse FetchContent(ApiCall call)
    {
        var version = call.GetVersion(kind);
        return ApiResponse.Ok(
            new FunctionContentResponse(
                version.Sid,
                version.AccountSid,
                version.ServiceSid,
                version.ResourceSid,
                File.ReadAllText(contents.GetPath(version.Sha256)),
                $"{VersionResponse.CreateUrl(version, call)}/Content"
            )
        );
    }

    private ApiResponse Create(ApiCall call)
    {
        if (call.Form.Content is { Size: > Limits.ServedSize })
        {
            throw ApiException.TooLarge(); // comes first, because a proxy checks it before the service does
        }

        var path = NormalizePath(call.Form.GetRequired("Path"));
        var visibility = call.Form.GetRequired("Visibility");
        if (!Visibility.IsKnown(visibility))
        {
            throw ApiException.Invalid("Visibility must be one of public, protected, private");
        }

        var content = call.Form.Content ?? throw RequestForm.Missing("Content");
        CheckSize(content, visibility);
        contents.Keep(content);
        return stores.InTransaction(() =>
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
        });
    }

    /// <summary>Adds the leading slash when it is missing, and checks the path against the service's rules.</summary>
    private static string NormalizePath(string path)
    {
        if (!path.StartsWith('/'))
        {
            path = "/" + path;
        }

        if (path.Length > Limits.Path)
        {
            throw RequestForm.TooLong("Path", Limits.Path);
        }

        return
            path.AsSpan().ContainsAny(InvalidPathCharacters) || path.Any(c => char.IsWhiteSpace(c) || char.IsControl(c))
            ? throw ApiException.Invalid("Path contains characters that are not allowed")
            : path;
    }

    private static void CheckSize(IncomingContent content, string visibility)
    {
        if (visibility == Visibility.Private && content.Size > Limits.PrivateSize)
        {
            throw ApiException.TooLarge();
        }

        if (content.Size == 0)
        {
            throw ApiException.Invalid("Bad Request"); // the real service does not name the file or the reason either
        }
    }
}

/// <summary>An Asset Version or a Function Version. Properties that are null are not written.</summary>
internal sealed record VersionResponse(
    string Sid,
    string AccountSid,
    string ServiceSid,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? AssetSid,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? FunctionSid,
    string Path,
    string Visibility,
    DateTimeOffset DateCreated
)
{
    /// <summary>Absent in a Build and in the state dump.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Url { get; init; }

    /// <summary>Only for a Function Version. Absent where <see cref="Url"/> is absent.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyDictionary<string, string>? Links { get; init; }

    /// <summary>Only in the state dump; the service never returns it.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Sha256 { get; init; }

    /// <inheritdoc cref="Sha256"/>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public long? Size { get; init; }

    /// <inheritdoc cref="Sha256"/>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? ContentType { get; init; }

    public static VersionResponse From(ResourceVersion version, ApiCall call)
    {
        var url = CreateUrl(version, call);
        return FromFields(version) with
        {
            Url = url,
            Links =
                version.Kind == ResourceKind.Function
                    ? new Dictionary<string, string> { ["function_version_content"] = $"{url}/Content" }
                    : null,
        };
    }

    /// <summary>Creates a part of a Build, where the service writes the visibility in upper case.</summary>
    public static VersionResponse FromBuild(ResourceVersion version) =>
        FromFields(version) with
        {
            Visibility = version.Visibility.ToUpperInvariant(),
        };

    /// <summary>Creates a part of the state dump.</summary>
    public static VersionResponse FromState(ResourceVersion version) =>
        FromFields(version) with
        {
            Sha256 = version.Sha256,
            Size = version.Size,
            ContentType = version.ContentType,
        };

    public static string CreateUrl(ResourceVersion version, ApiCall call) =>
        $"{call.Origin}/v1/Services/{version.ServiceSid}/{ResourceEndpoints.GetCollection(version.Kind)}/"
        + $"{version.ResourceSid}/Versions/{version.Sid}";

    private static VersionResponse FromFields(ResourceVersion version) =>
        new(
            version.Sid,
            version.AccountSid,
            version.ServiceSid,
            version.Kind == ResourceKind.Asset ? version.ResourceSid : null,
            version.Kind == ResourceKind.Function ? version.ResourceSid : null,
            version.Path,
            version.Visibility,
            version.Created
        );
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
