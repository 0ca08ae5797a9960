namespace Serverless.Assets.Client;

/// <summary>Assets of a Service. A Service is named by its SID or unique name.</summary>
public sealed class AssetOperations
{
    private readonly ApiConnection _connection;
    private readonly CreatedSids _created = new();

    internal AssetOperations(ApiConnection connection) => _connection = connection;

    /// <summary>Creates an Asset. Names need not be unique: see <see cref="FindOrCreateAsync"/>.</summary>
    /// <param name="friendlyName">1 to 255 characters; by convention, the path of the asset.</param>
    /// <exception cref="ArgumentException">An argument is not valid; nothing was sent.</exception>
    /// <exception cref="ServerlessApiException">
    /// The service refused the request, or its response was lost: see
    /// <see cref="ServerlessApiException.WasProcessed"/>.
    /// </exception>
    public Task<AssetResource> CreateAsync(
        string service,
        string friendlyName,
        CancellationToken cancellationToken = default
    ) => CreateAsync(service, friendlyName, onCreated: null, cancellationToken);

    /// <param name="onCreated">Called before another request is sent in place of this one.</param>
    /// <param name="shownName">The name in logs and errors; null: the friendly name.</param>
    /// <inheritdoc cref="CreateAsync(string, string, CancellationToken)"/>
    internal Task<AssetResource> CreateAsync(
        string service,
        string friendlyName,
        Action<AssetResource>? onCreated,
        CancellationToken cancellationToken,
        string? shownName = null
    ) =>
        _connection.SendAsync(
            ApiRequest.Create(
                ApiOperation.CreateAsset,
                _connection.GetAddress(service, "Assets"),
                $"Asset {shownName ?? friendlyName}",
                new KeyValuePair<string, string>(
                    "FriendlyName",
                    ArgumentRules.RequireText(friendlyName, ArgumentRules.MaxFriendlyName)
                )
            ) with
            {
                AssetPath = shownName ?? friendlyName,
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

    /// <summary>
    /// Finds the oldest Asset with a name, or creates one. If the response to the creation is lost, this method looks
    /// again before it creates another. Calls of one client wait for each other, but two clients that create the same
    /// Asset at the same time can create two, because the service accepts that.
    /// </summary>
    /// <remarks>Lists all Assets, because the service cannot search. For many names, list them once.</remarks>
    /// <param name="friendlyName">1 to 255 characters, compared ordinally; by convention, the path of the asset.</param>
    /// <exception cref="ArgumentException">An argument is not valid; nothing was sent.</exception>
    /// <exception cref="ServerlessApiException">A request was refused, or all attempts failed.</exception>
    public Task<AssetResource> FindOrCreateAsync(
        string service,
        string friendlyName,
        CancellationToken cancellationToken = default
    )
    {
        ArgumentRules.RequireText(friendlyName, ArgumentRules.MaxFriendlyName);
        return _connection.FindOrCreateInTurnAsync(
            $"Asset {service} {friendlyName}",
            async token =>
                (await ListAllAsync(service, token).ConfigureAwait(false)).LastOrDefault(asset =>
                    asset.FriendlyName == friendlyName
                ),
            token => CreateAsync(service, friendlyName, token),
            cancellationToken
        );
    }

    /// <summary>Gets an Asset. That it does not exist is an error: see <see cref="FindAsync"/>.</summary>
    public Task<AssetResource> FetchAsync(
        string service,
        Sid assetSid,
        CancellationToken cancellationToken = default
    ) =>
        _connection.SendAsync(
            ApiRequest.Get(ApiOperation.FetchAsset, GetAddress(service, assetSid), $"Asset {assetSid}"),
            ResourceJson.Default.AssetResource,
            cancellationToken,
            fetched => RequireAsset(service, assetSid, fetched)
        );

    /// <summary>Finds an Asset.</summary>
    /// <returns>Null if there is none.</returns>
    public Task<AssetResource?> FindAsync(
        string service,
        Sid assetSid,
        CancellationToken cancellationToken = default
    ) => ApiConnection.NullIfNotFoundAsync(FetchAsync(service, assetSid, cancellationToken));

    /// <summary>Renames an Asset. The paths of its versions do not change.</summary>
    /// <param name="friendlyName">1 to 255 characters.</param>
    public Task<AssetResource> UpdateAsync(
        string service,
        Sid assetSid,
        string friendlyName,
        CancellationToken cancellationToken = default
    ) =>
        _connection.SendAsync(
            ApiRequest.Update(
                ApiOperation.UpdateAsset,
                GetAddress(service, assetSid),
                $"Asset {assetSid}",
                new KeyValuePair<string, string>(
                    "FriendlyName",
                    ArgumentRules.RequireText(friendlyName, ArgumentRules.MaxFriendlyName)
                )
            ),
            ResourceJson.Default.AssetResource,
            cancellationToken,
            updated =>
            {
                RequireAsset(service, assetSid, updated);
                ResponseCheck.RequireSame("friendly_name", friendlyName, updated.FriendlyName);
            }
        );

    /// <summary>Deletes an Asset and all its versions. Succeeds if the Asset does not exist.</summary>
    /// <exception cref="ServerlessApiException">For example, a deployed Build contains one of its versions.</exception>
    public Task DeleteAsync(string service, Sid assetSid, CancellationToken cancellationToken = default) =>
        _connection.DeleteAsync(
            ApiOperation.DeleteAsset,
            GetAddress(service, assetSid),
            $"Asset {assetSid}",
            cancellationToken
        );

    /// <summary>Lists the Assets, newest first. Throws rather than skip a page or an item that cannot be read.</summary>
    /// <param name="pageSize">1 to 1000 items in each request.</param>
    /// <param name="limit">The maximum number of items; null means all.</param>
    public IAsyncEnumerable<AssetResource> ListAsync(
        string service,
        int pageSize = PageSizes.Default,
        int? limit = null,
        CancellationToken cancellationToken = default
    ) => List(service).ReadAsync(pageSize, limit, cancellationToken);

    /// <summary>Gets one page of the list. The page is complete, or the call throws.</summary>
    /// <param name="pageSize">1 to 1000 items.</param>
    /// <param name="pageToken">
    /// The <see cref="ResourcePage{T}.NextPageToken"/> of the page before; null means the first page.
    /// </param>
    public Task<ResourcePage<AssetResource>> ListPageAsync(
        string service,
        int pageSize = PageSizes.Default,
        string? pageToken = null,
        CancellationToken cancellationToken = default
    ) => List(service).ReadPageAsync(pageSize, pageToken, cancellationToken);

    /// <summary>
    /// Lists all Assets with as few requests as possible. One that appears on two pages, because others were created
    /// meanwhile, is listed once.
    /// </summary>
    public async Task<IReadOnlyList<AssetResource>> ListAllAsync(
        string service,
        CancellationToken cancellationToken = default
    )
    {
        var assets = await List(service).ReadAllAsync(cancellationToken).ConfigureAwait(false);
        return [.. assets.DistinctBy(asset => asset.Sid)];
    }

    private ResourceList<AssetResource> List(string service) =>
        new(
            _connection,
            ApiOperation.ListAssets,
            _connection.GetAddress(service, "Assets"),
            $"Assets of Service {service}",
            ResourceJson.Default.AssetResourceArray,
            asset => ResponseCheck.RequireService(service, asset.ServiceSid)
        );

    private Uri GetAddress(string service, Sid assetSid) =>
        _connection.GetAddress(service, "Assets", SidKind.Asset.RequireArgument(assetSid));

    private static void RequireAsset(string service, Sid assetSid, AssetResource asset)
    {
        ResponseCheck.RequireSame("sid", assetSid, asset.Sid);
        ResponseCheck.RequireService(service, asset.ServiceSid);
    }
}
