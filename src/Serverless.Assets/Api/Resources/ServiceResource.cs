namespace Serverless.Assets.Api;

internal sealed record ServiceResource
{
    public required string Sid { get; init; }

    public required string AccountSid { get; init; }

    public string? UniqueName { get; init; }

    public string? DomainBase { get; init; }
}
