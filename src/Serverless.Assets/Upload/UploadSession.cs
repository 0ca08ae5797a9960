using Serverless.Assets.Connection;
using Serverless.Assets.Manifest;
using Serverless.Assets.Planning;
using Serverless.Assets.Settings;
using Serverless.Assets.State;

namespace Serverless.Assets.Upload;

/// <summary>The resolved Service, and the objects that work on it during an upload.</summary>
internal sealed class UploadSession : IAsyncDisposable
{
    /// <param name="assets">The Assets, if they are already being listed; otherwise null.</param>
    /// <param name="cancellationToken">The token of the whole run.</param>
    public UploadSession(
        OperationContext operation,
        UploadState state,
        ISharedUploads shared,
        ResolvedService resolved,
        ManifestFile manifest,
        ServiceAssets? assets,
        CancellationToken cancellationToken
    )
    {
        Settings = operation.Settings;
        Progress = operation.Progress;
        Service = resolved.Service;
        Manifest = manifest;
        Shared = shared;
        var engine = operation.Engine;
        var client = operation.Client;
        Assets =
            assets ?? new ServiceAssets(operation, Service.Sid, resolved.IsNew, shared.HasTurns, cancellationToken);
        Planner = new AssetPlanner(client, Service, Assets.Live, state, shared);
        Uploader = new AssetUploader(client, Service, Assets.Resolver, Planner, state, Progress, engine);
        Duplicates = new DuplicateAssetResolver(client, Service.Sid, Assets.Resolver, Uploader, shared, engine.Logger);
    }

    public ValidatedServiceSettings Settings { get; }

    public UploadProgress Progress { get; }

    public ServiceIdentity Service { get; }

    public ManifestFile Manifest { get; }

    public ISharedUploads Shared { get; }

    public ServiceAssets Assets { get; }

    public AssetPlanner Planner { get; }

    public AssetUploader Uploader { get; }

    public DuplicateAssetResolver Duplicates { get; }

    public ValueTask DisposeAsync() => Assets.DisposeAsync();
}
