using Serverless.Assets.Client;
using Serverless.Assets.Connection;
using Serverless.Assets.Deployment;
using Serverless.Assets.Settings;

namespace Serverless.Assets.State.Site;

/// <summary>
/// Finds the uploads of other machines on a site of the Service: that of the Environment of the run or, if nothing is
/// deployed to it yet, that of the Environment that was deployed to last. Only a preview itself reads from its site,
/// because a pull request decides what is there.
/// </summary>
internal static class SiteUploads
{
    /// <returns>Null if nothing is deployed to any Environment.</returns>
    public static async Task<SiteState?> ReadAsync(
        OperationContext operation,
        Sid serviceSid,
        CancellationToken cancellationToken
    )
    {
        var environments = await operation
            .Client.Environments.ListAllAsync(serviceSid, cancellationToken)
            .ConfigureAwait(false);
        return await ReadAsync(operation, serviceSid, environments, known: null, cancellationToken)
            .ConfigureAwait(false);
    }

    /// <param name="environments">All Environments of the Service.</param>
    /// <param name="known">A deployed Build, which then need not be requested; null: none is known.</param>
    /// <inheritdoc cref="ReadAsync(OperationContext, Sid, CancellationToken)"/>
    public static async Task<SiteState?> ReadAsync(
        OperationContext operation,
        Sid serviceSid,
        IReadOnlyList<EnvironmentResource> environments,
        BuildResource? known,
        CancellationToken cancellationToken
    )
    {
        if (Choose(environments, operation.Settings) is not { BuildSid: { } live } environment)
        {
            return null;
        }

        var build =
            known?.Sid == live
                ? known
                : await new DeployedEnvironments(operation.Client, serviceSid)
                    .FindBuildAsync(live, cancellationToken)
                    .ConfigureAwait(false);
        return build is null
            ? null
            : await new SiteStateReader(operation, serviceSid)
                .ReadAsync(environment, build, cancellationToken)
                .ConfigureAwait(false);
    }

    private static EnvironmentResource? Choose(
        IReadOnlyList<EnvironmentResource> environments,
        ValidatedServiceSettings settings
    )
    {
        var deployed = environments.Where(environment => environment.BuildSid is not null).ToList();
        return EnvironmentOperations.Find(deployed, settings.Environment)
            ?? deployed
                .Where(environment => !settings.Previews.Includes(environment.UniqueName))
                .OrderByDescending(environment => environment.DateUpdated)
                .FirstOrDefault();
    }
}
