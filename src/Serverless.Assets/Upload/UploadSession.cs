using Serverless.Assets.Connection;
using Serverless.Assets.Files;
using Serverless.Assets.Manifest;
using Serverless.Assets.Planning;
using Serverless.Assets.Settings;
using Serverless.Assets.State;

namespace Serverless.Assets.Upload;

/// <summary>The resolved Service, and the objects that work on it during an upload.</summary>
internal sealed class UploadSession : IDisposable
{
    /// <param name="cancellationToken">The token of the whole run.</param>
    public UploadSession(
        OperationContext operation,
        UploadState state,
        ResolvedService resolved,
        ManifestFile manifest,
        CancellationToken cancellationToken
    )
    {
        Settings = operation.Settings;
        Progress = operation.Progress;
        Service = resolved.Service;
        Manifest = manifest;
        var engine = operation.Engine;
        CreationLock = MachineLock.ForAssetCreation(Service.Sid, engine, cancellationToken);
        Live = new LiveBuild(operation.Client, Service.Sid, operation.Settings.Environment, cancellationToken);
        var list = new AssetList(operation.Client, Service.Sid, resolved.IsNew);
        var resolver = new AssetResolver(operation.Client, Service.Sid, list, Live, engine.Logger, CreationLock);
        Planner = new AssetPlanner(operation.Client, Service, Live, state);
        Uploader = new AssetUploader(operation.Client, Service, resolver, Planner, state, Progress, engine);
        Duplicates = new DuplicateAssetResolver(operation.Client, Service.Sid, resolver, Uploader, engine.Logger);
    }

    public ValidatedServiceSettings Settings { get; }

    public UploadProgress Progress { get; }

    public ServiceIdentity Service { get; }

    public ManifestFile Manifest { get; }

    /// <summary>Null if there is no coordination with other runs on this machine.</summary>
    public MachineLock? CreationLock { get; }

    public LiveBuild Live { get; }

    public AssetPlanner Planner { get; }

    public AssetUploader Uploader { get; }

    public DuplicateAssetResolver Duplicates { get; }

    public void Dispose() => CreationLock?.Release();
}
