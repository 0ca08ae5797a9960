using System.Text.Json.Serialization;

namespace Serverless.Assets.Manifest;

/// <summary>The manifest, version 1: what docs/manifest.schema.json describes.</summary>
internal sealed record AssetManifest
{
    public const int CurrentVersion = 1;

    public required int Version { get; init; }

    /// <summary>Product and its version.</summary>
    public required string Generator { get; init; }

    public required string ServiceSid { get; init; }

    public required string AccountSid { get; init; }

    /// <summary>Of the run that last changed an asset.</summary>
    public required ManifestSource Source { get; init; }

    /// <summary>Sorted by path, ordinal.</summary>
    public required IReadOnlyList<ManifestAsset> Assets { get; init; }

    /// <summary>What a Build's <c>AssetVersions</c> takes, in the order of <see cref="Assets"/>.</summary>
    public required IReadOnlyList<string> AssetVersions { get; init; }

    /// <summary>Whether the list of versions is that of the assets.</summary>
    [JsonIgnore]
    public bool IsConsistent => AssetVersions.SequenceEqual(Assets.Select(asset => asset.AssetVersionSid));

    /// <summary>Whether both say the same of the service; who wrote them does not count.</summary>
    public bool HasSameAssets(AssetManifest other) =>
        ServiceSid == other.ServiceSid
        && AccountSid == other.AccountSid
        && Assets.SequenceEqual(other.Assets)
        && AssetVersions.SequenceEqual(other.AssetVersions);
}
