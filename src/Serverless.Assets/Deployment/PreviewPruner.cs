using System.Net;
using Serverless.Assets.Client;
using Serverless.Assets.Connection;
using Serverless.Assets.Diagnostics;
using Serverless.Assets.Results;

namespace Serverless.Assets.Deployment;

/// <summary>
/// Deletes the Environments of previews to which nobody has deployed for a while. Just before each deletion it looks
/// again, and keeps a preview that someone has deployed to since.
/// </summary>
/// <param name="environment">
/// Name or domain suffix of the Environment of the settings, which is kept whatever its name is.
/// </param>
/// <param name="minAge">Previews that were created, or deployed to, since are kept.</param>
internal sealed class PreviewPruner(
    OperationContext operation,
    Sid serviceSid,
    PruneSession session,
    PreviewEnvironments previews,
    string environment,
    TimeSpan minAge
)
{
    /// <summary>The newest Deployment is among the first ones that the service lists.</summary>
    private const int NewestDeployments = 50;

    private readonly ServerlessClient _client = operation.Client;
    private readonly AgeLimit _age = new(minAge, operation.Client, operation.Engine);
    private readonly EnvironmentRemover _remover = new(operation, serviceSid);

    /// <summary>Shows the previews to the user, and deletes them with their sites.</summary>
    /// <exception cref="AssetException">The deletion was not confirmed, or it stopped early.</exception>
    public async Task<PruneResult> PruneAsync(CancellationToken cancellationToken)
    {
        var abandoned = await FindAsync(cancellationToken).ConfigureAwait(false);
        var found = new PreviewPruneResult(serviceSid, [.. abandoned.Select(Describe)], IsDeleted: false);
        return await session.RunAsync(found, () => DeleteAsync(abandoned, cancellationToken)).ConfigureAwait(false);
    }

    /// <returns>The abandoned previews, sorted by name.</returns>
    private async Task<IReadOnlyList<Preview>> FindAsync(CancellationToken cancellationToken)
    {
        var environments = await ListAsync(cancellationToken).ConfigureAwait(false);
        var candidates = new List<Preview>();
        foreach (var candidate in environments)
        {
            _age.Observe(candidate.DateCreated);
            if (
                IsPreview(candidate) && await ReadAsync(candidate, cancellationToken).ConfigureAwait(false) is { } found
            )
            {
                candidates.Add(found);
            }
        }

        return
        [
            .. candidates
                .Where(IsAbandoned)
                .DistinctBy(preview => preview.Environment.Sid)
                .OrderBy(preview => preview.Environment.UniqueName, StringComparer.Ordinal),
        ];
    }

    /// <summary>Whether the Environment may be deleted if it is old enough.</summary>
    private bool IsPreview(EnvironmentResource candidate) =>
        previews.Includes(candidate.UniqueName)
        && !string.IsNullOrEmpty(candidate.DomainSuffix)
        && !environment.Equals(candidate.UniqueName, StringComparison.OrdinalIgnoreCase)
        && !environment.Equals(candidate.DomainSuffix, StringComparison.OrdinalIgnoreCase);

    /// <returns>Null: the service has no Deployments of the Environment, because someone else has deleted it.</returns>
    private async Task<Preview?> ReadAsync(EnvironmentResource candidate, CancellationToken cancellationToken)
    {
        try
        {
            var deployments = await _client
                .Deployments.ListAsync(
                    serviceSid,
                    candidate.Sid,
                    NewestDeployments,
                    limit: NewestDeployments,
                    cancellationToken: cancellationToken
                )
                .ToListAsync(cancellationToken)
                .ConfigureAwait(false);
            foreach (var deployment in deployments)
            {
                _age.Observe(deployment.DateCreated);
            }

            return new Preview(candidate, deployments);
        }
        catch (ServerlessApiException notFound) when (notFound.Status == HttpStatusCode.NotFound)
        {
            return null;
        }
    }

    /// <summary>Whether the preview and all its Deployments are old enough. An unknown age is not.</summary>
    private bool IsAbandoned(Preview preview) =>
        _age.IsZero
        || (preview.Deployments.Count > 0 || preview.Environment.BuildSid is null) // otherwise, the list is not complete
            && _age.IsOld(preview.Environment.DateCreated)
            && preview.Deployments.All(deployment => _age.IsOld(deployment.DateCreated));

    private async Task<PreviewPruneResult> DeleteAsync(
        IReadOnlyList<Preview> abandoned,
        CancellationToken cancellationToken
    )
    {
        var deleted = new PreviewPruneResult(serviceSid, [], IsDeleted: true);
        foreach (var preview in abandoned)
        {
            var environments = await ListAsync(cancellationToken).ConfigureAwait(false);
            if (environments.FirstOrDefault(other => other.Sid == preview.Environment.Sid) is not { } current)
            {
                Record(preview); // someone else has deleted it
            }
            else if (await IsUnchangedAsync(preview, current, cancellationToken).ConfigureAwait(false))
            {
                await _remover
                    .DeleteAsync(
                        current,
                        interrupted =>
                        {
                            if (interrupted.Exists == false)
                            {
                                Record(preview);
                            }
                        },
                        cancellationToken
                    )
                    .ConfigureAwait(false);
                Record(preview);
            }
            else
            {
                operation.Engine.Logger.Log(LogLevel.Summary, $"Kept {current.UniqueName}: it was just deployed to");
            }
        }

        return deleted;

        void Record(Preview preview)
        {
            deleted = deleted with { Previews = [.. deleted.Previews, Describe(preview)] };
            session.Record(deleted);
        }
    }

    private async Task<bool> IsUnchangedAsync(
        Preview preview,
        EnvironmentResource current,
        CancellationToken cancellationToken
    ) =>
        IsPreview(current)
        && current.BuildSid == preview.Environment.BuildSid
        && await ReadAsync(current, cancellationToken).ConfigureAwait(false) is { } now
        && now.NewestDeployment?.Sid == preview.NewestDeployment?.Sid
        && IsAbandoned(now);

    private Task<IReadOnlyList<EnvironmentResource>> ListAsync(CancellationToken cancellationToken) =>
        _client.Environments.ListAllAsync(serviceSid, cancellationToken);

    private AbandonedPreview Describe(Preview preview)
    {
        var date = preview.NewestDeployment?.DateCreated ?? preview.Environment.DateCreated;
        return new AbandonedPreview(
            preview.Environment.UniqueName,
            preview.Environment.Sid,
            preview.Environment.DomainName,
            preview.NewestDeployment is not null,
            date == default ? null : date,
            _age.GetAge(date)
        );
    }

    /// <param name="Deployments">The newest ones.</param>
    private sealed record Preview(EnvironmentResource Environment, IReadOnlyList<DeploymentResource> Deployments)
    {
        /// <summary>Null: there was none.</summary>
        public DeploymentResource? NewestDeployment { get; } = Deployments.MaxBy(deployment => deployment.DateCreated);
    }
}
