namespace Serverless.Assets.Api;

internal sealed record EnvironmentResource
{
    public required string Sid { get; init; }

    public required string UniqueName { get; init; }

    public string? DomainSuffix { get; init; }

    public required string DomainName { get; init; }

    /// <summary>The Build that is live; null until one was deployed.</summary>
    public string? BuildSid { get; init; }
}
