using System.Net;
using Serverless.Assets.Client;
using Serverless.Assets.Connection;
using Serverless.Assets.Diagnostics;
using Serverless.Assets.Manifest;
using Serverless.Assets.State.Site;

namespace Serverless.Assets.Deployment;

/// <summary>
/// Adds the state file to a Build. All state files of a Service are versions of one Asset, so a Build has at most one.
/// </summary>
/// <param name="live">What is known of the live Build; null: nothing is live.</param>
internal sealed class SiteStateWriter(
    OperationContext operation,
    AssetManifest manifest,
    BuildPlan plan,
    UnlistedAssets unlisted,
    SiteState? live
)
{
    private readonly ServerlessClient _client = operation.Client;
    private (Sid Asset, HiddenAssetKey Key)? _store;
    private Sid? _written;

    /// <summary>Whether the live Build, which has the planned contents, has a state file that is still correct.</summary>
    public async Task<bool> IsUpToDateAsync(CancellationToken cancellationToken)
    {
        if (live?.File is not { } file)
        {
            return false;
        }

        var (_, key) = await GetStoreAsync(cancellationToken).ConfigureAwait(false);
        return new SiteStateComposer(manifest, plan, unlisted, live, key)
            .Compose(_client.Clock.GetUtcNow())
            .HasSameAssets(file);
    }

    /// <summary>Uploads the state file, once, and adds it. If that fails, the Build has none, which is a warning.</summary>
    public async Task<BuildContents> AddToAsync(BuildContents contents, CancellationToken cancellationToken)
    {
        try
        {
            _written ??= await WriteAsync(cancellationToken).ConfigureAwait(false);
            return contents with { AssetVersions = [.. contents.AssetVersions, _written.Value] };
        }
        catch (ServerlessApiException failure)
        {
            operation.Engine.Logger.Warn(StateDiagnostics.SiteStateNotWritten($"{failure.Reason} ({failure.Details})"));
            return contents;
        }
    }

    private async Task<Sid> WriteAsync(CancellationToken cancellationToken)
    {
        var (assetSid, key) = await GetStoreAsync(cancellationToken).ConfigureAwait(false);
        var state = new SiteStateComposer(manifest, plan, unlisted, live, key).Compose(_client.Clock.GetUtcNow());
        var content = state.Serialize();
        var path = SiteStateFile.GetPath(content);
        try
        {
            return await UploadAsync(assetSid, path, content, cancellationToken).ConfigureAwait(false);
        }
        catch (ServerlessApiException notFound) when (notFound.Status == HttpStatusCode.NotFound)
        {
            // Someone has deleted the Asset since. The key stays that of the content.
            var asset = await CreateAssetAsync(key, cancellationToken).ConfigureAwait(false);
            return await UploadAsync(asset.Sid, path, content, cancellationToken).ConfigureAwait(false);
        }
    }

    private async Task<Sid> UploadAsync(
        Sid assetSid,
        string path,
        byte[] content,
        CancellationToken cancellationToken
    ) =>
        (
            await _client
                .AssetVersions.CreateAsync(
                    manifest.ServiceSid,
                    assetSid,
                    path,
                    Visibility.Public,
                    AssetContent.FromBytes(content, SiteStateFile.ContentType, Path.GetFileName(path)),
                    cancellationToken
                )
                .ConfigureAwait(false)
        ).Sid;

    /// <summary>Finds the Asset of the state files: that of the live Build, else the oldest; else creates one.</summary>
    private async Task<(Sid Asset, HiddenAssetKey Key)> GetStoreAsync(CancellationToken cancellationToken)
    {
        if (_store is { } known)
        {
            return known;
        }

        foreach (var asset in await FindCandidatesAsync(cancellationToken).ConfigureAwait(false))
        {
            if (HiddenAssetKey.TryParse(asset.FriendlyName, out var found))
            {
                _store = (asset.Sid, found);
                return _store.Value;
            }
        }

        var key = HiddenAssetKey.Create();
        var created = await CreateAssetAsync(key, cancellationToken).ConfigureAwait(false);
        _store = (created.Sid, key);
        return _store.Value;
    }

    private async Task<IReadOnlyList<AssetResource>> FindCandidatesAsync(CancellationToken cancellationToken)
    {
        if (
            live?.Version?.AssetSid is { } liveAsset
            && await _client.Assets.FindAsync(manifest.ServiceSid, liveAsset, cancellationToken).ConfigureAwait(false)
                is { } asset
        )
        {
            return [asset];
        }

        var assets = await _client.Assets.ListAllAsync(manifest.ServiceSid, cancellationToken).ConfigureAwait(false);
        return
        [
            .. assets.OrderBy(found => found.DateCreated).ThenBy(found => found.Sid.ToString(), StringComparer.Ordinal),
        ];
    }

    /// <summary>Errors and logs do not contain the key.</summary>
    private Task<AssetResource> CreateAssetAsync(HiddenAssetKey key, CancellationToken cancellationToken) =>
        _client.Assets.CreateAsync(
            manifest.ServiceSid,
            key.FriendlyName,
            onCreated: null,
            cancellationToken,
            HiddenAssetKey.HideIn(key.FriendlyName)
        );
}
