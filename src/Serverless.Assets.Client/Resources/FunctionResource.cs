using System.Text.Json.Serialization;

namespace Serverless.Assets.Client;

/// <summary>A Function: the named parent of its Function Versions.</summary>
public sealed record FunctionResource
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

    /// <summary>At most 255 characters and not unique.</summary>
    public required string FriendlyName { get; init; }

    /// <summary>In UTC, to the second.</summary>
    public DateTimeOffset DateCreated { get; init; }

    /// <summary>In UTC, to the second.</summary>
    public DateTimeOffset DateUpdated { get; init; }

    /// <summary>The absolute URL of the resource in the REST API; null if the service omitted it.</summary>
    public Uri? Url { get; init; }
}

/// <summary>A Function Version: immutable code with a path and a visibility. A Build lists its versions in this form too.</summary>
public sealed record FunctionVersionResource
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

    /// <summary>The Function of the version: <c>^ZH[0-9a-fA-F]{32}$</c>; null if the service omitted it.</summary>
    [JsonConverter(typeof(AssetSidConverter))]
    public Sid? FunctionSid { get; init; }

    /// <summary>URL path; null if the service omitted it.</summary>
    public string? Path { get; init; }

    /// <summary>Who can call the Function; null if the service omitted it.</summary>
    public Visibility? Visibility { get; init; }

    /// <summary>In UTC, to the second.</summary>
    public DateTimeOffset DateCreated { get; init; }

    /// <summary>The absolute URL of the resource in the REST API; null if the service omitted it.</summary>
    public Uri? Url { get; init; }
}
