using System.Collections.Concurrent;
using System.Net;
using Serverless.Assets.Client;
using Serverless.Assets.Connection;
using Serverless.Assets.Diagnostics;
using Serverless.Assets.Planning;
using Serverless.Assets.State;

namespace Serverless.Assets.Upload;

/// <summary>
/// Plans and uploads files concurrently while others are still being hashed: no step waits until the previous one has
/// finished with all files. A failed file does not stop the others.
/// </summary>
internal sealed class ConcurrentUploader(UploadSession session, OperationContext operation)
{
    /// <summary>
    /// The maximum number of files in progress, each with at most one request. <see cref="AdaptiveConcurrency"/>
    /// decides how many requests are in flight; this only limits how many wait.
    /// </summary>
    private const int MaxFilesInProgress = 256;

    private readonly UploadProgress _progress = session.Progress;
    private readonly ConcurrentBag<CompletedUpload> _completed = [];
    private readonly ConcurrentBag<Diagnostic> _failures = [];
    private readonly ConcurrentBag<ServerlessApiException> _failedRequests = [];
    private int _withoutAsset;

    private IReadOnlyList<Diagnostic> SortedFailures =>
        [.. _failures.OrderBy(failure => failure.File, StringComparer.Ordinal)];

    /// <returns>All files, in no order.</returns>
    /// <exception cref="AssetException">Files failed. The exception contains all errors.</exception>
    public async Task<IReadOnlyCollection<CompletedUpload>> UploadAsync(
        FileHashing hashing,
        CancellationToken cancellationToken
    )
    {
        _withoutAsset = hashing.Count;
        var parallel = new ParallelOptions
        {
            MaxDegreeOfParallelism = MaxFilesInProgress,
            CancellationToken = cancellationToken,
        };
        try
        {
            using var report = new ProgressReport(_progress, operation.Engine);
            await Parallel
                .ForEachAsync(
                    hashing.ReadAllAsync(cancellationToken),
                    parallel,
                    async (file, token) => await ProcessAsync(file, cancellationToken, token).ConfigureAwait(false)
                )
                .ConfigureAwait(false);
        }
        catch (Exception)
        {
            // What ended the run comes first, followed by the files that had failed by then.
            operation.AlsoReport(SortedFailures);
            throw;
        }

        return _failures.IsEmpty
            ? _completed
            : throw new AssetException(
                FindCommonCause() is { } cause ? [ServiceFailures.Explain(cause, session.Settings)] : SortedFailures
            );
    }

    /// <summary>
    /// Finds the failure that explains all others: the key may not write, or the upload endpoint is unreachable. Only
    /// the end of the run shows that: a proxy may reject one file, and a connection may work again.
    /// </summary>
    /// <returns>Null if a file was uploaded, or the files failed for different reasons.</returns>
    private ServerlessApiException? FindCommonCause()
    {
        var failed = _failedRequests.OrderBy(failure => failure.Request.Subject, StringComparer.Ordinal).ToList();
        return
            failed.Count == _failures.Count
            && _completed.All(completed => completed.Asset.Status == AssetStatus.Unchanged)
            && (
                failed.TrueForAll(failure => failure.Status == HttpStatusCode.Forbidden)
                || failed.TrueForAll(failure => failure.Failure == ApiFailure.Unreachable)
            )
            ? failed[0]
            : null;
    }

    /// <param name="wholeRun">Not canceled if another file fails.</param>
    private async Task ProcessAsync(HashingResult file, CancellationToken wholeRun, CancellationToken cancellationToken)
    {
        var isAssetKnown = false;
        IDisposable? place = null;
        UploadTurn? turn = null;
        try
        {
            if (file.Hashed is not { } hashed)
            {
                Fail(file, file.Problems);
                return;
            }

            var planned = await session.Planner.PlanAsync(hashed, cancellationToken).ConfigureAwait(false);
            if (planned.Remembered is { } remembered)
            {
                Complete(hashed, UploadedAsset.FromUnchanged(hashed, remembered));
                return;
            }

            turn = await session
                .Shared.WaitForTurnAsync(session.Planner.GetKey(hashed), cancellationToken)
                .ConfigureAwait(false);
            if (turn.Existing is { } existing)
            {
                Complete(hashed, UploadedAsset.FromUnchanged(hashed, existing));
                return;
            }

            session.Manifest.WithdrawBeforeUpload();
            var assetSid = await session
                .Uploader.GetAssetAsync(hashed, turn, () => place = operation.Client.Gate.Reserve(), cancellationToken)
                .ConfigureAwait(false);
            isAssetKnown = true;
            OnAssetKnown(wholeRun);
            var upload = session.Uploader.UploadAsync(hashed, assetSid, cancellationToken);
            place?.Dispose(); // the request waits now, so no other Asset is created before
            var uploaded = await upload.ConfigureAwait(false);
            await turn.CompleteAsync(session.Uploader.ToRemembered(hashed, uploaded)).ConfigureAwait(false);
            Complete(hashed, uploaded);
        }
        catch (AssetException failure) when (!EndsRun(failure))
        {
            Fail(file, failure.Diagnostics);
        }
        catch (ServerlessApiException failure) when (!EndsRun(failure))
        {
            _failedRequests.Add(failure);
            Fail(file, [ServiceDiagnostics.UploadFailed(file.Asset.DisplayPath, file.Asset.File, failure)]);
        }
        finally
        {
            place?.Dispose();
            if (turn is not null)
            {
                await turn.EndAsync().ConfigureAwait(false);
            }

            if (!isAssetKnown)
            {
                OnAssetKnown(wholeRun); // unchanged or failed: this run creates no Asset for it
            }
        }
    }

    /// <summary>
    /// When no more Assets will be created, releases the lock for other runs and starts reading the list ahead.
    /// </summary>
    private void OnAssetKnown(CancellationToken wholeRun)
    {
        _progress.OnPrepared();
        if (Interlocked.Decrement(ref _withoutAsset) == 0)
        {
            session.Assets.CreationLock?.Release();
            session.Duplicates.ListAhead(wholeRun);
        }
    }

    private void Complete(HashedAsset hashed, UploadedAsset uploaded)
    {
        _completed.Add(new CompletedUpload(hashed, uploaded));
        _progress.OnDone(uploaded.Status);
        if (uploaded.Status == AssetStatus.Unchanged)
        {
            _progress.OnBytesToSend(-uploaded.Size);
        }

        var asset = hashed.Local;
        operation.Engine.Logger.Log(
            LogLevel.Detail,
            $"{uploaded.Status} {asset.DisplayPath} -> {asset.Path} "
                + $"({asset.Visibility.ToWireValue()}, {uploaded.Size} bytes, {uploaded.AssetVersionSid})"
        );
    }

    private void Fail(HashingResult file, IReadOnlyList<Diagnostic> problems)
    {
        _progress.OnFailed();
        _progress.OnBytesToSend(-file.Length);
        foreach (var problem in problems)
        {
            _failures.Add(problem);
            operation.Engine.Logger.Log(LogLevel.Detail, $"Failed {file.Asset.DisplayPath}: {problem.Code}");
        }
    }

    /// <summary>Whether the failure is not about one file.</summary>
    private bool EndsRun(AssetException failure) =>
        failure == session.Manifest.WithdrawalFailure || failure == session.Assets.Live.Failure;

    /// <summary>Whether every file would fail in the same way, so that the failure is reported once.</summary>
    private static bool EndsRun(ServerlessApiException failure) =>
        failure.Failure is ApiFailure.Insecure or ApiFailure.UnknownHost
        || failure.Status == HttpStatusCode.Unauthorized
        || failure.Request.Operation
            is not (ApiOperation.CreateAssetVersion or ApiOperation.CreateAsset or ApiOperation.FetchAssetVersion);
}

/// <summary>A file and the Asset Version with its content.</summary>
internal sealed record CompletedUpload(HashedAsset Content, UploadedAsset Asset);
