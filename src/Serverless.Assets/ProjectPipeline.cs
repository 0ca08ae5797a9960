using Serverless.Assets.Client;
using Serverless.Assets.Deployment;
using Serverless.Assets.Diagnostics;
using Serverless.Assets.Manifest;
using Serverless.Assets.Mapping;
using Serverless.Assets.Results;
using Serverless.Assets.Services;
using Serverless.Assets.Settings;
using Serverless.Assets.Upload;

namespace Serverless.Assets;

/// <summary>
/// The operations of the other pipelines on all Services of a project: on its only one, or on each of those that
/// <see cref="SettingTable.ServiceRules"/> names, one after the other. All parts are validated before the first request.
/// </summary>
/// <remarks>
/// Each method throws an <see cref="AssetException"/> that contains all problems. With rules, its result is a
/// <see cref="ServicesResult"/>, also if they leave only one Service.
/// </remarks>
internal sealed class ProjectPipeline(EngineContext context)
{
    private readonly ServicePartRunner _runner = new(context);

    /// <inheritdoc cref="UploadPipeline.PlanAsync"/>
    public async Task<OperationResult> PlanAsync(
        IReadOnlyList<LocalAsset> assets,
        SettingValues settings,
        CancellationToken cancellationToken
    )
    {
        var all = ServiceParts.WithAssets(settings, assets);
        var parts = all.Where(part => part.Assets.Count > 0).DefaultIfEmpty(all[0]).ToList();
        var plan = await _runner
            .RunAsync(
                parts,
                (part, problems) => ServiceSettingsValidator.Validate(part.Settings, context, problems),
                (part, engine, token) => new UploadPipeline(engine).PlanAsync(part.Assets, part.Settings, token),
                cancellationToken
            )
            .ConfigureAwait(false);
        return plan!;
    }

    /// <summary>Uploads new and changed assets, and writes a manifest for each Service.</summary>
    /// <param name="progress">Of this upload; may be read at any time.</param>
    /// <returns>
    /// <see cref="UploadResult"/>s; a <see cref="WithdrawnResult"/> for a Service without assets that had a manifest. Null:
    /// there are no assets, and there was no manifest.
    /// </returns>
    public Task<OperationResult?> UploadAsync(
        IReadOnlyList<LocalAsset> assets,
        SettingValues settings,
        UploadProgress progress,
        CancellationToken cancellationToken
    )
    {
        var parts = ServiceParts.WithAssets(settings, assets);
        var manifests = parts.Select(part => part.Settings.ManifestPath).ToList();
        return _runner.RunAsync(
            parts,
            ValidateUpload,
            (part, engine, token) =>
                new UploadPipeline(engine).UploadAsync(
                    part.Assets,
                    part.Settings,
                    progress,
                    token,
                    laterManifests: [.. manifests.SkipWhile(path => path != part.Settings.ManifestPath).Skip(1)]
                ),
            cancellationToken
        );
    }

    /// <param name="hasAssets">Whether the part of a Service has files; null: it has a manifest.</param>
    /// <inheritdoc cref="DeploymentPipeline.BuildAsync"/>
    public Task<OperationResult> BuildAsync(
        SettingValues settings,
        Func<ServicePart, bool>? hasAssets,
        CancellationToken cancellationToken
    ) =>
        RunWithManifestsAsync(
            settings,
            hasAssets,
            createsEnvironment: false,
            (part, engine, token) => new DeploymentPipeline(engine).BuildAsync(part.Settings, token),
            cancellationToken
        );

    /// <param name="prepared">
    /// The Builds of <see cref="BuildAsync"/>, if it ran earlier in this process: only these are deployed. Null: the
    /// Build of each manifest is created or reused here.
    /// </param>
    /// <inheritdoc cref="DeploymentPipeline.DeployAsync"/>
    public Task<OperationResult> DeployAsync(
        SettingValues settings,
        IReadOnlyDictionary<string, PreparedBuild>? prepared,
        CancellationToken cancellationToken
    ) =>
        RunWithManifestsAsync(
            settings,
            prepared is null ? null : part => prepared.ContainsKey(part.Key),
            createsEnvironment: true,
            (part, engine, token) =>
                new DeploymentPipeline(engine).DeployAsync(part.Settings, prepared?.GetValueOrDefault(part.Key), token),
            cancellationToken
        );

    /// <inheritdoc cref="DeploymentPipeline.VerifyAsync"/>
    public Task<OperationResult> VerifyAsync(SettingValues settings, CancellationToken cancellationToken) =>
        RunWithManifestsAsync(
            settings,
            isIncluded: null,
            createsEnvironment: false,
            (part, engine, token) => new DeploymentPipeline(engine).VerifyAsync(part.Settings, token),
            cancellationToken
        );

    /// <inheritdoc cref="DeploymentPipeline.RollbackAsync"/>
    public Task<OperationResult> RollbackAsync(SettingValues settings, CancellationToken cancellationToken)
    {
        var services = ServiceParts.Existing(settings, context.Files).Count;
        return services > 1 && settings.IsGiven(SettingTable.RollbackTo)
            ? throw new AssetException(
                ConfigurationDiagnostics.RollbackNeedsOneService(
                    LogSanitizer.HideSecret(settings.Get(SettingTable.RollbackTo)),
                    services
                )
            )
            : RunAsync(
                settings,
                createsEnvironment: false,
                (part, engine, token) => new DeploymentPipeline(engine).RollbackAsync(part.Settings, token),
                cancellationToken
            );
    }

    /// <inheritdoc cref="DeploymentPipeline.PromoteAsync"/>
    public Task<OperationResult> PromoteAsync(SettingValues settings, CancellationToken cancellationToken) =>
        RunAsync(
            settings,
            createsEnvironment: true,
            (part, engine, token) => new DeploymentPipeline(engine).PromoteAsync(part.Settings, token),
            cancellationToken
        );

    /// <inheritdoc cref="MaintenancePipeline.ListAsync"/>
    public Task<OperationResult> ListAsync(
        SettingValues settings,
        string? environment,
        CancellationToken cancellationToken
    ) =>
        RunAsync(
            settings,
            createsEnvironment: false,
            (part, engine, token) => new MaintenancePipeline(engine).ListAsync(part.Settings, environment, token),
            cancellationToken
        );

    /// <inheritdoc cref="MaintenancePipeline.RemoveEnvironmentAsync"/>
    public Task<OperationResult> RemoveEnvironmentAsync(
        SettingValues settings,
        Func<string, Task<bool>> confirm,
        CancellationToken cancellationToken
    ) =>
        RunAsync(
            settings,
            createsEnvironment: false,
            (part, engine, token) =>
                new MaintenancePipeline(engine).RemoveEnvironmentAsync(part.Settings, confirm, token),
            cancellationToken
        );

    /// <inheritdoc cref="MaintenancePipeline.PruneAsync"/>
    public Task<OperationResult> PruneAsync(
        SettingValues settings,
        PrunePrompt prompt,
        CancellationToken cancellationToken
    ) =>
        RunAsync(
            settings,
            createsEnvironment: false,
            (part, engine, token) => new MaintenancePipeline(engine).PruneAsync(part.Settings, prompt, token),
            cancellationToken
        );

    /// <summary>Runs an operation on Services that exist.</summary>
    private async Task<OperationResult> RunAsync<T>(
        SettingValues settings,
        bool createsEnvironment,
        Func<ServicePart, EngineContext, CancellationToken, Task<T>> run,
        CancellationToken cancellationToken
    )
        where T : OperationResult
    {
        var result = await _runner
            .RunAsync(
                ServiceParts.Existing(settings, context.Files),
                (part, problems) => DeploymentInput.TryRead(part.Settings, context, createsEnvironment, problems),
                run,
                cancellationToken
            )
            .ConfigureAwait(false);
        return result!;
    }

    /// <summary>Runs an operation that needs the manifest of each Service.</summary>
    private async Task<OperationResult> RunWithManifestsAsync<T>(
        SettingValues settings,
        Func<ServicePart, bool>? isIncluded,
        bool createsEnvironment,
        Func<ServicePart, EngineContext, CancellationToken, Task<T>> run,
        CancellationToken cancellationToken
    )
        where T : OperationResult
    {
        var parts = ServiceParts
            .Existing(settings, context.Files)
            .Where(part => part.IsWholeProject || isIncluded is null || isIncluded(part))
            .ToList();
        var ofService = new Dictionary<Sid, string>();
        var result = await _runner
            .RunAsync(
                parts,
                (part, problems) =>
                {
                    var input = ManifestInput.TryRead(part.Settings, context, createsEnvironment, problems);
                    if (input is not null && !ofService.TryAdd(input.Manifest.ServiceSid, part.Name))
                    {
                        var sid = input.Manifest.ServiceSid;
                        problems.Add(ConfigurationDiagnostics.SameService(sid, part.Name, ofService[sid]));
                    }
                },
                run,
                cancellationToken
            )
            .ConfigureAwait(false);
        return result!;
    }

    private void ValidateUpload(ServicePart part, DiagnosticBag problems)
    {
        if (part.Assets.Count > 0)
        {
            ServiceSettingsValidator.Validate(part.Settings, context, problems);
            new ManifestFile(part.Settings.ManifestPath, context.Files, context.Logger).CheckOwner(
                part.Settings.Project.File,
                problems
            );
        }
    }
}
