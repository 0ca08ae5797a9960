using Serverless.Assets.Client;
using Serverless.Assets.Deployment;
using Serverless.Assets.Manifest;
using Serverless.Assets.Planning;
using Serverless.Assets.Settings;

namespace Serverless.Assets.Upload;

/// <summary>The resolved Service, and the objects that work on it during an upload.</summary>
internal sealed class UploadSession : IDisposable
{
    /// <param name="cancellationToken">The token of the whole run.</param>
    public UploadSession(
        ServiceRun run,
        ResolvedService resolved,
        ManifestFile manifest,
        UploadProgress progress,
        EngineContext context,
        CancellationToken cancellationToken
    )
    {
        Settings = run.Options;
        Service = resolved.Service;
        Manifest = manifest;
        CreationLock = context.LockDirectory is { } folder
            ? new AssetCreationLock(folder, Service.Sid, context, cancellationToken)
            : null;
        var live = new LiveEnvironment(run.Client, Service.Sid, run.Options.Environment, cancellationToken);
        var list = new AssetList(run.Client, Service.Sid, resolved.IsNew);
        var directory = new AssetDirectory(run.Client, Service.Sid, list, live, context.Logger, CreationLock);
        Planner = new AssetPlanner(run.Client, Service, live, run.State, context.Clock);
        Uploader = new AssetUploader(run.Client, Service, directory, Planner, run.State, progress, context);
        Duplicates = new DuplicateAssetResolver(run.Client, Service.Sid, directory, Uploader, context.Logger);
    }

    public ValidatedServiceSettings Settings { get; }

    public ServiceResource Service { get; }

    public ManifestFile Manifest { get; }

    /// <summary>Null if there is no coordination with other runs on this machine.</summary>
    public AssetCreationLock? CreationLock { get; }

    public AssetPlanner Planner { get; }

    public AssetUploader Uploader { get; }

    public DuplicateAssetResolver Duplicates { get; }

    public void Dispose() => CreationLock?.Release();
}
