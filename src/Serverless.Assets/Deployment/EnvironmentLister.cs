using Serverless.Assets.Client;
using Serverless.Assets.Diagnostics;

namespace Serverless.Assets.Deployment;

/// <summary>Lists the Environments and what is deployed to them.</summary>
internal sealed class EnvironmentLister(ServerlessClient client, string serviceSid)
{
    /// <returns>Sorted by name.</returns>
    public async Task<IReadOnlyList<EnvironmentInfo>> ListAsync(CancellationToken cancellationToken)
    {
        var infos = new List<EnvironmentInfo>();
        foreach (
            var environment in (
                await client
                    .Environments.ListAsync(
                        serviceSid,
                        pageSize: ListPages.MaxSize,
                        cancellationToken: cancellationToken
                    )
                    .ToListAsync(cancellationToken)
                    .ConfigureAwait(false)
            ).OrderBy(found => found.UniqueName, StringComparer.Ordinal)
        )
        {
            var build = environment.BuildSid is { } sid
                ? await client.Builds.FindAsync(serviceSid, sid, cancellationToken).ConfigureAwait(false)
                : null;
            var deployments = await client
                .Deployments.ListAsync(
                    serviceSid,
                    environment.Sid,
                    pageSize: ListPages.MaxSize,
                    cancellationToken: cancellationToken
                )
                .ToListAsync(cancellationToken)
                .ConfigureAwait(false);
            infos.Add(
                new EnvironmentInfo(
                    environment.UniqueName,
                    environment.Sid,
                    environment.DomainSuffix,
                    environment.Site,
                    environment.BuildSid,
                    build?.Runtime,
                    (build?.AssetVersions ?? [])
                        .Select(version => new LiveAsset(
                            version.Path,
                            version.Visibility,
                            version.Sid,
                            version.AssetSid
                        ))
                        .OrderBy(asset => asset.Path, StringComparer.Ordinal)
                        .ToList(),
                    (build?.FunctionVersions ?? [])
                        .Select(function => function.Path ?? function.Sid)
                        .Order(StringComparer.Ordinal)
                        .ToList(),
                    deployments
                        .OrderByDescending(deployment => deployment.DateCreated)
                        .Select(deployment => deployment.BuildSid)
                        .OfType<string>()
                        .Distinct()
                        .Where(earlier => earlier != environment.BuildSid)
                        .ToList()
                )
            );
        }

        return infos;
    }
}

/// <summary>An Environment of the Service.</summary>
/// <param name="Name">Unique name.</param>
/// <param name="BuildSid">The deployed Build; null: none.</param>
/// <param name="Assets">Deployed Asset Versions, sorted by path.</param>
/// <param name="Functions">Paths of the deployed Functions, sorted.</param>
/// <param name="EarlierBuilds">Builds that were deployed before, the newest first.</param>
public sealed record EnvironmentInfo(
    string Name,
    string Sid,
    string? DomainSuffix,
    SiteAddress Site,
    string? BuildSid,
    string? Runtime,
    IReadOnlyList<LiveAsset> Assets,
    IReadOnlyList<string> Functions,
    IReadOnlyList<string> EarlierBuilds
)
{
    /// <summary>Finds an Environment by its unique name, or else by its domain suffix.</summary>
    /// <exception cref="AssetException">There is none.</exception>
    public static EnvironmentInfo Find(IReadOnlyList<EnvironmentInfo> environments, string name) =>
        environments.FirstOrDefault(environment => environment.Name == name)
        ?? environments.FirstOrDefault(environment => environment.DomainSuffix == name)
        ?? throw new AssetException(DeploymentDiagnostics.NothingLive(name));
}

/// <summary>A deployed Asset Version.</summary>
public sealed record LiveAsset(string Path, Visibility Visibility, string AssetVersionSid, string? AssetSid);
