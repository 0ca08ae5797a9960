using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Serialization;

namespace Serverless.Assets.Client;

/// <summary>An Environment: a domain that serves the Build deployed to it.</summary>
public sealed record EnvironmentResource
{
    /// <summary>34 characters: <c>^ZE[0-9a-fA-F]{32}$</c>.</summary>
    [JsonConverter(typeof(EnvironmentSidConverter))]
    public required Sid Sid { get; init; }

    /// <summary>34 characters: <c>^AC[0-9a-fA-F]{32}$</c>; null if the service omitted it.</summary>
    [JsonConverter(typeof(AccountSidConverter))]
    public Sid? AccountSid { get; init; }

    /// <summary>34 characters: <c>^ZS[0-9a-fA-F]{32}$</c>; null if the service omitted it.</summary>
    [JsonConverter(typeof(ServiceSidConverter))]
    public Sid? ServiceSid { get; init; }

    /// <summary>At most 100 characters; unique within the Service.</summary>
    public required string UniqueName { get; init; }

    /// <summary>At most 16 characters. Null or empty in at most one Environment of the Service.</summary>
    public string? DomainSuffix { get; init; }

    /// <summary>The host name of the site, such as <c>my-app-1234-dev.twil.io</c>.</summary>
    public required string DomainName
    {
        get => Site.Domain;
        [MemberNotNull(nameof(Site))]
        init => Site = SiteAddress.Parse(value);
    }

    /// <summary>The address of the site.</summary>
    [JsonIgnore]
    public SiteAddress Site { get; private init; }

    /// <summary>The SID of the deployed Build; null if none is deployed.</summary>
    [JsonConverter(typeof(BuildSidConverter))]
    public Sid? BuildSid { get; init; }

    /// <summary>In UTC, to the second.</summary>
    public DateTimeOffset DateCreated { get; init; }

    /// <summary>In UTC, to the second.</summary>
    public DateTimeOffset DateUpdated { get; init; }

    /// <summary>The absolute URL of the resource in the REST API; null if the service omitted it.</summary>
    public Uri? Url { get; init; }
}

/// <summary>A Deployment of a Build to an Environment.</summary>
public sealed record DeploymentResource
{
    /// <summary>34 characters: <c>^ZD[0-9a-fA-F]{32}$</c>.</summary>
    [JsonConverter(typeof(DeploymentSidConverter))]
    public required Sid Sid { get; init; }

    /// <summary>34 characters: <c>^AC[0-9a-fA-F]{32}$</c>; null if the service omitted it.</summary>
    [JsonConverter(typeof(AccountSidConverter))]
    public Sid? AccountSid { get; init; }

    /// <summary>34 characters: <c>^ZS[0-9a-fA-F]{32}$</c>; null if the service omitted it.</summary>
    [JsonConverter(typeof(ServiceSidConverter))]
    public Sid? ServiceSid { get; init; }

    /// <summary>34 characters: <c>^ZE[0-9a-fA-F]{32}$</c>; null if the service omitted it.</summary>
    [JsonConverter(typeof(EnvironmentSidConverter))]
    public Sid? EnvironmentSid { get; init; }

    /// <summary>The SID of the Build; null if the Deployment took the site down.</summary>
    [JsonConverter(typeof(BuildSidConverter))]
    public Sid? BuildSid { get; init; }

    /// <summary>In UTC, to the second.</summary>
    public DateTimeOffset DateCreated { get; init; }

    /// <summary>In UTC, to the second.</summary>
    public DateTimeOffset DateUpdated { get; init; }

    /// <summary>The absolute URL of the resource in the REST API; null if the service omitted it.</summary>
    public Uri? Url { get; init; }
}
