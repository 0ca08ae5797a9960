namespace Serverless.Assets.Api;

internal sealed record BuildResource
{
    public required string Sid { get; init; }

    public required BuildStatus Status { get; init; }

    public IReadOnlyList<AssetVersionResource>? AssetVersions { get; init; }

    public IReadOnlyList<FunctionVersionResource>? FunctionVersions { get; init; }

    public IReadOnlyList<DependencyResource>? Dependencies { get; init; }

    /// <summary>Such as <c>node22</c>.</summary>
    public string? Runtime { get; init; }

    public DateTimeOffset DateCreated { get; init; }
}
