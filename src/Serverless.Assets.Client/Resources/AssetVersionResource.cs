using System.Text.Json.Serialization;

namespace Serverless.Assets.Client;

/// <summary>
/// An Asset Version: immutable content with a path and a visibility. The service does not return the content or its
/// size, hash or content type. A Build lists its Asset Versions in this form too.
/// </summary>
public sealed record AssetVersionResource
{
    /// <summary><c>ZN…</c></summary>
    [JsonConverter(typeof(VersionSidConverter))]
    public required Sid Sid { get; init; }

    /// <summary><c>AC…</c>; null if the service omitted it.</summary>
    [JsonConverter(typeof(AccountSidConverter))]
    public Sid? AccountSid { get; init; }

    /// <summary><c>ZS…</c>; null if the service omitted it.</summary>
    [JsonConverter(typeof(ServiceSidConverter))]
    public Sid? ServiceSid { get; init; }

    /// <summary><c>ZH…</c>: the Asset of the version; null if the service omitted it.</summary>
    [JsonConverter(typeof(AssetSidConverter))]
    public Sid? AssetSid { get; init; }

    /// <summary>URL path: starts with <c>/</c> and has at most 255 characters.</summary>
    public required string Path { get; init; }

    public required Visibility Visibility { get; init; }

    public DateTimeOffset DateCreated { get; init; }

    public Uri? Url { get; init; }
}
