using System.Globalization;
using System.Net;
using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace Serverless.Assets.Api;

/// <summary>
/// The service's resources as methods. Each throws <see cref="ServerlessApiException"/> when the service refuses or can't be
/// reached. A list is whole or it fails: no page is ever left out.
/// </summary>
internal sealed class ServerlessApi(ApiConnection connection)
{
    /// <summary>The largest page that the service gives.</summary>
    private const int PageSize = 1000;

    private const int BuildPageSize = 20;

    /// <returns>Null when there is none.</returns>
    public Task<ServiceResource?> FindServiceAsync(string sidOrName, CancellationToken cancellationToken) =>
        NullWhenNotFoundAsync(
            connection.SendAsync(
                ApiRequest.Get(ApiOperation.FetchService, ServiceAddress(sidOrName), $"Service {sidOrName}"),
                ApiJson.Default.ServiceResource,
                cancellationToken
            )
        );

    public Task<ServiceResource> CreateServiceAsync(string uniqueName, CancellationToken cancellationToken) =>
        connection.SendAsync(
            ApiRequest.Create(
                ApiOperation.CreateService,
                new Uri(connection.Endpoints.Api, "v1/Services"),
                $"Service {uniqueName}",
                new("UniqueName", uniqueName),
                new("FriendlyName", uniqueName),
                new("IncludeCredentials", "true"),
                new("UiEditable", "true")
            ),
            ApiJson.Default.ServiceResource,
            cancellationToken
        );

    public Task<IReadOnlyList<AssetResource>> ListAssetsAsync(string service, CancellationToken cancellationToken) =>
        ListAsync(ApiOperation.ListAssets, service, "Assets", ApiJson.Default.AssetResourceArray, cancellationToken);

    public Task<AssetResource> CreateAssetAsync(
        string service,
        string friendlyName,
        CancellationToken cancellationToken
    ) =>
        connection.SendAsync(
            ApiRequest.Create(
                ApiOperation.CreateAsset,
                ServiceAddress(service, "Assets"),
                $"Asset {friendlyName}",
                new KeyValuePair<string, string>("FriendlyName", friendlyName)
            ) with
            {
                Path = friendlyName,
            },
            ApiJson.Default.AssetResource,
            cancellationToken
        );

    /// <summary>One that is gone already is deleted: an earlier attempt may have done it, whose answer was lost.</summary>
    public async Task DeleteAssetAsync(string service, string asset, CancellationToken cancellationToken)
    {
        try
        {
            await connection
                .SendAsync(
                    ApiRequest.Delete(
                        ApiOperation.DeleteAsset,
                        ServiceAddress(service, $"Assets/{asset}"),
                        $"Asset {asset}"
                    ),
                    cancellationToken
                )
                .ConfigureAwait(false);
        }
        catch (ServerlessApiException gone) when (gone.Status == HttpStatusCode.NotFound) { }
    }

    /// <summary>Uploads content. Sending it twice makes two versions, of which one is used: no harm.</summary>
    /// <param name="path">Of the asset, for messages.</param>
    /// <param name="content">Makes the multipart body; see <see cref="ApiRequest.Content"/>.</param>
    /// <param name="record">Remembers the version before its upload counts as no longer in flight.</param>
    public Task<AssetVersionResource> CreateAssetVersionAsync(
        string service,
        string asset,
        string path,
        Func<Action, HttpContent> content,
        CancellationToken cancellationToken,
        Action<AssetVersionResource>? record = null
    ) =>
        connection.SendAsync(
            new ApiRequest(
                ApiOperation.CreateAssetVersion,
                HttpMethod.Post,
                new Uri(
                    connection.Endpoints.Upload,
                    $"v1/Services/{Uri.EscapeDataString(service)}/Assets/{Uri.EscapeDataString(asset)}/Versions"
                ),
                $"Asset Version {path}"
            )
            {
                Content = content,
                Path = path,
            },
            ApiJson.Default.AssetVersionResource,
            cancellationToken,
            record
        );

    /// <returns>Null when there is none.</returns>
    public Task<AssetVersionResource?> FindAssetVersionAsync(
        string service,
        string asset,
        string version,
        CancellationToken cancellationToken
    ) =>
        NullWhenNotFoundAsync(
            connection.SendAsync(
                ApiRequest.Get(
                    ApiOperation.FetchAssetVersion,
                    ServiceAddress(service, $"Assets/{asset}/Versions/{version}"),
                    $"Asset Version {version}"
                ),
                ApiJson.Default.AssetVersionResource,
                cancellationToken
            )
        );

    public Task<IReadOnlyList<AssetVersionResource>> ListAssetVersionsAsync(
        string service,
        string asset,
        CancellationToken cancellationToken
    ) =>
        ListAsync(
            ApiOperation.ListAssetVersions,
            service,
            $"Assets/{asset}/Versions",
            ApiJson.Default.AssetVersionResourceArray,
            cancellationToken
        );

    /// <summary>Newest first. A Build tells all its versions, so the pages are small and read as far as they are needed.</summary>
    public IAsyncEnumerable<BuildResource> EnumerateBuildsAsync(string service, CancellationToken cancellationToken) =>
        EnumerateAsync(
            ApiOperation.ListBuilds,
            service,
            "Builds",
            BuildPageSize,
            ApiJson.Default.BuildResourceArray,
            cancellationToken
        );

    /// <returns>Null when there is none.</returns>
    public Task<BuildResource?> FindBuildAsync(string service, string build, CancellationToken cancellationToken) =>
        NullWhenNotFoundAsync(
            connection.SendAsync(
                ApiRequest.Get(ApiOperation.FetchBuild, ServiceAddress(service, $"Builds/{build}"), $"Build {build}"),
                ApiJson.Default.BuildResource,
                cancellationToken
            )
        );

    public Task<BuildResource> CreateBuildAsync(
        string service,
        BuildContents contents,
        CancellationToken cancellationToken
    ) =>
        connection.SendAsync(
            ApiRequest.Create(
                ApiOperation.CreateBuild,
                ServiceAddress(service, "Builds"),
                $"a Build of Service {service}",
                contents.ToFields()
            ),
            ApiJson.Default.BuildResource,
            cancellationToken
        );

    public Task<BuildStatusResource> FetchBuildStatusAsync(
        string service,
        string build,
        CancellationToken cancellationToken
    ) =>
        connection.SendAsync(
            ApiRequest.Get(
                ApiOperation.FetchBuildStatus,
                ServiceAddress(service, $"Builds/{build}/Status"),
                $"Build {build}"
            ),
            ApiJson.Default.BuildStatusResource,
            cancellationToken
        );

    public Task<IReadOnlyList<EnvironmentResource>> ListEnvironmentsAsync(
        string service,
        CancellationToken cancellationToken
    ) =>
        ListAsync(
            ApiOperation.ListEnvironments,
            service,
            "Environments",
            ApiJson.Default.EnvironmentResourceArray,
            cancellationToken
        );

    /// <param name="domainSuffix">Empty: the Environment without a suffix, of which a Service has one.</param>
    public Task<EnvironmentResource> CreateEnvironmentAsync(
        string service,
        string uniqueName,
        string domainSuffix,
        CancellationToken cancellationToken
    )
    {
        List<KeyValuePair<string, string>> fields = [new("UniqueName", uniqueName)];
        if (domainSuffix.Length > 0)
        {
            fields.Add(new("DomainSuffix", domainSuffix));
        }

        return connection.SendAsync(
            ApiRequest.Create(
                ApiOperation.CreateEnvironment,
                ServiceAddress(service, "Environments"),
                $"Environment {uniqueName}",
                fields
            ),
            ApiJson.Default.EnvironmentResource,
            cancellationToken
        );
    }

    public Task DeleteEnvironmentAsync(string service, string environment, CancellationToken cancellationToken) =>
        connection.SendAsync(
            ApiRequest.Delete(
                ApiOperation.DeleteEnvironment,
                ServiceAddress(service, $"Environments/{environment}"),
                $"Environment {environment}"
            ),
            cancellationToken
        );

    public Task<IReadOnlyList<DeploymentResource>> ListDeploymentsAsync(
        string service,
        string environment,
        CancellationToken cancellationToken
    ) =>
        ListAsync(
            ApiOperation.ListDeployments,
            service,
            $"Environments/{environment}/Deployments",
            ApiJson.Default.DeploymentResourceArray,
            cancellationToken
        );

    public Task<DeploymentResource> CreateDeploymentAsync(
        string service,
        string environment,
        string build,
        CancellationToken cancellationToken
    ) =>
        connection.SendAsync(
            ApiRequest.Create(
                ApiOperation.CreateDeployment,
                ServiceAddress(service, $"Environments/{environment}/Deployments"),
                $"Deployment of Build {build}",
                new KeyValuePair<string, string>("BuildSid", build)
            ),
            ApiJson.Default.DeploymentResource,
            cancellationToken
        );

    private static async Task<T?> NullWhenNotFoundAsync<T>(Task<T> answer)
        where T : class
    {
        try
        {
            return await answer.ConfigureAwait(false);
        }
        catch (ServerlessApiException notFound) when (notFound.Status == HttpStatusCode.NotFound)
        {
            return null;
        }
    }

    private async Task<IReadOnlyList<T>> ListAsync<T>(
        string operation,
        string service,
        string list,
        JsonTypeInfo<T[]> itemType,
        CancellationToken cancellationToken
    )
    {
        var items = new List<T>();
        await foreach (
            var item in EnumerateAsync(operation, service, list, PageSize, itemType, cancellationToken)
                .ConfigureAwait(false)
        )
        {
            items.Add(item);
        }

        return items;
    }

    private async IAsyncEnumerable<T> EnumerateAsync<T>(
        string operation,
        string service,
        string list,
        int pageSize,
        JsonTypeInfo<T[]> itemType,
        [EnumeratorCancellation] CancellationToken cancellationToken
    )
    {
        var subject = $"{list} of Service {service}";
        var next = new Uri(
            ServiceAddress(service, list),
            string.Create(CultureInfo.InvariantCulture, $"?PageSize={pageSize}")
        );
        var seen = new HashSet<Uri> { next };
        while (next is not null)
        {
            var request = ApiRequest.Get(operation, next, subject);
            var page = await connection
                .SendAsync(request, ApiJson.Default.Page, cancellationToken)
                .ConfigureAwait(false);
            (var items, next) = ReadPage(request, page, itemType);
            if (next is not null && !seen.Add(next))
            {
                throw new ServerlessApiException(
                    request,
                    ApiFailure.Ambiguous,
                    "the page names one as the next that was read before"
                );
            }

            foreach (var item in items)
            {
                yield return item;
            }
        }
    }

    private static (T[] Items, Uri? Next) ReadPage<T>(ApiRequest request, Page page, JsonTypeInfo<T[]> itemType)
    {
        if (page.Arrays?.GetValueOrDefault(page.Meta.Key) is not { ValueKind: JsonValueKind.Array } array)
        {
            throw new ServerlessApiException(request, ApiFailure.Ambiguous, $"the page has no list '{page.Meta.Key}'");
        }

        try
        {
            return (
                array.Deserialize(itemType)!,
                page.Meta.NextPageUrl is { } address ? new Uri(request.Address, address) : null
            );
        }
        catch (Exception broken) when (broken is JsonException or UriFormatException)
        {
            throw new ServerlessApiException(
                request,
                ApiFailure.Ambiguous,
                "the page holds something else than was expected",
                broken
            );
        }
    }

    private Uri ServiceAddress(string service, string below = "") =>
        new(
            connection.Endpoints.Api,
            $"v1/Services/{Uri.EscapeDataString(service)}{(below.Length > 0 ? "/" + below : "")}"
        );
}
