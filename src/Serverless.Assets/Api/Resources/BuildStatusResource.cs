namespace Serverless.Assets.Api;

internal sealed record BuildStatusResource
{
    public required string Sid { get; init; }

    public required BuildStatus Status { get; init; }
}
