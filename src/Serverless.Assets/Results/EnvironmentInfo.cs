using Serverless.Assets.Client;

namespace Serverless.Assets.Results;

/// <summary>An Environment of the Service.</summary>
/// <param name="Name">Unique name.</param>
/// <param name="BuildSid">The deployed Build; null: none.</param>
/// <param name="Assets">Deployed Asset Versions, sorted by path.</param>
/// <param name="Functions">Paths of the deployed Functions, sorted.</param>
/// <param name="EarlierBuilds">Builds that were deployed before, the newest first.</param>
internal sealed record EnvironmentInfo(
    string Name,
    Sid Sid,
    string? DomainSuffix,
    SiteAddress Site,
    Sid? BuildSid,
    string? Runtime,
    IReadOnlyList<LiveAsset> Assets,
    IReadOnlyList<string> Functions,
    IReadOnlyList<Sid> EarlierBuilds
);

/// <summary>A deployed Asset Version.</summary>
internal sealed record LiveAsset(string Path, Visibility Visibility, Sid AssetVersionSid, Sid? AssetSid);
