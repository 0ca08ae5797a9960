using Serverless.Assets.Connection;
using Serverless.Assets.Deployment;
using Serverless.Assets.Diagnostics;
using Serverless.Assets.Manifest;
using Serverless.Assets.Results;
using Serverless.Assets.Settings;

namespace Serverless.Assets;

/// <summary>What is done between deployments: list and remove Environments, prune Assets, merge manifests.</summary>
/// <remarks>Each method throws an <see cref="AssetException"/> that contains all problems.</remarks>
internal sealed class MaintenancePipeline(EngineContext context)
{
    private readonly OperationRunner _runner = new(context);

    /// <summary>Lists the Environments and what is deployed to them.</summary>
    /// <param name="environment">The name or domain suffix of the only Environment to list; null: all.</param>
    public Task<ListResult> ListAsync(
        SettingValues settings,
        string? environment,
        CancellationToken cancellationToken
    ) =>
        _runner.RunAsync(
            "list",
            DeploymentInput.Read(settings, context).Service,
            async (operation, token) =>
            {
                var serviceSid = await operation.ServiceResolver.GetSidAsync(token).ConfigureAwait(false);
                return new ListResult(
                    serviceSid,
                    await new EnvironmentLister(operation, serviceSid)
                        .ListAsync(environment, token)
                        .ConfigureAwait(false)
                );
            },
            cancellationToken
        );

    /// <summary>Deletes an Environment and its site.</summary>
    /// <param name="confirm">Confirms the deletion of the site with the given domain.</param>
    public Task<RemoveResult> RemoveEnvironmentAsync(
        SettingValues settings,
        Func<string, Task<bool>> confirm,
        CancellationToken cancellationToken
    )
    {
        var (service, deployment) = DeploymentInput.Read(settings, context);
        return _runner.RunAsync(
            "remove",
            service,
            async (operation, token) =>
            {
                var serviceSid = await operation.ServiceResolver.GetSidAsync(token).ConfigureAwait(false);
                return await new EnvironmentRemover(operation, serviceSid)
                    .RemoveAsync(deployment.Environment, confirm, token)
                    .ConfigureAwait(false);
            },
            cancellationToken
        );
    }

    /// <summary>
    /// Deletes the Assets that no deployed Build contains and the manifest does not list, or the previews to which
    /// nobody has deployed for a while.
    /// </summary>
    public Task<PruneResult> PruneAsync(SettingValues settings, PrunePrompt prompt, CancellationToken cancellationToken)
    {
        var (service, deployment) = DeploymentInput.Read(settings, context);
        var ofPreviews = settings.Get(SettingTable.PrunePreviews);
        var manifest = ofPreviews ? null : ManifestReader.ReadLast(deployment.ManifestPath, context.Files);
        return _runner.RunAsync(
            "prune",
            service,
            async (operation, token) =>
            {
                var serviceSid = await operation.ServiceResolver.GetSidAsync(token).ConfigureAwait(false);
                var session = new PruneSession(operation, prompt, settings.Get(SettingTable.PruneMaxDelete));
                var minAge = settings.Get(SettingTable.PruneOlderThan);
                if (ofPreviews)
                {
                    var previews = PreviewEnvironments.From(settings);
                    return await new PreviewPruner(
                        operation,
                        serviceSid,
                        session,
                        previews,
                        deployment.Environment,
                        minAge
                    )
                        .PruneAsync(token)
                        .ConfigureAwait(false);
                }

                var keepBuilds = settings.Get(SettingTable.PruneKeepBuilds);
                return await new AssetPruner(operation, serviceSid, session, minAge, keepBuilds)
                    .PruneAsync(manifest?.Assets ?? [], token)
                    .ConfigureAwait(false);
            },
            cancellationToken
        );
    }

    /// <summary>Merges manifests into one file. No network.</summary>
    /// <param name="paths">Full paths of the manifests.</param>
    /// <param name="target">Full path of the file to write.</param>
    public MergeResult Merge(IReadOnlyList<string> paths, string target)
    {
        var merged = ManifestMerger.Merge(paths, context.Files);
        new ManifestFile(target, context.Files, context.Logger).Write(merged);
        return new MergeResult(merged.ServiceSid, target, paths.Count, merged.Assets.Count);
    }
}
