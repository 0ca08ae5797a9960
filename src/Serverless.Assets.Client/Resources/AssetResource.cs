using System.Text.Json.Serialization;

namespace Serverless.Assets.Client;

/// <summary>An Asset: the named parent of its Asset Versions. It has no content of its own.</summary>
public sealed record AssetResource
{
    /// <summary><c>ZH…</c></summary>
    [JsonConverter(typeof(AssetSidConverter))]
    public required Sid Sid { get; init; }

    /// <summary><c>AC…</c>; null if the service omitted it.</summary>
    [JsonConverter(typeof(AccountSidConverter))]
    public Sid? AccountSid { get; init; }

    /// <summary><c>ZS…</c>; null if the service omitted it.</summary>
    [JsonConverter(typeof(ServiceSidConverter))]
    public Sid? ServiceSid { get; init; }

    /// <summary>At most 255 characters and not unique. By convention, the path of the asset.</summary>
    public required string FriendlyName { get; init; }

    public DateTimeOffset DateCreated { get; init; }

    public DateTimeOffset DateUpdated { get; init; }

    public Uri? Url { get; init; }
}
