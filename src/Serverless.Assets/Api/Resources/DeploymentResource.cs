namespace Serverless.Assets.Api;

internal sealed record DeploymentResource
{
    public required string Sid { get; init; }

    public string? BuildSid { get; init; }

    public DateTimeOffset DateCreated { get; init; }
}
