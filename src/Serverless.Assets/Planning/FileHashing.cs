using System.Threading.Channels;
using Serverless.Assets.Diagnostics;
using Serverless.Assets.Files;
using Serverless.Assets.Mapping;
using Serverless.Assets.Upload;

namespace Serverless.Assets.Planning;

/// <summary>
/// Hashes all files of a run in the background, largest first, so that the run does not end with a large file. The
/// results can be read while hashing continues.
/// </summary>
internal sealed class FileHashing : IAsyncDisposable
{
    private readonly AssetHasher _hasher;
    private readonly IFileSystem _files;
    private readonly UploadProgress _progress;
    private readonly CancellationTokenSource _stop;
    private readonly Channel<HashingResult> _results = Channel.CreateUnbounded<HashingResult>();
    private readonly Task _work;

    private FileHashing(
        IReadOnlyList<LocalAsset> assets,
        AssetHasher hasher,
        IFileSystem files,
        UploadProgress progress,
        CancellationToken cancellationToken
    )
    {
        Count = assets.Count;
        _hasher = hasher;
        _files = files;
        _progress = progress;
        _stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        _work = HashAllAsync(assets, _stop.Token);
    }

    /// <summary>The number of files.</summary>
    public int Count { get; }

    /// <summary>Starts hashing.</summary>
    /// <param name="progress">Receives the number of bytes to send.</param>
    public static FileHashing Start(
        IReadOnlyList<LocalAsset> assets,
        AssetHasher hasher,
        IFileSystem files,
        UploadProgress progress,
        CancellationToken cancellationToken
    ) => new(assets, hasher, files, progress, cancellationToken);

    /// <summary>Returns the result of each file as soon as it is available.</summary>
    public IAsyncEnumerable<HashingResult> ReadAllAsync(CancellationToken cancellationToken) =>
        _results.Reader.ReadAllAsync(cancellationToken);

    /// <summary>Cancels hashing and waits until it has stopped.</summary>
    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync().ConfigureAwait(false);
        await _work.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _stop.Dispose();
    }

    private async Task HashAllAsync(IReadOnlyList<LocalAsset> assets, CancellationToken cancellationToken)
    {
        try
        {
            var largestFirst = assets
                .Select(asset => (Asset: asset, Length: _files.Stat(asset.Target)?.Length ?? 0))
                .OrderByDescending(file => file.Length)
                .ToList();
            _progress.OnBytesToSend(largestFirst.Sum(file => file.Length));
            var parallel = new ParallelOptions
            {
                MaxDegreeOfParallelism = Environment.ProcessorCount,
                CancellationToken = cancellationToken,
            };
            await Parallel
                .ForEachAsync(
                    largestFirst,
                    parallel,
                    async (file, token) =>
                    {
                        var result = await HashAsync(file.Asset, file.Length, token).ConfigureAwait(false);
                        await _results.Writer.WriteAsync(result, token).ConfigureAwait(false);
                    }
                )
                .ConfigureAwait(false);
            _results.Writer.Complete();
        }
        catch (Exception failure)
        {
            _results.Writer.Complete(failure); // rethrown by the reader
        }
    }

    private async Task<HashingResult> HashAsync(
        LocalAsset asset,
        long expectedLength,
        CancellationToken cancellationToken
    )
    {
        try
        {
            var hashed = await _hasher.HashAsync(asset, cancellationToken).ConfigureAwait(false);
            _progress.OnBytesToSend(hashed.Hash.Length - expectedLength);
            return new HashingResult(asset, hashed.Hash.Length, hashed, []);
        }
        catch (AssetException failure)
        {
            return new HashingResult(asset, expectedLength, Hashed: null, failure.Diagnostics);
        }
    }
}

/// <summary>The result of hashing a file.</summary>
/// <param name="Length">The number of bytes to send.</param>
/// <param name="Hashed">Null if there are problems.</param>
internal sealed record HashingResult(
    LocalAsset Asset,
    long Length,
    HashedAsset? Hashed,
    IReadOnlyList<Diagnostic> Problems
);
