namespace Serverless.Assets.Api;

internal sealed record AssetResource
{
    public required string Sid { get; init; }

    /// <summary>Not unique on the service. By convention the path of the asset.</summary>
    public required string FriendlyName { get; init; }

    public DateTimeOffset DateCreated { get; init; }
}
