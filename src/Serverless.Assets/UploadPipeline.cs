using Serverless.Assets.Connection;
using Serverless.Assets.Diagnostics;
using Serverless.Assets.Manifest;
using Serverless.Assets.Mapping;
using Serverless.Assets.Planning;
using Serverless.Assets.Results;
using Serverless.Assets.Settings;
using Serverless.Assets.State;
using Serverless.Assets.Upload;

namespace Serverless.Assets;

/// <summary>
/// Plans and uploads the assets that <see cref="AssetCollector"/> collected, and writes the manifest.
/// </summary>
/// <remarks>Each method throws an <see cref="AssetException"/> that contains all problems.</remarks>
internal sealed class UploadPipeline(EngineContext context)
{
    private readonly OperationRunner _runner = new(context);

    /// <summary>Plans an upload and a deployment. Changes nothing on the service: sends only GET requests.</summary>
    public Task<UploadPlan> PlanAsync(
        IReadOnlyList<LocalAsset> assets,
        SettingValues settings,
        CancellationToken cancellationToken
    )
    {
        var problems = new DiagnosticBag();
        var deployment = DeploymentSettingsValidator.Validate(settings, createsEnvironment: false, problems);
        var service = ServiceSettingsValidator.Validate(settings, context, problems);
        problems.Report(context.Logger);
        return _runner.RunAsync(
            "plan",
            service!,
            (operation, token) =>
                new UploadPlanner(operation, operation.OpenState(), deployment!, settings.Project.File).PlanAsync(
                    assets,
                    token
                ),
            cancellationToken
        );
    }

    /// <summary>Uploads new and changed assets, and writes the manifest.</summary>
    /// <param name="progress">Of this upload; may be read at any time.</param>
    /// <param name="laterManifests">Full paths of the manifests that the same run writes after this one.</param>
    /// <returns>
    /// An <see cref="UploadResult"/>. If there are no assets, null, or a <see cref="WithdrawnResult"/> if there was a
    /// manifest.
    /// </returns>
    public async Task<OperationResult?> UploadAsync(
        IReadOnlyList<LocalAsset> assets,
        SettingValues settings,
        UploadProgress progress,
        CancellationToken cancellationToken,
        IReadOnlyList<string>? laterManifests = null
    )
    {
        var manifest = new ManifestFile(settings.ManifestPath, context.Files, context.Logger)
        {
            Later = [.. (laterManifests ?? []).Select(path => new ManifestFile(path, context.Files, context.Logger))],
        };
        if (assets.Count == 0)
        {
            return manifest.Withdraw() ? new WithdrawnResult(manifest.PreviousPath) : null;
        }

        var problems = new DiagnosticBag();
        var service = ServiceSettingsValidator.Validate(settings, context, problems);
        manifest.CheckOwner(settings.Project.File, problems);
        problems.Report(context.Logger);
        return await _runner
            .RunAsync(
                "upload",
                service!,
                (operation, token) => UploadAsync(operation, assets, settings.Project, manifest, token),
                cancellationToken,
                progress
            )
            .ConfigureAwait(false);
    }

    private async Task<UploadResult> UploadAsync(
        OperationContext operation,
        IReadOnlyList<LocalAsset> assets,
        ProjectContext project,
        ManifestFile manifest,
        CancellationToken cancellationToken
    )
    {
        var started = context.Clock.GetTimestamp();
        var state = operation.OpenState();

        // Runs git, reads files, and lists the Assets, while the Service is requested.
        await using var source = SourceFinder.Start(project.Directory, context, cancellationToken);
        var hasher = new AssetHasher(context.Files, state, context.Clock);
        await using var hashing = FileHashing.Start(
            assets,
            hasher,
            context.Files,
            operation.Progress,
            cancellationToken
        );

        await using var ahead = ServiceAssets.ReadAhead(operation, state, assets, cancellationToken);
        var service = await operation.ServiceResolver.FindOrCreateAsync(cancellationToken).ConfigureAwait(false);
        await using var shared = await SharedUploads
            .OpenAsync(operation, service, cancellationToken)
            .ConfigureAwait(false);
        await using var limit = await MachineLimit.JoinAsync(operation).ConfigureAwait(false);
        await using var session = new UploadSession(
            operation,
            state,
            shared,
            service,
            manifest,
            await ServiceAssets.KeepOnlyAsync(ahead, service.Service.Sid).ConfigureAwait(false),
            cancellationToken
        );
        var uploader = new ConcurrentUploader(session, operation);
        var completed = await uploader.UploadAsync(hashing, cancellationToken).ConfigureAwait(false);
        var uploaded = await session.Duplicates.ResolveAsync(completed, cancellationToken).ConfigureAwait(false);
        var contents = ManifestBuilder.Create(
            session.Service,
            uploaded,
            await source.GetAsync().ConfigureAwait(false),
            project.File
        );
        var isWritten = manifest.Write(contents);
        return new UploadResult(
            session.Service.Sid,
            session.Service.AccountSid,
            uploaded,
            manifest.Path,
            isWritten,
            context.Clock.GetElapsedTime(started)
        );
    }
}
