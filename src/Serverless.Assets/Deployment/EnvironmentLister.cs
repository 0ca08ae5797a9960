using Serverless.Assets.Client;
using Serverless.Assets.Connection;
using Serverless.Assets.Diagnostics;
using Serverless.Assets.Results;
using Serverless.Assets.Settings;
using Serverless.Assets.State.Site;

namespace Serverless.Assets.Deployment;

/// <summary>Lists the Environments and what is deployed to them.</summary>
internal sealed class EnvironmentLister(OperationContext operation, Sid serviceSid)
{
    /// <param name="name">The name or domain suffix of the only Environment to list; null: all.</param>
    /// <returns>Sorted by name.</returns>
    /// <exception cref="AssetException">There is no Environment with the name.</exception>
    public async Task<IReadOnlyList<EnvironmentInfo>> ListAsync(string? name, CancellationToken cancellationToken)
    {
        var client = operation.Client;
        var environments = name is null
            ? await client.Environments.ListAllAsync(serviceSid, cancellationToken).ConfigureAwait(false)
            :
            [
                await client.Environments.FindAsync(serviceSid, name, cancellationToken).ConfigureAwait(false)
                    ?? throw new AssetException(DeploymentDiagnostics.NothingLive(name, SettingTable.Environment)),
            ];
        var infos = new List<EnvironmentInfo>();
        foreach (var environment in environments.OrderBy(found => found.UniqueName, StringComparer.Ordinal))
        {
            var build = environment.BuildSid is { } sid
                ? await client.Builds.FindAsync(serviceSid, sid, cancellationToken).ConfigureAwait(false)
                : null;
            var state = build is null
                ? null
                : await new SiteStateReader(operation, serviceSid)
                    .ReadAsync(environment, build, cancellationToken)
                    .ConfigureAwait(false);
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
                    state?.File?.Deployment,
                    (build?.AssetVersions ?? [])
                        .Where(version => !SiteStateFile.IsStateFile(version))
                        .Select(LiveAsset.From)
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
                        .Select(earlier => new EarlierBuild(earlier, state?.FindDeployment(earlier)))
                        .ToList()
                )
            );
        }

        return infos;
    }
}
