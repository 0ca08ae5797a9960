using Serverless.Assets.Client;
using Serverless.Assets.Connection;
using Serverless.Assets.Deployment;
using Serverless.Assets.Diagnostics;
using Serverless.Assets.Mapping;
using Serverless.Assets.Results;
using Serverless.Assets.Settings;
using Serverless.Assets.State;
using Serverless.Assets.Upload;

namespace Serverless.Assets.Planning;

/// <summary>Plans an upload and a deployment without changing anything. Sends only GET requests.</summary>
internal sealed class PlanStep(OperationContext operation, ValidatedDeploymentSettings options, EngineContext context)
{
    /// <exception cref="AssetException">Files cannot be read. The exception contains all errors.</exception>
    public async Task<UploadPlan> PlanAsync(IReadOnlyList<LocalAsset> assets, CancellationToken cancellationToken)
    {
        var service = await operation.ServiceResolver.FindAsync(cancellationToken).ConfigureAwait(false);
        var live = service is null
            ? null
            : new LiveBuild(operation.Client, service.Sid, options.Environment, cancellationToken);
        var build = live is null ? null : await live.GetAsync().ConfigureAwait(false);
        var liveVersions = build?.AssetVersions ?? [];
        var livePaths = liveVersions.Select(version => version.Path).ToHashSet(StringComparer.Ordinal);
        var liveSids = liveVersions.Select(version => version.Sid).ToHashSet(StringComparer.OrdinalIgnoreCase);

        var planned = new List<PlannedUpload>();
        foreach (var asset in await PlanAllAsync(assets, service, live, cancellationToken).ConfigureAwait(false))
        {
            var change =
                asset.Remembered is { } remembered && liveSids.Contains(remembered.AssetVersionSid)
                    ? AssetChange.Unchanged
                : livePaths.Contains(asset.Asset.Local.Path) ? AssetChange.Changed
                : AssetChange.New;
            planned.Add(
                new PlannedUpload(
                    asset.Asset.Local,
                    asset.Asset.Hash.Length,
                    asset.Asset.Hash.Sha256,
                    asset.Action,
                    change
                )
            );
        }

        // As in BuildPlanner: a Build cannot have two versions of the same Asset or path.
        var planPaths = planned.Select(plan => plan.Local.Path.Value).ToHashSet(StringComparer.Ordinal);
        var planAssets = planned
            .Select(plan => service is null ? null : FindAssetSid(service, plan.Local.Path))
            .ToHashSet(StringComparer.OrdinalIgnoreCase);
        var others = liveVersions
            .Where(version => !planPaths.Contains(version.Path) && !planAssets.Contains(version.AssetSid ?? ""))
            .Select(version => new LiveAsset(version.Path, version.Visibility, version.Sid, version.AssetSid))
            .OrderBy(asset => asset.Path, StringComparer.Ordinal)
            .ToList();
        var areKept = options.OtherAssets == UnlistedAssetPolicy.Keep;
        return new UploadPlan(
            service?.Sid,
            options.Environment,
            build?.Sid,
            planned,
            areKept ? others : [],
            areKept ? [] : others
        );
    }

    /// <summary>The Asset that the upload would use, as far as the upload state knows it.</summary>
    private string? FindAssetSid(ServiceResource service, AssetPath path) =>
        operation.OpenState().FindAssetSid(new AssetKey(service.AccountSid, service.Sid, path));

    private async Task<IReadOnlyList<PlannedAsset>> PlanAllAsync(
        IReadOnlyList<LocalAsset> assets,
        ServiceResource? service,
        LiveBuild? live,
        CancellationToken cancellationToken
    )
    {
        var state = operation.OpenState();
        var hasher = new AssetHasher(context.Files, state, context.Clock);
        var planner = service is null ? null : new AssetPlanner(operation.Client, service, live!, state, context.Clock);
        var planned = new List<PlannedAsset>();
        var problems = new DiagnosticBag();
        foreach (var asset in assets)
        {
            try
            {
                var hashed = await hasher.HashAsync(asset, cancellationToken).ConfigureAwait(false);
                planned.Add(
                    planner is null
                        ? new PlannedAsset(hashed, null)
                        : await planner.PlanAsync(hashed, cancellationToken).ConfigureAwait(false)
                );
            }
            catch (AssetException failure)
            {
                problems.AddRange(failure.Diagnostics);
            }
        }

        problems.ThrowIfErrors();
        return planned;
    }
}
