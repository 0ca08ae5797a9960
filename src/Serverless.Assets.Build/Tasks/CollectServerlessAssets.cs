using Microsoft.Build.Framework;
using Serverless.Assets.Client;
using Serverless.Assets.Diagnostics;
using Serverless.Assets.StaticWebAssets;

namespace Serverless.Assets.Build.Tasks;

/// <summary>Finds, maps and validates the assets. No network.</summary>
[MSBuildMultiThreadableTask]
public sealed partial class CollectServerlessAssets : DeployTask
{
    private protected override Task<bool> ExecuteAsync(CancellationToken cancellationToken)
    {
        var request = AssetItems.ToRequest(
            ProjectDirectory,
            Folders,
            Files,
            VisibilityFromFileName,
            PathCharacters
        ) with
        {
            Allow = AssetItems.List(Allow),
            Published =
                PublishedFolder.Length == 0
                    ? null
                    : new PublishedSite
                    {
                        Folder = PublishedFolder,
                        EndpointsFile = PublishedEndpoints,
                        IncludeCompressed = IncludeCompressed,
                        FingerprintedPaths = FingerprintedPaths,
                        IndexPaths = AssetItems.List(IndexPaths),
                    },
        };
        request = AssetItems.WithReferences(request, FilesOfReferences);
        var assets = new AssetCollector(Host).Collect(
            request,
            CheckSettings ? ReadSettings() : null,
            CheckDeployment ? ReadDeploySettings() : null,
            cancellationToken
        );
        foreach (var asset in assets)
        {
            Logger.Log(
                LogLevel.Detail,
                $"{asset.DisplayPath} -> {asset.Path} ({asset.Visibility.ToWireValue()}, {asset.ContentType})"
            );
        }

        Assets = assets.Select(AssetItems.FromAsset).ToArray();
        return Task.FromResult(true);
    }
}
