using System.Collections.Concurrent;
using Serverless.Assets.Client;
using Serverless.Assets.Connection;
using Serverless.Assets.Diagnostics;
using Serverless.Assets.Files;
using Serverless.Assets.Manifest;
using Serverless.Assets.Mapping;
using Serverless.Assets.Planning;
using Serverless.Assets.State;
using Serverless.Assets.Upload;
using Serverless.Assets.Validation;

namespace Serverless.Assets.Deployment;

/// <summary>
/// The service deletes versions that are in no Build after 7 days. When a Build is refused, this class finds the
/// expired versions of the manifest and uploads them again, provided that their files exist and are unchanged.
/// </summary>
internal sealed class ExpiredVersionUploader(OperationContext operation, UploadState state, UploadSession session)
{
    private const int ParallelRequests = 64;

    /// <returns>The manifest with the new versions; null when none has expired.</returns>
    /// <exception cref="AssetException">Some versions have expired and their files are missing or changed.</exception>
    public async Task<AssetManifest?> UploadExpiredAsync(
        AssetManifest manifest,
        string projectDirectory,
        BuildResource? live,
        CancellationToken cancellationToken
    )
    {
        var expired = await FindExpiredAsync(manifest, live, cancellationToken).ConfigureAwait(false);
        if (expired.Count == 0)
        {
            return null;
        }

        // All or nothing: the manifest is withdrawn during the upload, and a missing file would leave it withdrawn.
        var lost = new ConcurrentBag<ManifestAsset>();
        var found = new ConcurrentBag<(ManifestAsset Asset, HashedAsset Hashed)>();
        var parallel = new ParallelOptions
        {
            MaxDegreeOfParallelism = ParallelRequests,
            CancellationToken = cancellationToken,
        };
        await Parallel
            .ForEachAsync(
                expired,
                parallel,
                async (asset, token) =>
                {
                    state.Forget(asset.AssetVersionSid);
                    if (await HashIfUnchangedAsync(asset, projectDirectory, token).ConfigureAwait(false) is { } hashed)
                    {
                        found.Add((asset, hashed));
                    }
                    else
                    {
                        lost.Add(asset);
                    }
                }
            )
            .ConfigureAwait(false);
        if (!lost.IsEmpty)
        {
            throw new AssetException(
                DeploymentDiagnostics.VersionsDeleted(
                    lost.OrderBy(asset => asset.Path, StringComparer.Ordinal)
                        .Select(asset => $"{asset.AssetVersionSid} ({asset.File})")
                )
            );
        }

        var completed = new ConcurrentBag<CompletedUpload>();
        await Parallel
            .ForEachAsync(
                found,
                parallel,
                async (item, token) =>
                {
                    operation.Engine.Logger.Log(
                        LogLevel.Detail,
                        $"{item.Asset.AssetVersionSid} has expired: uploading {item.Asset.File} again"
                    );
                    completed.Add(await UploadAsync(item.Hashed, token).ConfigureAwait(false));
                }
            )
            .ConfigureAwait(false);

        var uploaded = await session.Duplicates.ResolveAsync(completed, cancellationToken).ConfigureAwait(false);
        var renewed = uploaded.ToDictionary(asset => asset.Local.Path.Value, StringComparer.Ordinal);
        var assets = manifest
            .Assets.Select(asset =>
                renewed.TryGetValue(asset.Path, out var version)
                    ? asset with
                    {
                        AssetVersionSid = version.AssetVersionSid,
                        AssetSid = version.AssetSid,
                    }
                    : asset
            )
            .ToList();
        return manifest with { Assets = assets };
    }

    private async Task<IReadOnlyList<ManifestAsset>> FindExpiredAsync(
        AssetManifest manifest,
        BuildResource? live,
        CancellationToken cancellationToken
    )
    {
        var held = (live?.AssetVersions ?? []).Select(version => version.Sid).ToHashSet();
        var expired = new ConcurrentBag<ManifestAsset>();
        var parallel = new ParallelOptions
        {
            MaxDegreeOfParallelism = ParallelRequests,
            CancellationToken = cancellationToken,
        };
        await Parallel
            .ForEachAsync(
                manifest.Assets.Where(asset => !held.Contains(asset.AssetVersionSid)),
                parallel,
                async (asset, token) =>
                {
                    if (
                        await operation
                            .Client.AssetVersions.FindAsync(
                                manifest.ServiceSid,
                                asset.AssetSid,
                                asset.AssetVersionSid,
                                token
                            )
                            .ConfigureAwait(false)
                        is null
                    )
                    {
                        expired.Add(asset);
                    }
                }
            )
            .ConfigureAwait(false);
        return [.. expired];
    }

    private async Task<HashedAsset?> HashIfUnchangedAsync(
        ManifestAsset asset,
        string projectDirectory,
        CancellationToken cancellationToken
    )
    {
        // A manifest comes from another job and could name any file of this machine.
        var file = Path.GetFullPath(asset.File, projectDirectory);
        var target = PathResolver.Resolve(file);
        if (
            !PathResolver.Contains(PathResolver.Resolve(projectDirectory), target)
            || (asset.Visibility != Visibility.Private && SecretGuard.LooksLikeSecret(file, target))
        )
        {
            return null;
        }

        var local = new LocalAsset(file, asset.File, asset.Path, asset.Visibility, asset.ContentType)
        {
            Target = target,
        };
        try
        {
            var hasher = new AssetHasher(operation.Engine.Files, state, operation.Engine.Clock);
            var hashed = await hasher.HashAsync(local, cancellationToken).ConfigureAwait(false);
            return hashed.Hash.Sha256 == asset.Sha256 ? hashed : null;
        }
        catch (AssetException)
        {
            return null; // missing or unreadable: reported together with the others
        }
    }

    private async Task<CompletedUpload> UploadAsync(HashedAsset hashed, CancellationToken cancellationToken)
    {
        session.Manifest.WithdrawBeforeUpload();
        var assetSid = await session
            .Uploader.GetAssetAsync(hashed, new UploadTurn(), onCreated: null, cancellationToken)
            .ConfigureAwait(false);
        var uploaded = await session.Uploader.UploadAsync(hashed, assetSid, cancellationToken).ConfigureAwait(false);
        return new CompletedUpload(hashed, uploaded);
    }
}
