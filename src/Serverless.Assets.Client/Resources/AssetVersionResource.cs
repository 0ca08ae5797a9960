using System.Text.Json.Serialization;

namespace Serverless.Assets.Client;

/// <summary>
/// An Asset Version: immutable content with a path and a visibility. The service does not return the content or its
/// size, hash or content type. A Build lists its Asset Versions in this form too.
/// </summary>
public sealed record AssetVersionResource
{
    /// <summary>34 characters: <c>^ZN[0-9a-fA-F]{32}$</c>.</summary>
    [JsonConverter(typeof(VersionSidConverter))]
    public required Sid Sid { get; init; }

    /// <summary>34 characters: <c>^AC[0-9a-fA-F]{32}$</c>; null if the service omitted it.</summary>
    [JsonConverter(typeof(AccountSidConverter))]
    public Sid? AccountSid { get; init; }

    /// <summary>34 characters: <c>^ZS[0-9a-fA-F]{32}$</c>; null if the service omitted it.</summary>
    [JsonConverter(typeof(ServiceSidConverter))]
    public Sid? ServiceSid { get; init; }

    /// <summary>The Asset of the version: <c>^ZH[0-9a-fA-F]{32}$</c>; null if the service omitted it.</summary>
    [JsonConverter(typeof(AssetSidConverter))]
    public Sid? AssetSid { get; init; }

    /// <summary>URL path: starts with <c>/</c> and has at most 255 characters.</summary>
    public required string Path { get; init; }

    public required Visibility Visibility { get; init; }

    /// <summary>In UTC, to the second.</summary>
    public DateTimeOffset DateCreated { get; init; }

    /// <summary>The absolute URL of the resource in the REST API; null if the service omitted it.</summary>
    public Uri? Url { get; init; }
}
