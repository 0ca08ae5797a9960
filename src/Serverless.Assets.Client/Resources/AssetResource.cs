using System.Text.Json.Serialization;

namespace Serverless.Assets.Client;

/// <summary>An Asset: the named parent of its Asset Versions. It has no content of its own.</summary>
public sealed record AssetResource
{
    /// <summary>34 characters: <c>^ZH[0-9a-fA-F]{32}$</c>.</summary>
    [JsonConverter(typeof(AssetSidConverter))]
    public required Sid Sid { get; init; }

    /// <summary>34 characters: <c>^AC[0-9a-fA-F]{32}$</c>; null if the service omitted it.</summary>
    [JsonConverter(typeof(AccountSidConverter))]
    public Sid? AccountSid { get; init; }

    /// <summary>34 characters: <c>^ZS[0-9a-fA-F]{32}$</c>; null if the service omitted it.</summary>
    [JsonConverter(typeof(ServiceSidConverter))]
    public Sid? ServiceSid { get; init; }

    /// <summary>At most 255 characters and not unique. By convention, the path of the asset.</summary>
    public required string FriendlyName { get; init; }

    /// <summary>In UTC, to the second.</summary>
    public DateTimeOffset DateCreated { get; init; }

    /// <summary>In UTC, to the second.</summary>
    public DateTimeOffset DateUpdated { get; init; }

    /// <summary>The absolute URL of the resource in the REST API; null if the service omitted it.</summary>
    public Uri? Url { get; init; }
}
