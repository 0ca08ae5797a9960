using System.Collections.Concurrent;
using System.Net;
using System.Security.Cryptography;
using Serverless.Assets.Client;
using Serverless.Assets.Diagnostics;
using Serverless.Assets.Manifest;
using Serverless.Assets.Settings;

namespace Serverless.Assets.Verification;

/// <summary>
/// Fetches the site as a visitor would, and compares it with the manifest. New content appears a few seconds after a
/// Deployment, so assets that differ are fetched again for a minute.
/// </summary>
internal sealed class SiteVerifier(Uri site, ValidatedServiceSettings settings, EngineContext context)
{
    private const int ParallelRequests = 16;
    private const string NotReachable = "404 (private)";
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    /// <summary>How long a site may show its previous content; a few seconds are usual.</summary>
    private static readonly TimeSpan Propagation = TimeSpan.FromSeconds(60);

    /// <returns>The differences that remain after a minute; empty when there are none.</returns>
    public async Task<IReadOnlyList<Diagnostic>> VerifyAsync(
        AssetManifest manifest,
        CancellationToken cancellationToken
    )
    {
        using var http = new HttpClient(context.SiteHandler()) { Timeout = System.Threading.Timeout.InfiniteTimeSpan };
        var started = context.Clock.GetTimestamp();
        IReadOnlyList<ManifestAsset> left = manifest.Assets;
        while (true)
        {
            var wrong = new ConcurrentBag<(ManifestAsset Asset, Diagnostic Problem)>();
            var parallel = new ParallelOptions
            {
                MaxDegreeOfParallelism = ParallelRequests,
                CancellationToken = cancellationToken,
            };
            await Parallel
                .ForEachAsync(
                    left,
                    parallel,
                    async (asset, token) =>
                    {
                        if (await FindProblemAsync(http, asset, token).ConfigureAwait(false) is { } problem)
                        {
                            wrong.Add((asset, problem));
                        }
                    }
                )
                .ConfigureAwait(false);

            if (wrong.IsEmpty || context.Clock.GetElapsedTime(started) >= Propagation)
            {
                return wrong
                    .OrderBy(item => item.Asset.Path, StringComparer.Ordinal)
                    .Select(item => item.Problem)
                    .ToList();
            }

            left = wrong.Select(item => item.Asset).ToList();
            context.Logger.Log(LogLevel.Detail, $"{left.Count} assets do not match yet");
            await Task.Delay(Interval, context.Clock, cancellationToken).ConfigureAwait(false);
        }
    }

    private async Task<Diagnostic?> FindProblemAsync(
        HttpClient http,
        ManifestAsset asset,
        CancellationToken cancellationToken
    )
    {
        var url = new Uri(site, asset.Path.TrimStart('/'));
        var (expected, found) = asset.Visibility switch
        {
            Visibility.Public => (
                Describe(asset),
                await FetchAsync(http, url, asset, null, cancellationToken).ConfigureAwait(false)
            ),
            Visibility.Protected => await FetchProtectedAsync(http, url, asset, cancellationToken)
                .ConfigureAwait(false),
            _ => (
                NotReachable,
                NotReachableOr(await FetchAsync(http, url, null, null, cancellationToken).ConfigureAwait(false))
            ),
        };
        return expected == found
            ? null
            : DeploymentDiagnostics.VerificationFailed(asset.Path, url.AbsoluteUri, expected, found);
    }

    private async Task<(string Expected, string Found)> FetchProtectedAsync(
        HttpClient http,
        Uri url,
        ManifestAsset asset,
        CancellationToken cancellationToken
    )
    {
        var unsigned = await FetchAsync(http, url, null, null, cancellationToken).ConfigureAwait(false);
        if (unsigned != "403" || settings.Credentials.Sign(url) is not { } signature)
        {
            return ("403", unsigned);
        }

        return (
            Describe(asset),
            await FetchAsync(http, url, asset, signature, cancellationToken).ConfigureAwait(false)
        );
    }

    private static string NotReachableOr(string status) => status is "404" or "403" ? NotReachable : status;

    private static string Describe(ManifestAsset asset) =>
        $"200, {GetMediaType(asset.ContentType)}, sha256 {asset.Sha256}";

    private static string GetMediaType(string contentType) => contentType.Split(';')[0].Trim().ToLowerInvariant();

    /// <returns>The status; for an expected 200, also the media type and the hash of the content.</returns>
    private async Task<string> FetchAsync(
        HttpClient http,
        Uri url,
        ManifestAsset? asset,
        string? signature,
        CancellationToken cancellationToken
    )
    {
        using var timeout = new IdleTimeout(settings.RequestTimeout, context.Clock, cancellationToken);
        try
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, url);
            if (signature is not null)
            {
                request.Headers.Add("X-Twilio-Signature", signature);
            }

            using var response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, timeout.Token)
                .ConfigureAwait(false);
            if (response.StatusCode != HttpStatusCode.OK || asset is null)
            {
                return $"{(int)response.StatusCode}";
            }

            var sha256 = await HashAsync(response.Content, timeout).ConfigureAwait(false);
            var contentType = response.Content.Headers.ContentType?.ToString() ?? "no content type";
            return $"200, {GetMediaType(contentType)}, sha256 {sha256}";
        }
        catch (Exception failure)
            when (!cancellationToken.IsCancellationRequested
                && failure is HttpRequestException or IOException or OperationCanceledException
            )
        {
            return $"no response ({failure.Message})";
        }
    }

    private static async Task<string> HashAsync(HttpContent content, IdleTimeout timeout)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        await using var stream = await content.ReadAsStreamAsync(timeout.Token).ConfigureAwait(false);
        var buffer = new byte[16 * 1024];
        int read;
        while ((read = await stream.ReadAsync(buffer, timeout.Token).ConfigureAwait(false)) > 0)
        {
            timeout.OnProgress();
            hash.AppendData(buffer, 0, read);
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }
}
