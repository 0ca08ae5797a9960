namespace Serverless.Assets.Client;

/// <summary>Asset Versions of an Asset. A Service is named by its SID or unique name.</summary>
public sealed class AssetVersionOperations
{
    private readonly ApiConnection _connection;
    private readonly CreatedSids _created = new();

    internal AssetVersionOperations(ApiConnection connection) => _connection = connection;

#pragma warning disable RS0026 // The token is last with and without progress, so no call is ambiguous.
    /// <summary>
    /// Uploads content as a new version of an Asset. An upload whose response was lost is retried: at worst, the Asset
    /// gets further versions that no Build contains, which the service deletes after some days.
    /// </summary>
    /// <param name="path">
    /// The URL path: starts with <c>/</c>, has at most 255 characters and no empty, <c>.</c> or <c>..</c> segment, and
    /// contains only ASCII letters, digits and <c>- . _ ~ ! * = /</c>.
    /// </param>
    /// <param name="content">
    /// At most 25 MB, or 10 MB if it is private: see <see cref="ServerlessClientOptions.EnforceServiceLimits"/>.
    /// </param>
    /// <exception cref="ArgumentException">An argument is not valid; nothing was sent.</exception>
    /// <exception cref="AssetContentException">The content cannot be read; it was not sent.</exception>
    /// <exception cref="ServerlessApiException">The service refused the request, or all attempts failed.</exception>
    public Task<AssetVersionResource> CreateAsync(
        string service,
        Sid assetSid,
        string path,
        Visibility visibility,
        AssetContent content,
        CancellationToken cancellationToken = default
    ) => CreateAsync(service, assetSid, path, visibility, content, progress: null, cancellationToken);

    /// <param name="progress">
    /// Receives the number of bytes of content that the current attempt has sent. A retry starts again from the
    /// beginning. Null: nobody asks.
    /// </param>
    /// <inheritdoc cref="CreateAsync(string, Sid, string, Visibility, AssetContent, CancellationToken)"/>
    public async Task<AssetVersionResource> CreateAsync(
        string service,
        Sid assetSid,
        string path,
        Visibility visibility,
        AssetContent content,
        IProgress<long>? progress,
        CancellationToken cancellationToken = default
    )
    {
        ArgumentNullException.ThrowIfNull(content);
        SidKind.Asset.RequireArgument(assetSid);
        ArgumentRules.RequireVisibility(visibility);
        var validPath = AssetPath.RequireArgument(path);
        var maxLength = _connection.EnforcesServiceLimits ? UploadLimits.GetMaxLength(visibility) : Array.MaxLength;
        await content.PrepareAsync(maxLength, cancellationToken).ConfigureAwait(false);
        if (_connection.EnforcesServiceLimits)
        {
            UploadLimits.Require(content, visibility);
        }

        return await CreateAsync(
                service,
                assetSid,
                validPath,
                visibility,
                content,
                check: null,
                onCreated: null,
                cancellationToken,
                progress
            )
            .ConfigureAwait(false);
    }
#pragma warning restore RS0026

    /// <param name="check">
    /// Throws a <see cref="MismatchedResponseException"/> if the caller knows that the version is another one.
    /// </param>
    /// <param name="onCreated">Receives the version before another request is sent in place of this one.</param>
    /// <inheritdoc cref="CreateAsync(string, Sid, string, Visibility, AssetContent, CancellationToken)"/>
    internal Task<AssetVersionResource> CreateAsync(
        string service,
        Sid assetSid,
        AssetPath path,
        Visibility visibility,
        AssetContent content,
        Action<AssetVersionResource>? check,
        Action<AssetVersionResource>? onCreated,
        CancellationToken cancellationToken,
        IProgress<long>? progress = null
    ) =>
        _connection.SendAsync(
            new ApiRequest(
                ApiOperation.CreateAssetVersion,
                HttpMethod.Post,
                _connection.GetUploadAddress(service, "Assets", SidKind.Asset.RequireArgument(assetSid), "Versions"),
                $"Asset Version {path}"
            )
            {
                Content = onWritten => UploadBody.Create(path, visibility, content, onWritten, progress),
                BodyBytes = content.Length ?? 0,
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

    /// <summary>Lists the versions of an Asset, newest first. Throws rather than skip a page or an item that cannot be read.</summary>
    /// <param name="pageSize">1 to 1000 items in each request.</param>
    /// <param name="limit">The maximum number of items; null means all.</param>
    public IAsyncEnumerable<AssetVersionResource> ListAsync(
        string service,
        Sid assetSid,
        int pageSize = PageSizes.Default,
        int? limit = null,
        CancellationToken cancellationToken = default
    ) => List(service, assetSid).ReadAsync(pageSize, limit, cancellationToken);

    /// <summary>Gets one page of the list. The page is complete, or the call throws.</summary>
    /// <param name="pageSize">1 to 1000 items.</param>
    /// <param name="pageToken">
    /// The <see cref="ResourcePage{T}.NextPageToken"/> of the page before; null means the first page.
    /// </param>
    public Task<ResourcePage<AssetVersionResource>> ListPageAsync(
        string service,
        Sid assetSid,
        int pageSize = PageSizes.Default,
        string? pageToken = null,
        CancellationToken cancellationToken = default
    ) => List(service, assetSid).ReadPageAsync(pageSize, pageToken, cancellationToken);

    /// <summary>Lists all versions of an Asset with as few requests as possible.</summary>
    public Task<IReadOnlyList<AssetVersionResource>> ListAllAsync(
        string service,
        Sid assetSid,
        CancellationToken cancellationToken = default
    ) => List(service, assetSid).ReadAllAsync(cancellationToken);

    private ResourceList<AssetVersionResource> List(string service, Sid assetSid) =>
        new(
            _connection,
            ApiOperation.ListAssetVersions,
            _connection.GetAddress(service, "Assets", SidKind.Asset.RequireArgument(assetSid), "Versions"),
            $"Asset Versions of Asset {assetSid}",
            ResourceJson.Default.AssetVersionResourceArray,
            version => RequireAsset(service, assetSid, version)
        );

    private static void RequireAsset(string service, Sid assetSid, AssetVersionResource version)
    {
        ResponseCheck.RequireSame("asset_sid", assetSid, version.AssetSid);
        ResponseCheck.RequireService(service, version.ServiceSid);
    }
}
