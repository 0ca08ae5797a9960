using Serverless.Assets.Client;
using Serverless.Assets.Connection;
using Serverless.Assets.Settings;
using Serverless.Assets.State.Site;

namespace Serverless.Assets.State;

/// <summary>Uploads of other machines, which the upload state of this one does not have.</summary>
internal interface ISharedUploads
{
    /// <summary>Finds an upload whose Asset Version the service still has.</summary>
    RememberedUpload? Find(StateKey key);

    /// <summary>Finds the Asset of a path, regardless of its content.</summary>
    Sid? FindAssetSid(AssetPath path);
}

/// <summary>Opens the uploads that the run's <see cref="StateStore"/> shares.</summary>
internal static class SharedUploads
{
    public static async Task<ISharedUploads> OpenAsync(
        OperationContext operation,
        ResolvedService service,
        CancellationToken cancellationToken
    ) =>
        operation.Settings.StateStore == StateStore.Site
        && !service.IsNew
        && await SiteUploads.ReadAsync(operation, service.Service.Sid, cancellationToken).ConfigureAwait(false)
            is { } site
            ? site
            : NoSharedUploads.Instance;
}

/// <summary>Nothing is shared: <see cref="StateStore.File"/>, or a new Service.</summary>
internal sealed class NoSharedUploads : ISharedUploads
{
    public static NoSharedUploads Instance { get; } = new();

    public RememberedUpload? Find(StateKey key) => null;

    public Sid? FindAssetSid(AssetPath path) => null;
}
