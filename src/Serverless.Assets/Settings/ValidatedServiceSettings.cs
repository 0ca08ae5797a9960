using Serverless.Assets.Client;

namespace Serverless.Assets.Settings;

/// <summary>The settings of a run against the service, validated.</summary>
internal sealed record ValidatedServiceSettings
{
    /// <summary>SID or unique name: either serves in the service's URLs.</summary>
    public required string ServiceSidOrName { get; init; }

    public required bool CreateService { get; init; }

    public required string Environment { get; init; }

    public required ServiceEndpoints Endpoints { get; init; }

    public required TwilioCredentials Credentials { get; init; }

    public required int? MaxConcurrency { get; init; }

    public required TimeSpan RequestTimeout { get; init; }

    public required TimeSpan Timeout { get; init; }
}
