using Serverless.Assets.Client;
using Serverless.Assets.Connection;
using Serverless.Assets.Settings;
using Serverless.Assets.State.Redis;
using Serverless.Assets.State.Site;

namespace Serverless.Assets.State;

/// <summary>
/// Uploads of other machines, which the upload state of this one does not have. No method fails because the store does:
/// the run then continues as if nothing was shared.
/// </summary>
internal interface ISharedUploads : IAsyncDisposable
{
    /// <summary>Whether machines take turns creating an Asset, so that the runs of this one need no lock.</summary>
    bool HasTurns { get; }

    /// <summary>Finds an upload whose Asset Version the service still has.</summary>
    ValueTask<RememberedUpload?> FindAsync(StateKey key, CancellationToken cancellationToken);

    /// <summary>Waits while another machine uploads to the same path. Call <see cref="UploadTurn.EndAsync"/> afterwards.</summary>
    ValueTask<UploadTurn> WaitForTurnAsync(StateKey key, CancellationToken cancellationToken);

    /// <summary>Makes an upload that this machine remembers available to others.</summary>
    void Share(RememberedUpload upload);

    /// <summary>Replaces an upload of this run that was made available to others.</summary>
    /// <returns>Whether others may be using the old one, so that it must not be deleted.</returns>
    ValueTask<bool> ReplaceAsync(RememberedUpload old, RememberedUpload replacement);
}

/// <summary>Permission to upload a file, until <see cref="EndAsync"/>.</summary>
internal record UploadTurn
{
    /// <summary>What another machine has uploaded; null: this one has to.</summary>
    public RememberedUpload? Existing { get; init; }

    /// <summary>The Asset of the path, regardless of its content; null if it is not known.</summary>
    public Sid? AssetSid { get; init; }

    /// <summary>Whether another machine may have created the Asset since this one listed the Assets.</summary>
    public bool MayAssetBeNew { get; init; }

    /// <summary>Makes the upload available to others.</summary>
    public virtual ValueTask CompleteAsync(RememberedUpload upload) => default;

    /// <summary>Ends the turn, whether it was completed or not.</summary>
    public virtual ValueTask EndAsync() => default;
}

/// <summary>Opens the uploads that the run's <see cref="StateStore"/> shares.</summary>
internal static class SharedUploads
{
    public static async Task<ISharedUploads> OpenAsync(
        OperationContext operation,
        ResolvedService service,
        CancellationToken cancellationToken
    )
    {
        ISharedUploads? shared = operation.Settings.StateStore switch
        {
            StateStore.Site when !service.IsNew => await SiteUploads
                .ReadAsync(operation, service.Service.Sid, cancellationToken)
                .ConfigureAwait(false),
            StateStore.Redis => await JoinAsync(operation, service.Service, cancellationToken).ConfigureAwait(false),
            _ => null,
        };
        return shared ?? NoSharedUploads.Instance;
    }

    private static async Task<RedisUploads> JoinAsync(
        OperationContext operation,
        ServiceIdentity service,
        CancellationToken cancellationToken
    )
    {
        var uploads = await RedisUploads.OpenAsync(operation, service, cancellationToken).ConfigureAwait(false);
        return await uploads.JoinAsync().ConfigureAwait(false);
    }
}

/// <summary>Nothing is shared: <see cref="StateStore.File"/>, or a new Service.</summary>
internal sealed class NoSharedUploads : ISharedUploads
{
    public static NoSharedUploads Instance { get; } = new();

    public bool HasTurns => false;

    public ValueTask<RememberedUpload?> FindAsync(StateKey key, CancellationToken cancellationToken) => default;

    public ValueTask<UploadTurn> WaitForTurnAsync(StateKey key, CancellationToken cancellationToken) =>
        new(new UploadTurn());

    public void Share(RememberedUpload upload) { }

    public ValueTask<bool> ReplaceAsync(RememberedUpload old, RememberedUpload replacement) => default;

    public ValueTask DisposeAsync() => default;
}
