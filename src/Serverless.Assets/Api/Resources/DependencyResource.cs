namespace Serverless.Assets.Api;

/// <summary>An npm package of a Build.</summary>
internal sealed record DependencyResource
{
    public required string Name { get; init; }

    public string? Version { get; init; }
}
