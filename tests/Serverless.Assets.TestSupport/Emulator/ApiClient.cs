using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;

namespace Serverless.Assets.TestSupport;

/// <summary>Sends requests like a client of the service, without retries.</summary>
internal sealed class ApiClient : IDisposable
{
    public const string Account = TestCredentials.AccountSid;

    private readonly HttpClient _http;

    public ApiClient(Uri address, string credentials = $"{Account}:secret")
    {
        _http = new HttpClient(new SocketsHttpHandler { UseProxy = false, UseCookies = false })
        {
            BaseAddress = address,
        };
        _http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue(
            "Basic",
            Convert.ToBase64String(Encoding.UTF8.GetBytes(credentials))
        );
    }

    public static HttpContent Form(params (string Name, string Value)[] fields) =>
        new FormUrlEncodedContent(fields.Select(field => KeyValuePair.Create(field.Name, field.Value)));

    public static MultipartFormDataContent Multipart(
        string? path,
        string? visibility,
        byte[]? content,
        string contentType = "text/plain"
    )
    {
        var form = new MultipartFormDataContent();
        if (path is not null)
        {
            form.Add(new StringContent(path), "Path");
        }

        if (visibility is not null)
        {
            form.Add(new StringContent(visibility), "Visibility");
        }

        if (content is not null)
        {
            var file = new ByteArrayContent(content);
            file.Headers.TryAddWithoutValidation("Content-Type", contentType);
            form.Add(file, "Content", "file.bin");
        }

        return form;
    }

    public async Task<ApiResult> SendAsync(
        HttpMethod method,
        string address,
        HttpContent? content = null,
        Action<HttpRequestMessage>? configure = null
    )
    {
        using var request = new HttpRequestMessage(method, address) { Content = content };
        configure?.Invoke(request);
        using var response = await _http.SendAsync(request, TestContext.Current.CancellationToken);
        var headers = response
            .Headers.Concat(response.Content.Headers)
            .ToDictionary(
                header => header.Key,
                header => string.Join(", ", header.Value),
                StringComparer.OrdinalIgnoreCase
            );
        return new ApiResult(
            (int)response.StatusCode,
            await response.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken),
            headers
        );
    }

    /// <summary>Completes when the headers of the response have arrived.</summary>
    public Task<HttpResponseMessage> BeginAsync(string address, CancellationToken? giveUp = null) =>
        _http.GetAsync(
            address,
            HttpCompletionOption.ResponseHeadersRead,
            giveUp ?? TestContext.Current.CancellationToken
        );

    public Task<ApiResult> GetAsync(string address) => SendAsync(HttpMethod.Get, address);

    public Task<ApiResult> DeleteAsync(string address) => SendAsync(HttpMethod.Delete, address);

    public Task<ApiResult> PostAsync(string address, params (string Name, string Value)[] fields) =>
        SendAsync(HttpMethod.Post, address, Form(fields));

    /// <summary>Sends a request to a site, with the site's name in the <c>Host</c> header.</summary>
    public Task<ApiResult> SiteAsync(
        string domain,
        string path,
        HttpMethod? method = null,
        HttpContent? content = null,
        string? signature = null
    ) =>
        SendAsync(
            method ?? HttpMethod.Get,
            path,
            content,
            request =>
            {
                request.Headers.Host = domain;
                request.Headers.Authorization = null;
                if (signature is not null)
                {
                    request.Headers.Add("X-Twilio-Signature", signature);
                }
            }
        );

    public async Task<JsonElement> CreateServiceAsync(string uniqueName = "shop") =>
        (await PostAsync("/v1/Services", ("UniqueName", uniqueName), ("FriendlyName", $"The {uniqueName}"))).Created();

    public async Task<string> CreateAssetAsync(string service, string name = "/a.txt", string collection = "Assets") =>
        (await PostAsync($"/v1/Services/{service}/{collection}", ("FriendlyName", name))).Created().Sid();

    public Task<ApiResult> UploadAsync(
        string service,
        string asset,
        string? path,
        string? visibility,
        byte[]? content,
        string contentType = "text/plain",
        string collection = "Assets"
    ) =>
        SendAsync(
            HttpMethod.Post,
            $"/v1/Services/{service}/{collection}/{asset}/Versions",
            Multipart(path, visibility, content, contentType)
        );

    /// <summary>Creates an Asset and uploads a string as its version.</summary>
    /// <returns>The version's SID.</returns>
    public async Task<string> AddAsync(
        string service,
        string path,
        string text,
        string visibility = "public",
        string contentType = "text/plain",
        string collection = "Assets"
    )
    {
        var asset = await CreateAssetAsync(service, path, collection);
        return (
            await UploadAsync(service, asset, path, visibility, Encoding.UTF8.GetBytes(text), contentType, collection)
        )
            .Created()
            .Sid();
    }

    public Task<ApiResult> BuildAsync(string service, params string[] assetVersions) =>
        PostAsync($"/v1/Services/{service}/Builds", [.. assetVersions.Select(sid => ("AssetVersions", sid))]);

    public async Task<JsonElement> CreateEnvironmentAsync(
        string service,
        string uniqueName = "dev",
        string suffix = "dev"
    ) =>
        (
            await PostAsync(
                $"/v1/Services/{service}/Environments",
                ("UniqueName", uniqueName),
                ("DomainSuffix", suffix)
            )
        ).Created();

    public Task<ApiResult> DeployAsync(string service, string environment, string? build) =>
        PostAsync(
            $"/v1/Services/{service}/Environments/{environment}/Deployments",
            build is null ? [] : [("BuildSid", build)]
        );

    public async Task<JsonElement> CreateVariableAsync(string service, string environment, string key, string value) =>
        (
            await PostAsync(
                $"/v1/Services/{service}/Environments/{environment}/Variables",
                ("Key", key),
                ("Value", value)
            )
        ).Created();

    public void Dispose() => _http.Dispose();
}
