using Serverless.Assets.Client;
using Serverless.Assets.Connection;
using Serverless.Assets.Files;
using Serverless.Assets.Mapping;
using Serverless.Assets.Planning;
using Serverless.Assets.Settings;
using Serverless.Assets.State;

namespace Serverless.Assets.Upload;

/// <summary>The Assets of a Service during an upload, and the lock that is held while this run creates some.</summary>
internal sealed class ServiceAssets : IAsyncDisposable
{
    private readonly CancellationTokenSource _stop;
    private readonly Sid _serviceSid;
    private Task _reading = Task.CompletedTask;
    private bool _isDisposed;

    /// <param name="isNew">Whether this run created the Service, so that its list need not be requested.</param>
    /// <param name="hasTurns">Whether machines take turns creating an Asset, so that no lock is needed.</param>
    /// <param name="cancellationToken">The token of the whole run.</param>
    public ServiceAssets(
        OperationContext operation,
        Sid serviceSid,
        bool isNew,
        bool hasTurns,
        CancellationToken cancellationToken
    )
    {
        _serviceSid = serviceSid;
        _stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var engine = operation.Engine;
        var list = new AssetList(operation.Client, serviceSid, isNew);
        CreationLock = hasTurns ? null : MachineLock.ForAssetCreation(serviceSid, engine, cancellationToken);
        Live = new LiveBuild(operation.Client, serviceSid, operation.Settings.Environment, cancellationToken);
        Resolver = new AssetResolver(operation.Client, serviceSid, list, Live, engine.Logger, CreationLock);
    }

    /// <summary>Null if there is no coordination with other runs on this machine.</summary>
    public MachineLock? CreationLock { get; }

    public LiveBuild Live { get; }

    public AssetResolver Resolver { get; }

    /// <summary>
    /// Starts listing the Assets before the Service is resolved, if its SID is known or probably that of the last uploads,
    /// and the upload state lacks Assets of this upload.
    /// </summary>
    /// <returns>Null if the list cannot be requested yet, or is probably not needed.</returns>
    public static ServiceAssets? ReadAhead(
        OperationContext operation,
        UploadState state,
        IEnumerable<LocalAsset> assets,
        CancellationToken cancellationToken
    )
    {
        if (
            (operation.Settings.ServiceSid ?? state.FindOnlyService()) is not { } serviceSid
            || operation.Settings.StateStore != StateStore.File // the shared state has most Assets
            || state.HasAssets(serviceSid, assets.Select(asset => asset.Path))
        )
        {
            return null;
        }

        var ahead = new ServiceAssets(operation, serviceSid, isNew: false, hasTurns: false, cancellationToken);
        ahead._reading = ahead.Resolver.PrepareAsync(ahead._stop.Token);
        return ahead;
    }

    /// <summary>Gets what was read ahead, or nothing if the uploads were those of another Service.</summary>
    public static async ValueTask<ServiceAssets?> KeepOnlyAsync(ServiceAssets? ahead, Sid serviceSid)
    {
        if (ahead is null || ahead._serviceSid == serviceSid)
        {
            return ahead;
        }

        await ahead.DisposeAsync().ConfigureAwait(false);
        return null;
    }

    /// <summary>
    /// Releases the lock, and stops reading ahead if the upload has ended before. May be called more than once.
    /// </summary>
    public async ValueTask DisposeAsync()
    {
        if (_isDisposed)
        {
            return;
        }

        _isDisposed = true;
        CreationLock?.Release();
        await _stop.CancelAsync().ConfigureAwait(false);
        await _reading.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _stop.Dispose();
    }
}
