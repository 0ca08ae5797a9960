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
    private const int MaxParallelRequests = 16;
    private const string Refused = "403";
    private const string NotReachable = "404 (private)";
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    /// <summary>How long a site may show its previous content; a few seconds are usual.</summary>
    private static readonly TimeSpan Propagation = TimeSpan.FromSeconds(60);

    /// <summary>
    /// The additional time for each 100 KB, so that a response that trickles in is abandoned, but a slow connection is
    /// not.
    /// </summary>
    private static readonly TimeSpan TimeFor100Kilobytes = TimeSpan.FromSeconds(1);

    /// <summary>
    /// If only signed requests are refused, the auth token is wrong and not the site, so this is only a warning.
    /// </summary>
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
            var wrong = new ConcurrentBag<AssetDifference>();
            var parallel = new ParallelOptions
            {
                MaxDegreeOfParallelism = Math.Min(MaxParallelRequests, OpenFileLimit.GetMaxRequests()),
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
                            wrong.Add(problem);
                        }
                    }
                )
                .ConfigureAwait(false);

            if (wrong.IsEmpty || context.Clock.GetElapsedTime(started) >= Propagation)
            {
                return Report([.. wrong.OrderBy(difference => difference.Asset.Path, StringComparer.Ordinal)]);
            }

            left = wrong.Select(difference => difference.Asset).ToList();
            context.Logger.Log(LogLevel.Detail, $"{left.Count} assets do not match yet");
            await Task.Delay(Interval, context.Clock, cancellationToken).ConfigureAwait(false);
        }
    }

    private IReadOnlyList<Diagnostic> Report(IReadOnlyList<AssetDifference> differences)
    {
        if (differences.Count == 0 || differences.Any(difference => !difference.IsSignatureRejected))
        {
            return [.. differences.Select(difference => difference.Problem)];
        }

        context.Logger.Warn(
            DeploymentDiagnostics.SignatureRejected(differences[0].Asset.Path, differences.Count, site.Host)
        );
        return [];
    }

    private async Task<AssetDifference?> FindProblemAsync(
        HttpClient http,
        ManifestAsset asset,
        CancellationToken cancellationToken
    )
    {
        var url = new Uri(site, asset.Path.Value.TrimStart('/'));
        if (asset.Visibility == Visibility.Protected)
        {
            return await FindProtectedProblemAsync(http, url, asset, cancellationToken).ConfigureAwait(false);
        }

        if (asset.Visibility == Visibility.Public)
        {
            var content = await FetchAsync(http, url, asset, null, cancellationToken).ConfigureAwait(false);
            return Compare(asset, url, Describe(asset), content);
        }

        var status = await FetchAsync(http, url, null, null, cancellationToken).ConfigureAwait(false);
        return Compare(asset, url, NotReachable, NotReachableOr(status));
    }

    private async Task<AssetDifference?> FindProtectedProblemAsync(
        HttpClient http,
        Uri url,
        ManifestAsset asset,
        CancellationToken cancellationToken
    )
    {
        var unsigned = await FetchAsync(http, url, null, null, cancellationToken).ConfigureAwait(false);
        if (unsigned != Refused || settings.Credentials.Sign(url) is not { } signature)
        {
            return Compare(asset, url, Refused, unsigned);
        }

        var signed = await FetchAsync(http, url, asset, signature, cancellationToken).ConfigureAwait(false);
        return Compare(asset, url, Describe(asset), signed) is { } difference
            ? difference with
            {
                IsSignatureRejected = signed == Refused,
            }
            : null;
    }

    private static AssetDifference? Compare(ManifestAsset asset, Uri url, string expected, string found) =>
        expected == found
            ? null
            : new AssetDifference(
                asset,
                DeploymentDiagnostics.VerificationFailed(asset.Path, url.AbsoluteUri, expected, found)
            );

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
        using var limit = new CancellationTokenSource(GetTimeLimit(asset), context.Clock);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        using var timeout = new IdleTimeout(settings.RequestTimeout, context.Clock, stop.Token);
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

            var sha256 = await HashAsync(response.Content, asset.Size, timeout).ConfigureAwait(false);
            var contentType = response.Content.Headers.ContentType?.ToString() ?? "no content type";
            return $"200, {GetMediaType(contentType)}, {sha256}";
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return "no complete response in time";
        }
        catch (Exception failure) when (!cancellationToken.IsCancellationRequested && SiteFailures.Include(failure))
        {
            return $"no valid response ({failure.Message})";
        }
    }

    private TimeSpan GetTimeLimit(ManifestAsset? asset) =>
        settings.RequestTimeout + (TimeFor100Kilobytes * ((asset?.Size ?? 0) / 100_000.0));

    /// <summary>Reads at most one byte more than expected, because a body may not end.</summary>
    private static async Task<string> HashAsync(HttpContent content, long expectedSize, IdleTimeout timeout)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        await using var stream = await content.ReadAsStreamAsync(timeout.Token).ConfigureAwait(false);
        var buffer = new byte[16 * 1024];
        var size = 0L;
        int read;
        while ((read = await stream.ReadAsync(buffer, timeout.Token).ConfigureAwait(false)) > 0)
        {
            timeout.OnProgress();
            hash.AppendData(buffer, 0, read);
            size += read;
            if (size > expectedSize)
            {
                return $"more than {expectedSize} bytes";
            }
        }

        return $"sha256 {Convert.ToHexStringLower(hash.GetHashAndReset())}";
    }
}

/// <summary>An asset that the site does not serve as the manifest says.</summary>
/// <param name="IsSignatureRejected">Only the request with a signature was refused.</param>
internal sealed record AssetDifference(ManifestAsset Asset, Diagnostic Problem, bool IsSignatureRejected = false);
