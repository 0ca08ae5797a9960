namespace Serverless.Assets.Client;

/// <summary>Asset Versions of an Asset. A Service is named by its SID or unique name.</summary>
public sealed class AssetVersionOperations
{
    private readonly ApiConnection _connection;
    private readonly CreatedSids _created = new();

    internal AssetVersionOperations(ApiConnection connection) => _connection = connection;

    /// <summary>
    /// Uploads content as a new version of an Asset. An upload whose response was lost is retried: at worst, the Asset
    /// gets a second, unreferenced version, which the service deletes after some days.
    /// </summary>
    /// <param name="path">URL path: starts with <c>/</c> and has at most 255 characters.</param>
    /// <param name="content">At most 25 MB, or 10 MB if it is private.</param>
    /// <exception cref="AssetContentException">The content cannot be read.</exception>
    public Task<AssetVersionResource> CreateAsync(
        string service,
        Sid assetSid,
        string path,
        Visibility visibility,
        AssetContent content,
        CancellationToken cancellationToken = default
    ) => CreateAsync(service, assetSid, path, visibility, content, check: null, onCreated: null, cancellationToken);

    /// <param name="check">
    /// Throws a <see cref="MismatchedResponseException"/> if the caller knows that the version is another one.
    /// </param>
    /// <param name="onCreated">Receives the version before another request is sent in place of this one.</param>
    /// <inheritdoc cref="CreateAsync(string, Sid, string, Visibility, AssetContent, CancellationToken)"/>
    internal Task<AssetVersionResource> CreateAsync(
        string service,
        Sid assetSid,
        string path,
        Visibility visibility,
        AssetContent content,
        Action<AssetVersionResource>? check,
        Action<AssetVersionResource>? onCreated,
        CancellationToken cancellationToken
    ) =>
        _connection.SendAsync(
            new ApiRequest(
                ApiOperation.CreateAssetVersion,
                HttpMethod.Post,
                _connection.GetUploadAddress(service, "Assets", SidKind.Asset.RequireArgument(assetSid), "Versions"),
                $"Asset Version {path}"
            )
            {
                Content = onProgress => UploadBody.Create(path, visibility, content, onProgress),
                BodyBytes = content.Length,
                AssetPath = path,
            },
            ResourceJson.Default.AssetVersionResource,
            cancellationToken,
            created =>
            {
                ResponseCheck.RequireSame("path", path, created.Path);
                ResponseCheck.RequireSame("visibility", visibility.ToWireValue(), created.Visibility.ToWireValue());
                RequireAsset(service, assetSid, created);
                check?.Invoke(created);
                _created.Add(created.Sid);
            },
            onCreated
        );

    /// <summary>Gets an Asset Version. That it does not exist is an error: see <see cref="FindAsync"/>.</summary>
    public Task<AssetVersionResource> FetchAsync(
        string service,
        Sid assetSid,
        Sid versionSid,
        CancellationToken cancellationToken = default
    ) =>
        _connection.SendAsync(
            ApiRequest.Get(
                ApiOperation.FetchAssetVersion,
                _connection.GetAddress(
                    service,
                    "Assets",
                    SidKind.Asset.RequireArgument(assetSid),
                    "Versions",
                    SidKind.Version.RequireArgument(versionSid)
                ),
                $"Asset Version {versionSid}"
            ),
            ResourceJson.Default.AssetVersionResource,
            cancellationToken,
            fetched =>
            {
                ResponseCheck.RequireSame("sid", versionSid, fetched.Sid);
                RequireAsset(service, assetSid, fetched);
            }
        );

    /// <summary>Finds an Asset Version.</summary>
    /// <returns>Null if there is none.</returns>
    public Task<AssetVersionResource?> FindAsync(
        string service,
        Sid assetSid,
        Sid versionSid,
        CancellationToken cancellationToken = default
    ) => ApiConnection.NullIfNotFoundAsync(FetchAsync(service, assetSid, versionSid, cancellationToken));

    /// <summary>
    /// Lists the versions of an Asset, newest first. Throws rather than skip an item that cannot be read.
    /// </summary>
    /// <param name="pageSize">1 to 1000.</param>
    /// <param name="limit">The maximum number of items; null means all.</param>
    public IAsyncEnumerable<AssetVersionResource> ListAsync(
        string service,
        Sid assetSid,
        int pageSize = ListPages.DefaultSize,
        int? limit = null,
        CancellationToken cancellationToken = default
    ) =>
        new ListPages(
            _connection,
            ApiOperation.ListAssetVersions,
            _connection.GetAddress(service, "Assets", SidKind.Asset.RequireArgument(assetSid), "Versions"),
            $"Asset Versions of Asset {assetSid}"
        ).ReadAsync(
            ResourceJson.Default.AssetVersionResourceArray,
            version => RequireAsset(service, assetSid, version),
            pageSize,
            limit,
            cancellationToken
        );

    /// <summary>Lists all versions of an Asset with as few requests as possible.</summary>
    public async Task<IReadOnlyList<AssetVersionResource>> ListAllAsync(
        string service,
        Sid assetSid,
        CancellationToken cancellationToken = default
    ) =>
        await ListAsync(service, assetSid, ListPages.MaxSize, cancellationToken: cancellationToken)
            .ToListAsync(cancellationToken)
            .ConfigureAwait(false);

    private static void RequireAsset(string service, Sid assetSid, AssetVersionResource version)
    {
        ResponseCheck.RequireSame("asset_sid", assetSid, version.AssetSid);
        ResponseCheck.RequireService(service, version.ServiceSid);
    }
}
