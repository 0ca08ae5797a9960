using System.Collections.Concurrent;
using System.Threading.Channels;
using Serverless.Assets.Client;
using Serverless.Assets.Diagnostics;
using Serverless.Assets.Mapping;
using Serverless.Assets.Planning;
using Serverless.Assets.Settings;

namespace Serverless.Assets.Upload;

/// <summary>
/// Takes all files through hashing, planning and uploading at once, with no barrier between the steps: while some are
/// hashed, others are sent. Large files start first, so that none of them is alone at the end. One failing file does not
/// stop the others.
/// </summary>
internal sealed class UploadEngine(
    AssetHasher hasher,
    UploadProgress progress,
    ValidatedServiceSettings options,
    EngineContext context
)
{
    /// <summary>
    /// Files under way at once, each with at most one request. How many requests are really in flight is decided by
    /// <see cref="AdaptiveConcurrency"/>; this only bounds what waits for it.
    /// </summary>
    private const int MaxFilesUnderWay = 256;

    private readonly ConcurrentDictionary<string, UploadedAsset> _done = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, HashedAsset> _sent = new(StringComparer.Ordinal);
    private int _withoutAsset;
    private CancellationToken _whole;

    /// <param name="open">Reaches the service; runs while the first files are hashed.</param>
    /// <exception cref="AssetException">Some files failed: all of them are named.</exception>
    public async Task<IReadOnlyList<UploadedAsset>> RunAsync(
        IReadOnlyList<LocalAsset> assets,
        Func<CancellationToken, Task<UploadSession>> open,
        CancellationToken cancellationToken
    )
    {
        _withoutAsset = assets.Count;
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        _whole = stop.Token;
        var hashed = Channel.CreateUnbounded<HashedAsset>();
        var hashing = HashAllAsync(assets, hashed.Writer, stop.Token);
        try
        {
            var session = await open(stop.Token).ConfigureAwait(false);
            using var report = new ProgressReport(progress, context);
            await Parallel
                .ForEachAsync(
                    hashed.Reader.ReadAllAsync(stop.Token),
                    new ParallelOptions { MaxDegreeOfParallelism = MaxFilesUnderWay, CancellationToken = stop.Token },
                    async (asset, token) => await TryAsync(asset, session, token).ConfigureAwait(false)
                )
                .ConfigureAwait(false);
            await hashing.ConfigureAwait(false);
            await session.Settlement.SettleAsync(_done, _sent, stop.Token).ConfigureAwait(false);
        }
        catch (ServerlessApiException failure) when (!progress.Failures.IsEmpty)
        {
            // What ends the run comes first, but what failed before it is not lost.
            throw new AssetException([ServiceFailures.Explain(failure, options), .. Failures()]);
        }
        finally
        {
            await stop.CancelAsync().ConfigureAwait(false);
            await hashing.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        return progress.Failures.IsEmpty
            ? _done.Values.OrderBy(asset => asset.Asset.Path, StringComparer.Ordinal).ToList()
            : throw new AssetException(Failures());
    }

    private List<Diagnostic> Failures() =>
        [.. progress.Failures.OrderBy(failure => failure.File, StringComparer.Ordinal)];

    private async Task HashAllAsync(
        IReadOnlyList<LocalAsset> assets,
        ChannelWriter<HashedAsset> hashed,
        CancellationToken cancellationToken
    )
    {
        try
        {
            var largestFirst = assets
                .Select(asset => (Asset: asset, Length: context.Files.Stat(asset.File)?.Length ?? 0))
                .OrderByDescending(file => file.Length)
                .ToList();
            progress.OnBytesToSend(largestFirst.Sum(file => file.Length));
            await Parallel
                .ForEachAsync(
                    largestFirst,
                    new ParallelOptions
                    {
                        MaxDegreeOfParallelism = Environment.ProcessorCount,
                        CancellationToken = cancellationToken,
                    },
                    async (file, token) =>
                    {
                        try
                        {
                            var asset = await hasher.HashAsync(file.Asset, token).ConfigureAwait(false);
                            progress.OnBytesToSend(asset.Hash.Length - file.Length);
                            await hashed.WriteAsync(asset, token).ConfigureAwait(false);
                        }
                        catch (AssetException failure)
                        {
                            Fail(file.Asset, file.Length, failure.Diagnostics);
                        }
                    }
                )
                .ConfigureAwait(false);
            hashed.Complete();
        }
        catch (Exception failure)
        {
            hashed.Complete(failure); // whoever reads gets it
        }
    }

    private async Task TryAsync(HashedAsset asset, UploadSession session, CancellationToken cancellationToken)
    {
        var onAssetKnown = new OnceAction(() =>
        {
            progress.OnPrepared();
            if (Interlocked.Decrement(ref _withoutAsset) == 0)
            {
                session.Turn?.Leave();
                session.Settlement.LookAhead(_whole); // outlives this file
            }
        });
        try
        {
            var planned = await session.Planner.PlanAsync(asset, cancellationToken).ConfigureAwait(false);
            _sent[asset.Asset.Path] = asset;
            var done = planned.Remembered is { } remembered
                ? new UploadedAsset(
                    asset.Asset,
                    remembered.AssetVersionSid,
                    remembered.AssetSid,
                    asset.Hash.Length,
                    asset.Hash.Sha256,
                    asset.Hash.Sha384,
                    AssetStatus.Unchanged
                )
                : await session.UploadAsync(asset, onAssetKnown.Invoke, cancellationToken).ConfigureAwait(false);
            _done[asset.Asset.Path] = done;
            progress.OnDone(done.Status);
            if (done.Status == AssetStatus.Unchanged)
            {
                progress.OnBytesToSend(-done.Size);
            }

            context.Logger.Log(
                LogLevel.Detail,
                $"{done.Status} {asset.Asset.DisplayPath} -> {asset.Asset.Path} ({asset.Asset.Visibility.ToWireValue()}, {done.Size} bytes, {done.AssetVersionSid})"
            );
        }
        catch (AssetException failure)
        {
            Fail(asset.Asset, asset.Hash.Length, failure.Diagnostics);
        }
        catch (ServerlessApiException failure) when (!EndsAll(failure))
        {
            Fail(
                asset.Asset,
                asset.Hash.Length,
                [ServiceDiagnostics.UploadFailed(asset.Asset.DisplayPath, asset.Asset.File, failure)]
            );
        }
        finally
        {
            onAssetKnown.Invoke(); // unchanged or failed, it will have none created any more
        }
    }

    /// <summary>What would fail each file in the same way is said once; what concerns one file does not stop the others.</summary>
    private static bool EndsAll(ServerlessApiException failure) =>
        failure.Failure is ApiFailure.Insecure or ApiFailure.UnknownHost
        || failure.Status == System.Net.HttpStatusCode.Unauthorized
        || failure.Request.Operation
            is not (ApiOperation.CreateAssetVersion or ApiOperation.CreateAsset or ApiOperation.FetchAssetVersion);

    private void Fail(LocalAsset asset, long length, IReadOnlyList<Diagnostic> diagnostics)
    {
        progress.OnFailed();
        progress.OnBytesToSend(-length);
        foreach (var diagnostic in diagnostics)
        {
            progress.Failures.Add(diagnostic);
            context.Logger.Log(LogLevel.Detail, $"Failed {asset.DisplayPath}: {diagnostic.Code}");
        }
    }
}
