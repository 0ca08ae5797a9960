using System.Net;
using Serverless.Assets.Client;
using Serverless.Assets.Connection;
using Serverless.Assets.Diagnostics;
using Serverless.Assets.Verification;

namespace Serverless.Assets.State.Site;

/// <summary>Fetches the state file of a live Build from its site, without credentials.</summary>
internal sealed class SiteStateReader(OperationContext operation, Sid serviceSid)
{
    /// <summary>New content appears a few seconds after a Deployment.</summary>
    private static readonly TimeSpan[] Waits =
    [
        TimeSpan.FromSeconds(1),
        TimeSpan.FromSeconds(2),
        TimeSpan.FromSeconds(4),
    ];

    /// <summary>Reads what is known of the Build. A state file that can't be used is only a warning.</summary>
    /// <param name="environment">The Environment whose site serves the Build.</param>
    /// <param name="build">The live Build.</param>
    public async Task<SiteState> ReadAsync(
        EnvironmentResource environment,
        BuildResource build,
        CancellationToken cancellationToken
    )
    {
        var version = FindVersion(build);
        if (version is null)
        {
            return new SiteState(build, version: null, file: null, key: null, operation.Client.Clock);
        }

        var file = await FindFileAsync(environment.Site, version, cancellationToken).ConfigureAwait(false);
        var key =
            file?.HiddenAssets.Count > 0 && version.AssetSid is { } assetSid
                ? await FindKeyAsync(assetSid, cancellationToken).ConfigureAwait(false)
                : null;
        return new SiteState(build, version, file, key, operation.Client.Clock);
    }

    /// <summary>Finds the newest state file of a Build, which normally has one.</summary>
    private static AssetVersionResource? FindVersion(BuildResource build) =>
        (build.AssetVersions ?? [])
            .Where(SiteStateFile.IsStateFile)
            .OrderByDescending(version => version.DateCreated)
            .ThenBy(version => version.Path, StringComparer.Ordinal)
            .FirstOrDefault();

    private async Task<SiteStateFile?> FindFileAsync(
        SiteAddress site,
        AssetVersionResource version,
        CancellationToken cancellationToken
    )
    {
        using var http = new HttpClient(operation.Engine.SiteHandler()) { Timeout = Timeout.InfiniteTimeSpan };
        var url = new Uri(site.Url, version.Path.TrimStart('/'));
        for (var attempt = 0; ; attempt++)
        {
            var (content, problem) = await FetchAsync(http, url, cancellationToken).ConfigureAwait(false);
            try
            {
                if (content is not null)
                {
                    return SiteStateFile.Parse(content, version.Path);
                }
            }
            catch (FormatException broken)
            {
                problem = broken.Message;
            }

            if (content is not null || attempt == Waits.Length)
            {
                operation.Engine.Logger.Warn(StateDiagnostics.SiteStateNotUsable(site.Domain, problem));
                return null;
            }

            operation.Engine.Logger.Log(LogLevel.Detail, $"{site.Domain} does not serve its state file yet: {problem}");
            await Task.Delay(Waits[attempt], operation.Engine.Clock, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <returns>The content, or null and the reason.</returns>
    private async Task<(byte[]? Content, string Problem)> FetchAsync(
        HttpClient http,
        Uri url,
        CancellationToken cancellationToken
    )
    {
        using var limit = new CancellationTokenSource(operation.Settings.RequestTimeout, operation.Engine.Clock);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        try
        {
            using var response = await http.GetAsync(url, HttpCompletionOption.ResponseHeadersRead, stop.Token)
                .ConfigureAwait(false);
            if (response.StatusCode != HttpStatusCode.OK)
            {
                return (null, $"the site responded with {(int)response.StatusCode}");
            }

            await using var stream = await response.Content.ReadAsStreamAsync(stop.Token).ConfigureAwait(false);
            return (await ReadAsync(stream, stop.Token).ConfigureAwait(false), "");
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return (null, "the site did not respond in time");
        }
        catch (Exception failure) when (!cancellationToken.IsCancellationRequested && SiteFailures.Include(failure))
        {
            return (null, failure.Message);
        }
    }

    /// <summary>Reads at most one byte more than a state file can have, because a body may not end.</summary>
    private static async Task<byte[]> ReadAsync(Stream stream, CancellationToken cancellationToken)
    {
        using var content = new MemoryStream();
        var buffer = new byte[16 * 1024];
        int read;
        while (
            content.Length <= SiteStateFile.MaxLength
            && (read = await stream.ReadAsync(buffer, cancellationToken).ConfigureAwait(false)) > 0
        )
        {
            content.Write(buffer, 0, read);
        }

        return content.Length <= SiteStateFile.MaxLength
            ? content.ToArray()
            : throw new InvalidDataException($"it is larger than {SiteStateFile.MaxLength / (1024 * 1024)} MB");
    }

    private async Task<HiddenAssetKey?> FindKeyAsync(Sid assetSid, CancellationToken cancellationToken)
    {
        try
        {
            var asset = await operation
                .Client.Assets.FetchAsync(serviceSid, assetSid, cancellationToken)
                .ConfigureAwait(false);
            return HiddenAssetKey.TryParse(asset.FriendlyName, out var key) ? key : null;
        }
        catch (ServerlessApiException notFound) when (notFound.Status == HttpStatusCode.NotFound)
        {
            return null;
        }
    }
}
