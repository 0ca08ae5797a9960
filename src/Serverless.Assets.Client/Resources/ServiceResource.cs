using System.Text.Json.Serialization;

namespace Serverless.Assets.Client;

/// <summary>A Service: the container of Assets, Functions, Builds and Environments.</summary>
public sealed record ServiceResource
{
    /// <summary>34 characters: <c>^ZS[0-9a-fA-F]{32}$</c>.</summary>
    [JsonConverter(typeof(ServiceSidConverter))]
    public required Sid Sid { get; init; }

    /// <summary>34 characters: <c>^AC[0-9a-fA-F]{32}$</c>.</summary>
    [JsonConverter(typeof(AccountSidConverter))]
    public required Sid AccountSid { get; init; }

    /// <summary>At most 50 letters, digits and dashes; permanent. Every call accepts it in place of the SID.</summary>
    public string? UniqueName { get; init; }

    public string? FriendlyName { get; init; }

    /// <summary>Whether Functions receive the account's credentials; null if the service omitted it.</summary>
    public bool? IncludeCredentials { get; init; }

    /// <summary>Whether the Service can be edited in the Twilio Console; null if the service omitted it.</summary>
    public bool? UiEditable { get; init; }

    /// <summary>The first part of the domain of every Environment, such as <c>my-app-1234</c>.</summary>
    public string? DomainBase { get; init; }

    /// <summary>In UTC, to the second.</summary>
    public DateTimeOffset DateCreated { get; init; }

    /// <summary>In UTC, to the second.</summary>
    public DateTimeOffset DateUpdated { get; init; }

    /// <summary>The absolute URL of the resource in the REST API; null if the service omitted it.</summary>
    public Uri? Url { get; init; }
}
