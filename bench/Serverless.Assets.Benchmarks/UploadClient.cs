using System.Collections.Concurrent;
using System.Globalization;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace Serverless.Assets.Benchmarks;

/// <summary>
/// Uploads small files to an emulator as fast as it accepts them, without the engine, whose own work would be measured
/// too.
/// </summary>
internal sealed class UploadClient : IDisposable
{
    private const int Connections = 16;

    private static readonly MediaTypeHeaderValue Multipart = MediaTypeHeaderValue.Parse(
        "multipart/form-data; boundary=b"
    );

    private readonly HttpClient _http;
    private readonly string _versions;
    private int _count;

    private UploadClient(Uri address, string asset, HttpClient http)
    {
        _http = http;
        _versions = $"{address}v1/Services/bench/Assets/{asset}/Versions";
    }

    /// <summary>Creates an Asset for the versions, and its Service if it does not exist.</summary>
    public static async Task<UploadClient> CreateAsync(Uri address)
    {
        var http = new HttpClient(new SocketsHttpHandler { UseProxy = false });
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue(
            "Basic",
            Convert.ToBase64String("AC00000000000000000000000000000000:any"u8)
        );
        (
            await PostAsync(http, $"{address}v1/Services", ("UniqueName", "bench"), ("FriendlyName", "bench"))
                .ConfigureAwait(false)
        ).Dispose(); // 409 if it exists
        using var asset = (
            await PostAsync(http, $"{address}v1/Services/bench/Assets", ("FriendlyName", "/a")).ConfigureAwait(false)
        ).EnsureSuccessStatusCode();
        return new UploadClient(address, await GetSidAsync(asset).ConfigureAwait(false), http);
    }

    /// <summary>Uploads files of about 1 KB with different contents.</summary>
    public Task UploadAsync(int count) =>
        Parallel.ForAsync(
            0,
            count,
            new ParallelOptions { MaxDegreeOfParallelism = Connections },
            async (_, cancellationToken) =>
            {
                using var response = await SendAsync(CreateContent(), cancellationToken).ConfigureAwait(false);
                response.EnsureSuccessStatusCode();
            }
        );

    /// <summary>Uploads a file with random content.</summary>
    /// <returns>The version, and the SHA-256 of its content.</returns>
    public async Task<(string Version, string Sha256)> UploadAsync(int seed, int size)
    {
        var content = new byte[size];
        new Random(seed).NextBytes(content);
        using var form = new MultipartFormDataContent
        {
            { new StringContent($"/{seed}.bin"), "Path" },
            { new StringContent("public"), "Visibility" },
            { new ByteArrayContent(content), "Content", "a.bin" },
        };
        using var response = (
            await _http.PostAsync(new Uri(_versions), form).ConfigureAwait(false)
        ).EnsureSuccessStatusCode();
        return (await GetSidAsync(response).ConfigureAwait(false), Convert.ToHexStringLower(SHA256.HashData(content)));
    }

    /// <summary>Uploads until the emulator no longer responds.</summary>
    /// <param name="confirmed">Gets the versions that the emulator has confirmed, with the SHA-256 of their content.</param>
    /// <param name="onConfirmed">Called with their number.</param>
    public Task UploadUntilKilledAsync(ConcurrentDictionary<string, string> confirmed, Action<int> onConfirmed)
    {
        var count = 0;
        return Task.WhenAll(Enumerable.Range(0, Connections).Select(_ => UploadAsync()));

        async Task UploadAsync()
        {
            try
            {
                while (true)
                {
                    var content = CreateContent();
                    using var response = (
                        await SendAsync(content, CancellationToken.None).ConfigureAwait(false)
                    ).EnsureSuccessStatusCode();
                    confirmed[await GetSidAsync(response).ConfigureAwait(false)] = Convert.ToHexStringLower(
                        SHA256.HashData(Encoding.ASCII.GetBytes(content))
                    );
                    onConfirmed(Interlocked.Increment(ref count));
                }
            }
            catch (HttpRequestException exception) when (exception.StatusCode is null)
            {
                // The emulator was killed.
            }
        }
    }

    public void Dispose() => _http.Dispose();

    private string CreateContent() =>
        string.Create(CultureInfo.InvariantCulture, $"{Interlocked.Increment(ref _count):d10}-{Guid.NewGuid()}")
            .PadRight(1024, '.');

    private async Task<HttpResponseMessage> SendAsync(string content, CancellationToken cancellationToken)
    {
        using var body = new ByteArrayContent(
            Encoding.ASCII.GetBytes(
                "--b\r\nContent-Disposition: form-data; name=Path\r\n\r\n/a.txt\r\n"
                    + "--b\r\nContent-Disposition: form-data; name=Visibility\r\n\r\npublic\r\n"
                    + "--b\r\nContent-Disposition: form-data; name=Content; filename=a.txt\r\nContent-Type: text/plain\r\n\r\n"
                    + $"{content}\r\n--b--\r\n"
            )
        );
        body.Headers.ContentType = Multipart;
        return await _http.PostAsync(new Uri(_versions), body, cancellationToken).ConfigureAwait(false);
    }

    private static async Task<HttpResponseMessage> PostAsync(
        HttpClient http,
        string address,
        params (string Name, string Value)[] fields
    )
    {
        using var form = new FormUrlEncodedContent(
            fields.Select(field => KeyValuePair.Create(field.Name, field.Value))
        );
        return await http.PostAsync(new Uri(address), form).ConfigureAwait(false);
    }

    private static async Task<string> GetSidAsync(HttpResponseMessage response)
    {
        using var json = JsonDocument.Parse(await response.Content.ReadAsByteArrayAsync().ConfigureAwait(false));
        return json.RootElement.GetProperty("sid").GetString()!;
    }
}
