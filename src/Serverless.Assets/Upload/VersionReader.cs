using System.Net;
using Serverless.Assets.Client;
using Serverless.Assets.Connection;
using Serverless.Assets.Diagnostics;
using Serverless.Assets.Mapping;
using Serverless.Assets.Results;

namespace Serverless.Assets.Upload;

/// <summary>Reads the versions of an Asset that the user named.</summary>
internal sealed class VersionReader(OperationContext operation, Sid serviceSid)
{
    /// <param name="versions">Not empty; a SID that appears twice is read once.</param>
    /// <returns>The versions in the given order.</returns>
    /// <exception cref="AssetException">The Asset or a version does not exist. The exception names all of them.</exception>
    public async Task<AssetVersionsResult> GetAsync(
        AssetReference asset,
        IReadOnlyList<Sid> versions,
        CancellationToken cancellationToken
    )
    {
        var assetSid = await FindAssetAsync(asset, cancellationToken).ConfigureAwait(false);
        var sought = versions.Distinct().ToList();
        var found = await Task.WhenAll(
                sought.Select(sid =>
                    operation.Client.AssetVersions.FindAsync(serviceSid, assetSid, sid, cancellationToken)
                )
            )
            .ConfigureAwait(false);
        var missing = sought.Where((_, index) => found[index] is null).ToList();
        return missing is []
            ? new AssetVersionsResult(serviceSid, assetSid, [.. found.OfType<AssetVersionResource>()])
            : throw new AssetException([
                .. missing.Select(sid => ServiceDiagnostics.AssetVersionNotFound(sid, assetSid, serviceSid)),
            ]);
    }

    /// <param name="limit">The maximum number of versions; null: all.</param>
    /// <param name="pageSize">The number of versions per request.</param>
    /// <returns>The newest versions, newest first.</returns>
    /// <exception cref="AssetException">The Asset does not exist.</exception>
    public async Task<AssetVersionsResult> ListAsync(
        AssetReference asset,
        int? limit,
        int pageSize,
        CancellationToken cancellationToken
    )
    {
        var assetSid = await FindAssetAsync(asset, cancellationToken).ConfigureAwait(false);
        try
        {
            // A version appears on two pages if others were created meanwhile, so the limit counts only different ones.
            var versions = await operation
                .Client.AssetVersions.ListAsync(
                    serviceSid,
                    assetSid,
                    Math.Min(pageSize, limit ?? pageSize),
                    cancellationToken: cancellationToken
                )
                .DistinctBy(version => version.Sid)
                .Take(limit ?? int.MaxValue)
                .ToListAsync(cancellationToken)
                .ConfigureAwait(false);
            return new AssetVersionsResult(serviceSid, assetSid, versions, IsLimited: versions.Count == limit);
        }
        catch (ServerlessApiException notFound) when (notFound.Status == HttpStatusCode.NotFound)
        {
            throw new AssetException(ServiceDiagnostics.AssetNotFound(assetSid, serviceSid, similar: []), notFound);
        }
    }

    private async Task<Sid> FindAssetAsync(AssetReference asset, CancellationToken cancellationToken)
    {
        if (asset.Sid is { } known)
        {
            return known;
        }

        var assets = new ServiceAssets(operation, serviceSid, isNew: false, hasTurns: false, cancellationToken);
        await using (assets.ConfigureAwait(false))
        {
            var found = await assets.Resolver.GetAsync(asset.Path!, cancellationToken).ConfigureAwait(false);
            return found.Sid;
        }
    }
}
