using Serverless.Assets.Client;
using Serverless.Assets.Connection;
using Serverless.Assets.Deployment;
using Serverless.Assets.Diagnostics;
using Serverless.Assets.Mapping;
using Serverless.Assets.Results;
using Serverless.Assets.Settings;
using Serverless.Assets.State;
using Serverless.Assets.State.Site;

namespace Serverless.Assets.Planning;

/// <summary>
/// Plans an upload and a deployment. Changes nothing on the service: sends only GET requests. The upload state
/// remembers the hashes.
/// </summary>
/// <param name="project">The project whose assets are planned; null: no MSBuild project.</param>
internal sealed class UploadPlanner(
    OperationContext operation,
    UploadState state,
    ValidatedDeploymentSettings settings,
    string? project
)
{
    private readonly EngineContext _engine = operation.Engine;

    /// <exception cref="AssetException">Files cannot be read. The exception contains all errors.</exception>
    public async Task<UploadPlan> PlanAsync(IReadOnlyList<LocalAsset> assets, CancellationToken cancellationToken)
    {
        var found = await operation.ServiceResolver.FindAsync(cancellationToken).ConfigureAwait(false);
        var service = found is null ? null : ServiceIdentity.From(found);
        var live = service is null
            ? null
            : new LiveBuild(operation.Client, service.Sid, settings.Environment, cancellationToken);
        var build = live is null ? null : await live.GetAsync().ConfigureAwait(false);
        var comparison = new LiveComparison([
            .. (build?.AssetVersions ?? []).Where(version => !SiteStateFile.IsStateFile(version)),
        ]);
        var writesState = operation.Settings.StateStore == StateStore.Site;
        var site =
            live is not null && writesState
                ? await SiteUploads
                    .ReadAsync(
                        operation,
                        service!.Sid,
                        await live.GetEnvironmentsAsync().ConfigureAwait(false),
                        build,
                        cancellationToken
                    )
                    .ConfigureAwait(false)
                : null;
        var planned = (await PlanAllAsync(assets, service, live, site, cancellationToken).ConfigureAwait(false))
            .Select(asset => new PlannedAsset(
                asset.Asset.Local,
                asset.Asset.Hash.Length,
                asset.Asset.Hash.Sha256,
                asset.Action,
                comparison.GetChange(asset.Asset.Local.Path, asset.Remembered?.AssetVersionSid)
            ))
            .ToList();
        var unlisted = comparison.FindUnlisted(
            assets.Select(asset => asset.Path.Value),
            service is null ? [] : assets.Select(asset => FindAssetSid(service, asset.Path)).OfType<Sid>()
        );
        var rule = new UnlistedAssets(settings, writesState, site, project, operation.Client.Clock.GetUtcNow());
        var others = unlisted.ToLookup(rule.IsKept);
        CheckBuild(assets, writesState, others[true], build?.FunctionVersions ?? []);
        return new UploadPlan(
            service?.Sid,
            settings.Environment,
            build?.Sid,
            planned,
            [.. others[true].Select(LiveAsset.From)],
            [.. others[false].Select(LiveAsset.From)]
        );
    }

    /// <exception cref="AssetException">The service would refuse the Build.</exception>
    private void CheckBuild(
        IReadOnlyList<LocalAsset> assets,
        bool writesState,
        IEnumerable<AssetVersionResource> kept,
        IReadOnlyList<FunctionVersionResource> functions
    )
    {
        var problems = new DiagnosticBag();
        BuildContentsValidator.CheckFunctionPaths(
            assets.Select(asset => (asset.Path.Value, asset.DisplayPath)),
            functions,
            problems
        );
        BuildContentsValidator.CheckLimits(
            [
                .. assets.Select(asset => (asset.Path.Value, asset.Visibility)),
                .. writesState ? [SiteStateFile.Counted] : Array.Empty<(string, Visibility)>(),
            ],
            kept,
            functions,
            settings.ServiceLimits,
            problems
        );
        problems.Report(_engine.Logger);
    }

    /// <summary>The Asset that the upload would use, as far as the upload state knows it.</summary>
    private Sid? FindAssetSid(ServiceIdentity service, AssetPath path) =>
        state.FindAssetSid(new AssetKey(service.AccountSid, service.Sid, path));

    private async Task<IReadOnlyList<UploadDecision>> PlanAllAsync(
        IReadOnlyList<LocalAsset> assets,
        ServiceIdentity? service,
        LiveBuild? live,
        SiteState? site,
        CancellationToken cancellationToken
    )
    {
        var hasher = new AssetHasher(_engine.Files, state, _engine.Clock);
        var shared = site ?? (ISharedUploads)NoSharedUploads.Instance;
        var planner = service is null ? null : new AssetPlanner(operation.Client, service, live!, state, shared);
        var planned = new List<UploadDecision>();
        var problems = new DiagnosticBag();
        await using var hashing = FileHashing.Start(
            assets,
            hasher,
            _engine.Files,
            operation.Progress,
            cancellationToken
        );
        var results = await hashing
            .ReadAllAsync(cancellationToken)
            .ToListAsync(cancellationToken)
            .ConfigureAwait(false);
        foreach (var result in results.OrderBy(result => result.Asset.Path.Value, StringComparer.Ordinal))
        {
            problems.AddRange(result.Problems);
            if (result.Hashed is { } hashed)
            {
                planned.Add(
                    planner is null
                        ? new UploadDecision(hashed, Remembered: null)
                        : await planner.PlanAsync(hashed, cancellationToken).ConfigureAwait(false)
                );
            }
        }

        problems.ThrowIfErrors();
        return planned;
    }
}
