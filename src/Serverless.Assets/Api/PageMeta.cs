namespace Serverless.Assets.Api;

internal sealed record PageMeta
{
    public required string Key { get; init; }

    public string? NextPageUrl { get; init; }
}
