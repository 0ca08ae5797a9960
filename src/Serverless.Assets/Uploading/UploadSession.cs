using Serverless.Assets.Api;
using Serverless.Assets.Configuration;
using Serverless.Assets.Deploying;
using Serverless.Assets.Manifest;
using Serverless.Assets.Planning;

namespace Serverless.Assets.Uploading;

/// <summary>A Service that was reached, and what works on it.</summary>
internal sealed class UploadSession
{
    private readonly AssetUploader _uploader;
    private readonly Lazy<bool> _withdrawn;

    public UploadSession(
        ServiceRun run,
        ReachedService reached,
        ManifestFile manifest,
        UploadProgress progress,
        AssetHost host,
        CancellationToken cancellation,
        CreationTurn? turn = null
    )
    {
        var service = reached.Service;
        Service = service;
        var live = new LiveEnvironment(run.Api, service.Sid, run.Options.Environment, cancellation);
        Directory = new AssetDirectory(
            run.Api,
            service.Sid,
            new AssetList(run.Api, service.Sid, reached.IsNew),
            live,
            host.Logger,
            turn
        );
        Turn = turn;
        Planner = new AssetPlanner(run.Api, service, live, run.State, host.Clock);
        _uploader = new AssetUploader(run.Api, service, Directory, Planner, run.State, progress, host);
        Settlement = new DoubleSettlement(run.Api, service.Sid, Directory, _uploader, host.Logger);
        _withdrawn = new Lazy<bool>(manifest.Withdraw);
    }

    public ServiceResource Service { get; }

    public AssetDirectory Directory { get; }

    public AssetPlanner Planner { get; }

    /// <summary>Whose holder leaves it as soon as all Assets are there; null: there are none to take.</summary>
    public CreationTurn? Turn { get; }

    public DoubleSettlement Settlement { get; }

    /// <summary>From the first upload until the run is complete there is no manifest.</summary>
    /// <param name="onAssetKnown">Called when the Asset is there, and its content is about to be sent.</param>
    public Task<UploadedAsset> UploadAsync(HashedAsset asset, Action onAssetKnown, CancellationToken cancellation)
    {
        _ = _withdrawn.Value;
        return _uploader.UploadAsync(asset, onAssetKnown, cancellation);
    }
}
