using System.Text.Json.Serialization;

namespace Serverless.Assets.Client;

/// <summary>A Function: the named parent of its Function Versions.</summary>
public sealed record FunctionResource
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

    /// <summary>At most 255 characters and not unique.</summary>
    public required string FriendlyName { get; init; }

    public DateTimeOffset DateCreated { get; init; }

    public DateTimeOffset DateUpdated { get; init; }

    public Uri? Url { get; init; }
}

/// <summary>A Function Version: immutable code with a path and a visibility. A Build lists its versions in this form too.</summary>
public sealed record FunctionVersionResource
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

    /// <summary><c>ZH…</c>: the Function of the version; null if the service omitted it.</summary>
    [JsonConverter(typeof(AssetSidConverter))]
    public Sid? FunctionSid { get; init; }

    /// <summary>URL path; null if the service omitted it.</summary>
    public string? Path { get; init; }

    /// <summary>Who can call the Function; null if the service omitted it.</summary>
    public Visibility? Visibility { get; init; }

    public DateTimeOffset DateCreated { get; init; }

    public Uri? Url { get; init; }
}
