using System.Net;

namespace Serverless.Assets.Client;

/// <summary>Assets of a Service. A Service is named by its SID or unique name.</summary>
public sealed class AssetOperations
{
    private readonly ApiConnection _connection;

    internal AssetOperations(ApiConnection connection) => _connection = connection;

    /// <summary>Creates an Asset. Names need not be unique.</summary>
    /// <param name="friendlyName">At most 255 characters; by convention, the path of the asset.</param>
    public Task<AssetResource> CreateAsync(
        string service,
        string friendlyName,
        CancellationToken cancellationToken = default
    ) =>
        _connection.SendAsync(
            ApiRequest.Create(
                ApiOperation.CreateAsset,
                _connection.GetAddress(service, "Assets"),
                $"Asset {friendlyName}",
                new KeyValuePair<string, string>("FriendlyName", friendlyName)
            ) with
            {
                AssetPath = friendlyName,
            },
            ResourceJson.Default.AssetResource,
            cancellationToken
        );

    /// <summary>Deletes an Asset and all its versions. Succeeds if the Asset does not exist.</summary>
    /// <exception cref="ServerlessApiException">For example, a deployed Build contains one of its versions.</exception>
    public async Task DeleteAsync(string service, string assetSid, CancellationToken cancellationToken = default)
    {
        try
        {
            var address = _connection.GetAddress(service, "Assets", assetSid);
            var request = ApiRequest.Delete(ApiOperation.DeleteAsset, address, $"Asset {assetSid}");
            await _connection.SendAsync(request, cancellationToken).ConfigureAwait(false);
        }
        catch (ServerlessApiException notFound) when (notFound.Status == HttpStatusCode.NotFound)
        {
            // An earlier attempt may have deleted it although its response was lost.
        }
    }

    /// <summary>Lists the Assets, newest first. Throws rather than skip an item that cannot be read.</summary>
    /// <param name="pageSize">1 to 1000.</param>
    /// <param name="limit">The maximum number of items; null means all.</param>
    public IAsyncEnumerable<AssetResource> ListAsync(
        string service,
        int pageSize = ListPages.DefaultSize,
        int? limit = null,
        CancellationToken cancellationToken = default
    ) =>
        new ListPages(
            _connection,
            ApiOperation.ListAssets,
            _connection.GetAddress(service, "Assets"),
            $"Assets of Service {service}"
        ).ReadAsync(ResourceJson.Default.AssetResourceArray, pageSize, limit, cancellationToken);
}
