namespace Serverless.Assets.Client;

/// <summary>Assets of a Service. A Service is named by its SID or unique name.</summary>
public sealed class AssetOperations
{
    private readonly ApiConnection _connection;
    private readonly CreatedSids _created = new();

    internal AssetOperations(ApiConnection connection) => _connection = connection;

    /// <summary>Creates an Asset. Names need not be unique.</summary>
    /// <param name="friendlyName">At most 255 characters; by convention, the path of the asset.</param>
    public Task<AssetResource> CreateAsync(
        string service,
        string friendlyName,
        CancellationToken cancellationToken = default
    ) => CreateAsync(service, friendlyName, onCreated: null, cancellationToken);

    /// <param name="onCreated">Called before another request is sent in place of this one.</param>
    /// <inheritdoc cref="CreateAsync(string, string, CancellationToken)"/>
    internal Task<AssetResource> CreateAsync(
        string service,
        string friendlyName,
        Action<AssetResource>? onCreated,
        CancellationToken cancellationToken
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
                Priority = RequestPriority.Low, // content of existing Assets comes first
            },
            ResourceJson.Default.AssetResource,
            cancellationToken,
            created =>
            {
                ResponseCheck.RequireSame("friendly_name", friendlyName, created.FriendlyName);
                ResponseCheck.RequireService(service, created.ServiceSid);
                _created.Add(created.Sid);
            },
            onCreated
        );

    /// <summary>Deletes an Asset and all its versions. Succeeds if the Asset does not exist.</summary>
    /// <exception cref="ServerlessApiException">For example, a deployed Build contains one of its versions.</exception>
    public Task DeleteAsync(string service, Sid assetSid, CancellationToken cancellationToken = default)
    {
        var address = _connection.GetAddress(service, "Assets", SidKind.Asset.RequireArgument(assetSid));
        return _connection.DeleteAsync(ApiOperation.DeleteAsset, address, $"Asset {assetSid}", cancellationToken);
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
        ).ReadAsync(
            ResourceJson.Default.AssetResourceArray,
            asset => ResponseCheck.RequireService(service, asset.ServiceSid),
            pageSize,
            limit,
            cancellationToken
        );

    /// <summary>
    /// Lists all Assets with as few requests as possible. One that appears on two pages, because others were created
    /// meanwhile, is listed once.
    /// </summary>
    public async Task<IReadOnlyList<AssetResource>> ListAllAsync(
        string service,
        CancellationToken cancellationToken = default
    ) =>
        await ListAsync(service, ListPages.MaxSize, cancellationToken: cancellationToken)
            .DistinctBy(asset => asset.Sid)
            .ToListAsync(cancellationToken)
            .ConfigureAwait(false);
}
