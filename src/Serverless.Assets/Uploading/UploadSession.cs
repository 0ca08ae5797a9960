using Serverless.Assets.Api;
using Serverless.Assets.Configuration;
using Serverless.Assets.Manifest;
using Serverless.Assets.Planning;
using Serverless.Assets.State;

namespace Serverless.Assets.Uploading;

/// <summary>A Service that was reached, and what works on it.</summary>
internal sealed class UploadSession
{
    private readonly AssetUploader _uploader;
    private readonly Lazy<bool> _withdrawn;

    public UploadSession(ServerlessApi api, ServiceResource service, string environment, UploadState state, ManifestFile manifest, UploadProgress progress, AssetHost host, CancellationToken cancellation)
    {
        Service = service;
        var live = new LiveBuild(api, service.Sid, environment, cancellation);
        Directory = new AssetDirectory(api, service.Sid, live, host.Logger);
        Planner = new AssetPlanner(api, service, live, state, host.Clock);
        _uploader = new AssetUploader(api, service, Directory, Planner, state, progress, host);
        _withdrawn = new Lazy<bool>(manifest.Withdraw);
    }

    public ServiceResource Service { get; }

    public AssetDirectory Directory { get; }

    public AssetPlanner Planner { get; }

    /// <summary>From the first upload until the run is complete there is no manifest.</summary>
    public Task<UploadedAsset> UploadAsync(HashedAsset asset, CancellationToken cancellation)
    {
        _ = _withdrawn.Value;
        return _uploader.UploadAsync(asset, cancellation);
    }
}
