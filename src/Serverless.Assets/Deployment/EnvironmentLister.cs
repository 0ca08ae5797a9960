using Serverless.Assets.Client;

namespace Serverless.Assets.Deployment;

/// <summary>Tells what is live where.</summary>
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
                    environment.DomainName,
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
