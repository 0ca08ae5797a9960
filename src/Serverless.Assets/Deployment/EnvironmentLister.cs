using Serverless.Assets.Client;
using Serverless.Assets.Results;

namespace Serverless.Assets.Deployment;

/// <summary>Lists the Environments and what is deployed to them.</summary>
internal sealed class EnvironmentLister(ServerlessClient client, Sid serviceSid)
{
    /// <returns>Sorted by name.</returns>
    public async Task<IReadOnlyList<EnvironmentInfo>> ListAsync(CancellationToken cancellationToken)
    {
        var infos = new List<EnvironmentInfo>();
        foreach (
            var environment in (
                await client.Environments.ListAllAsync(serviceSid, cancellationToken).ConfigureAwait(false)
            ).OrderBy(found => found.UniqueName, StringComparer.Ordinal)
        )
        {
            var build = environment.BuildSid is { } sid
                ? await client.Builds.FindAsync(serviceSid, sid, cancellationToken).ConfigureAwait(false)
                : null;
            var deployments = await client
                .Deployments.ListAllAsync(serviceSid, environment.Sid, cancellationToken)
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
                        .OfType<Sid>()
                        .Distinct()
                        .Where(earlier => earlier != environment.BuildSid)
                        .ToList()
                )
            );
        }

        return infos;
    }
}
