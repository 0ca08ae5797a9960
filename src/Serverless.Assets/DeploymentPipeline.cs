using Serverless.Assets.Client;
using Serverless.Assets.Connection;
using Serverless.Assets.Deployment;
using Serverless.Assets.Diagnostics;
using Serverless.Assets.Manifest;
using Serverless.Assets.Results;
using Serverless.Assets.Settings;
using Serverless.Assets.Upload;
using Serverless.Assets.Verification;

namespace Serverless.Assets;

/// <summary>
/// From the manifest to the deployed site: plan and create the Build, deploy it, record the result, verify the site;
/// and everything else that is done to deployed sites. Needs the manifest and credentials only.
/// </summary>
/// <remarks>Each method throws an <see cref="AssetException"/> that contains all problems.</remarks>
internal sealed class DeploymentPipeline(EngineContext context)
{
    private readonly OperationRunner _runner = new(context);

    /// <summary>
    /// Creates or reuses the Build of the manifest, based on what is deployed to the Environment. Deploys nothing.
    /// </summary>
    public Task<BuildResult> BuildAsync(SettingValues settings, CancellationToken cancellationToken) =>
        RunAsync(
            "build",
            settings,
            async (operation, manifest, options, token) =>
            {
                var environment = await operation
                    .Client.Environments.FindAsync(manifest.ServiceSid, options.Environment, token)
                    .ConfigureAwait(false);
                var built = await new BuildPreparation(operation, manifest, options, settings, context)
                    .PrepareAsync(environment, overwritten: null, token)
                    .ConfigureAwait(false);
                RecordFiles
                    .Build(settings.ManifestPath, context.Files)
                    .Write(
                        new BuildRecord
                        {
                            Version = BuildRecord.CurrentVersion,
                            ServiceSid = manifest.ServiceSid,
                            BuildSid = built.BuildSid,
                            Environment = options.Environment,
                            LiveBuildSid = built.LiveBuildSid,
                        }
                    );
                return built;
            },
            cancellationToken
        );

    /// <summary>Deploys the manifest's Build to the Environment, which is created if it does not exist.</summary>
    /// <param name="created">
    /// What <see cref="BuildAsync"/> returned earlier in this process. It is deployed if the Build that was deployed at
    /// that time still is; otherwise, and when it is null, the manifest's Build is created or reused here.
    /// </param>
    public Task<DeployResult> DeployAsync(
        SettingValues settings,
        CreatedBuild? created,
        CancellationToken cancellationToken
    ) =>
        RunAsync(
            "deploy",
            settings,
            (operation, manifest, options, token) =>
                new ManifestDeployer(operation, manifest, options, settings, context).DeployAsync(created, token),
            cancellationToken,
            createsEnvironment: true
        );

    /// <summary>Fetches the site and compares it with the manifest.</summary>
    public Task<VerifyResult> VerifyAsync(SettingValues settings, CancellationToken cancellationToken) =>
        RunAsync(
            "verify",
            settings,
            async (operation, manifest, options, token) =>
            {
                var environment = await FindDeployedAsync(operation, manifest.ServiceSid, options.Environment, token)
                    .ConfigureAwait(false);
                var url = environment.Site.Url;
                var problems = await new SiteVerifier(url, operation.Options, context)
                    .VerifyAsync(manifest, token)
                    .ConfigureAwait(false);
                return problems.Count == 0
                    ? new VerifyResult(manifest.ServiceSid, environment.UniqueName, url, manifest.Assets.Count)
                    : throw new AssetException(problems);
            },
            cancellationToken
        );

    /// <summary>Deploys the previous Build again, or a given one.</summary>
    /// <param name="build">SID of the Build; null or empty: the previous one.</param>
    public Task<DeployResult> RollbackAsync(
        SettingValues settings,
        string? build,
        CancellationToken cancellationToken
    ) =>
        RunWithoutManifestAsync(
            "rollback",
            settings,
            async (operation, serviceSid, options, token) =>
            {
                var environment = await FindDeployedAsync(operation, serviceSid, options.Environment, token)
                    .ConfigureAwait(false);
                var target = await new RollbackTarget(operation.Client, serviceSid)
                    .FindAsync(environment, build, token)
                    .ConfigureAwait(false);
                return await new Deployer(operation, serviceSid, settings.ManifestPath, context)
                    .DeployAsync(environment, target, DeploymentReason.Rollback, token)
                    .ConfigureAwait(false);
            },
            cancellationToken
        );

    /// <summary>Deploys the Build of another Environment to this one, which is created if it does not exist.</summary>
    /// <param name="from">Name of the other Environment.</param>
    public Task<DeployResult> PromoteAsync(SettingValues settings, string from, CancellationToken cancellationToken) =>
        RunWithoutManifestAsync(
            "promote",
            settings,
            async (operation, serviceSid, options, token) =>
            {
                var source = await FindDeployedAsync(operation, serviceSid, from, token).ConfigureAwait(false);
                var known = await operation
                    .Client.Environments.FindAsync(serviceSid, options.Environment, token)
                    .ConfigureAwait(false);
                var environment = await new EnvironmentCreator(operation.Client, serviceSid, context.Logger)
                    .GetOrCreateAsync(known, options, token)
                    .ConfigureAwait(false);
                var promoted = await new Deployer(operation, serviceSid, settings.ManifestPath, context)
                    .DeployAsync(environment, source.BuildSid!, DeploymentReason.Promotion, token)
                    .ConfigureAwait(false);
                return promoted with { PromotedFrom = source.UniqueName };
            },
            cancellationToken,
            createsEnvironment: true
        );

    /// <summary>Deletes the Assets that no deployed Build contains and the manifest does not list.</summary>
    /// <param name="confirm">Confirms the deletion of the given Assets.</param>
    public Task<PruneResult> PruneAsync(
        SettingValues settings,
        Func<PruneResult, bool> confirm,
        CancellationToken cancellationToken
    ) =>
        RunWithoutManifestAsync(
            "prune",
            settings,
            (operation, serviceSid, _, token) =>
            {
                var named = ManifestReader.ReadLast(settings.ManifestPath, context.Files)?.Assets ?? [];
                var minAge = TimeSpan.FromDays(settings.Get(SettingTable.PruneOlderThan));
                return new Pruner(operation.Client, serviceSid, minAge, context.Clock).PruneAsync(
                    named,
                    confirm,
                    token
                );
            },
            cancellationToken
        );

    /// <summary>Deletes an Environment and its site.</summary>
    /// <param name="confirm">Confirms the deletion of the site with the given domain.</param>
    public Task<RemoveResult> RemoveEnvironmentAsync(
        SettingValues settings,
        Func<string, bool> confirm,
        CancellationToken cancellationToken
    ) =>
        RunWithoutManifestAsync(
            "remove",
            settings,
            (operation, serviceSid, options, token) =>
                new EnvironmentRemover(operation.Client, serviceSid).RemoveAsync(options.Environment, confirm, token),
            cancellationToken
        );

    /// <summary>Lists the Environments and what is deployed to them.</summary>
    public Task<ListResult> ListAsync(SettingValues settings, CancellationToken cancellationToken) =>
        RunWithoutManifestAsync(
            "list",
            settings,
            async (operation, serviceSid, _, token) =>
                new ListResult(
                    serviceSid,
                    await new EnvironmentLister(operation.Client, serviceSid).ListAsync(token).ConfigureAwait(false)
                ),
            cancellationToken
        );

    /// <summary>Merges manifests into one file. No network.</summary>
    /// <param name="paths">Full paths of the manifests.</param>
    /// <param name="target">Full path of the file to write.</param>
    public MergeResult Merge(IReadOnlyList<string> paths, string target)
    {
        var merged = ManifestMerger.Merge(paths, context.Files);
        new ManifestFile(target, context.Files, context.Logger).Write(merged);
        return new MergeResult(merged.ServiceSid, target, paths.Count, merged.Assets.Count);
    }

    /// <exception cref="AssetException">There is no such Environment, or nothing is deployed to it.</exception>
    private static async Task<EnvironmentResource> FindDeployedAsync(
        OperationContext operation,
        string serviceSid,
        string name,
        CancellationToken cancellationToken
    ) =>
        await operation.Client.Environments.FindAsync(serviceSid, name, cancellationToken).ConfigureAwait(false)
            is { BuildSid: not null } deployed
            ? deployed
            : throw new AssetException(DeploymentDiagnostics.NothingLive(name));

    /// <summary>Reads the manifest, checks that it belongs to the Service of the run, and starts the run.</summary>
    private async Task<T> RunAsync<T>(
        string name,
        SettingValues settings,
        Func<OperationContext, AssetManifest, ValidatedDeploymentSettings, CancellationToken, Task<T>> work,
        CancellationToken cancellationToken,
        bool createsEnvironment = false
    )
    {
        var options = ReadOptions(settings, createsEnvironment);
        var manifest = ManifestReader.Read(settings.ManifestPath, context.Files);
        return await _runner
            .RunAsync(
                name,
                NamedBy(manifest, settings),
                new UploadProgress(),
                async (operation, token) =>
                {
                    await new ManifestOwnershipCheck(operation, settings.ManifestPath)
                        .CheckAsync(manifest, token)
                        .ConfigureAwait(false);
                    return await work(operation, manifest, options, token).ConfigureAwait(false);
                },
                cancellationToken
            )
            .ConfigureAwait(false);
    }

    /// <summary>Starts a run that needs no manifest; if there is one, it can name the Service.</summary>
    private async Task<T> RunWithoutManifestAsync<T>(
        string name,
        SettingValues settings,
        Func<OperationContext, string, ValidatedDeploymentSettings, CancellationToken, Task<T>> work,
        CancellationToken cancellationToken,
        bool createsEnvironment = false
    )
    {
        var options = ReadOptions(settings, createsEnvironment);
        var path = settings.ManifestPath;
        var isNamed = settings.IsGiven(SettingTable.ServiceSid) || settings.IsGiven(SettingTable.ServiceName);
        var service =
            isNamed || !context.Files.Exists(path)
                ? settings
                : NamedBy(ManifestReader.Read(path, context.Files), settings);
        return await _runner
            .RunAsync(
                name,
                service.With(SettingTable.CreateService, false),
                new UploadProgress(),
                async (operation, token) =>
                {
                    var sid = Sid.IsValid(operation.Options.ServiceSidOrName, SidKind.Service)
                        ? operation.Options.ServiceSidOrName
                        : (await operation.ServiceResolver.FindAsync(token).ConfigureAwait(false))!.Sid;
                    return await work(operation, sid, options, token).ConfigureAwait(false);
                },
                cancellationToken
            )
            .ConfigureAwait(false);
    }

    private ValidatedDeploymentSettings ReadOptions(SettingValues settings, bool createsEnvironment)
    {
        var problems = new DiagnosticBag();
        var options = DeploymentSettingsValidator.Validate(settings, createsEnvironment, problems);
        problems.Report(context.Logger);
        return options!;
    }

    private static SettingValues NamedBy(AssetManifest manifest, SettingValues settings) =>
        settings.IsGiven(SettingTable.ServiceSid) || settings.IsGiven(SettingTable.ServiceName)
            ? settings
            : settings.With(SettingTable.ServiceSid, manifest.ServiceSid);
}
