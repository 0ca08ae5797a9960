using Serverless.Assets.Client;
using Serverless.Assets.Manifest;
using Serverless.Assets.State.Site;

namespace Serverless.Assets.Deployment;

/// <summary>
/// Composes the state file of a planned Build: the assets of the manifest, and what the state file of the live Build
/// records of those that stay.
/// </summary>
/// <param name="live">What is known of the live Build; null: nothing is live.</param>
internal sealed class SiteStateComposer(
    AssetManifest manifest,
    BuildPlan plan,
    UnlistedAssets unlisted,
    SiteState? live,
    HiddenAssetKey key
)
{
    public SiteStateFile Compose(DateTimeOffset now)
    {
        var kept = plan.Kept.Select(version => live?.FindRecord(version)).OfType<AssetRecord>().ToList();
        return SiteStateFile.Create(SiteDeployment.From(manifest.Source, now)) with
        {
            Earlier = live?.File?.GetEarlier(live.BuildSid) ?? [],
            Assets =
            [
                .. ListedPublic()
                    .Concat(kept.Where(record => record.Public is not null).Select(KeepPublic))
                    .OrderBy(asset => asset.Path.Value, StringComparer.Ordinal),
            ],
            HiddenAssets =
            [
                .. ListedHidden()
                    .Concat(kept.Where(record => record.Hidden is not null).Select(KeepHidden))
                    .OrderBy(asset => asset.Id, StringComparer.Ordinal),
            ],
        };
    }

    private IEnumerable<SiteAsset> ListedPublic() =>
        manifest
            .Assets.Where(asset => asset.Visibility == Visibility.Public)
            .Select(asset => SiteAsset.From(asset, manifest.Project));

    private IEnumerable<HiddenAsset> ListedHidden() =>
        manifest
            .Assets.Where(asset => asset.Visibility != Visibility.Public)
            .Select(asset => HiddenAsset.From(asset, key, manifest.Project));

    private SiteAsset KeepPublic(AssetRecord record) => record.Public! with { LeftAt = unlisted.GetLeftAt(record) };

    private HiddenAsset KeepHidden(AssetRecord record) => record.Hidden! with { LeftAt = unlisted.GetLeftAt(record) };
}
