using Serverless.Assets.Client;
using Serverless.Assets.State.Site;

namespace Serverless.Assets.Results;

/// <summary>An Environment of the Service.</summary>
/// <param name="Name">Unique name.</param>
/// <param name="BuildSid">The deployed Build; null: none.</param>
/// <param name="Deployment">Where the deployed Build comes from; null: the site has no state file.</param>
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
    SiteDeployment? Deployment,
    IReadOnlyList<LiveAsset> Assets,
    IReadOnlyList<string> Functions,
    IReadOnlyList<EarlierBuild> EarlierBuilds
);

/// <summary>A Build that was deployed to an Environment before.</summary>
/// <param name="Deployment">Where it comes from; null: the state file of the site does not record it.</param>
internal sealed record EarlierBuild(Sid Sid, SiteDeployment? Deployment);

/// <summary>A deployed Asset Version.</summary>
internal sealed record LiveAsset(string Path, Visibility Visibility, Sid AssetVersionSid, Sid? AssetSid)
{
    public static LiveAsset From(AssetVersionResource version) =>
        new(version.Path, version.Visibility, version.Sid, version.AssetSid);
}
