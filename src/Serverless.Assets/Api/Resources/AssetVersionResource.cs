using Serverless.Assets.Mapping;

namespace Serverless.Assets.Api;

/// <summary>An Asset Version; also the form in which a Build lists it.</summary>
internal sealed record AssetVersionResource
{
    public required string Sid { get; init; }

    public string? AssetSid { get; init; }

    public required string Path { get; init; }

    public required AssetVisibility Visibility { get; init; }

    public DateTimeOffset DateCreated { get; init; }
}
