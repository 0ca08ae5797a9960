using Serverless.Assets.Client;
using Serverless.Assets.Manifest;

namespace Serverless.Assets.Deployment;

/// <summary>
/// Assets that are in use, by SID and by path. A path is an Asset's friendly name, unless someone renamed it.
/// </summary>
internal sealed class HeldAssets
{
    private readonly HashSet<Sid> _sids = [];
    private readonly HashSet<string> _paths = new(StringComparer.Ordinal);

    public void Add(ManifestAsset asset)
    {
        _sids.Add(asset.AssetSid);
        _paths.Add(asset.Path.Value);
    }

    /// <summary>Adds the Assets of a Build.</summary>
    public void Add(IReadOnlyList<AssetVersionResource> versions)
    {
        foreach (var version in versions)
        {
            if (version.AssetSid is { } asset)
            {
                _sids.Add(asset);
            }
            else
            {
                _paths.Add(version.Path);
            }
        }
    }

    public bool Contains(AssetResource asset) => _sids.Contains(asset.Sid) || _paths.Contains(asset.FriendlyName);
}
