using Serverless.Assets.Client;
using Serverless.Assets.Deployment;
using Serverless.Assets.Manifest;
using Serverless.Assets.Planning;
using Serverless.Assets.Settings;

namespace Serverless.Assets.Upload;

/// <summary>A Service that was reached, and what works on it.</summary>
internal sealed class UploadSession
{
    private readonly AssetUploader _uploader;
    private readonly Lazy<bool> _withdrawn;

    public UploadSession(
        ServiceRun run,
        ResolvedService reached,
        ManifestFile manifest,
        UploadProgress progress,
        EngineContext context,
        CancellationToken cancellationToken,
        AssetCreationLock? turn = null
    )
    {
        var service = reached.Service;
        Service = service;
        var live = new LiveEnvironment(run.Client, service.Sid, run.Options.Environment, cancellationToken);
        Directory = new AssetDirectory(
            run.Client,
            service.Sid,
            new AssetList(run.Client, service.Sid, reached.IsNew),
            live,
            context.Logger,
            turn
        );
        Turn = turn;
        Planner = new AssetPlanner(run.Client, service, live, run.State, context.Clock);
        _uploader = new AssetUploader(run.Client, service, Directory, Planner, run.State, progress, context);
        Settlement = new DuplicateAssetResolver(run.Client, service.Sid, Directory, _uploader, context.Logger);
        _withdrawn = new Lazy<bool>(manifest.Withdraw);
    }

    public ServiceResource Service { get; }

    public AssetDirectory Directory { get; }

    public AssetPlanner Planner { get; }

    /// <summary>Whose holder leaves it as soon as all Assets are there; null: there are none to take.</summary>
    public AssetCreationLock? Turn { get; }

    public DuplicateAssetResolver Settlement { get; }

    /// <summary>From the first upload until the run is complete there is no manifest.</summary>
    /// <param name="onAssetKnown">Called when the Asset is there, and its content is about to be sent.</param>
    public Task<UploadedAsset> UploadAsync(HashedAsset asset, Action onAssetKnown, CancellationToken cancellationToken)
    {
        _ = _withdrawn.Value;
        return _uploader.UploadAsync(asset, onAssetKnown, cancellationToken);
    }
}
