using System.Threading.Channels;
using Serverless.Assets.Diagnostics;
using Serverless.Assets.Files;
using Serverless.Assets.Mapping;
using Serverless.Assets.Upload;

namespace Serverless.Assets.Planning;

/// <summary>
/// Hashes all files of a run in the background, the largest first, so that no large file is left for the end. The results
/// are read while the hashing goes on.
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
        _hasher = hasher;
        _files = files;
        _progress = progress;
        _stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        _work = HashAllAsync(assets, _stop.Token);
    }

    /// <summary>Starts to hash the files.</summary>
    /// <param name="progress">Learns how many bytes there are to send.</param>
    public static FileHashing Start(
        IReadOnlyList<LocalAsset> assets,
        AssetHasher hasher,
        IFileSystem files,
        UploadProgress progress,
        CancellationToken cancellationToken
    ) => new(assets, hasher, files, progress, cancellationToken);

    /// <summary>One result for each file, as soon as it is there.</summary>
    public IAsyncEnumerable<HashingResult> ReadAllAsync(CancellationToken cancellationToken) =>
        _results.Reader.ReadAllAsync(cancellationToken);

    /// <summary>Stops the hashing and waits for it to end.</summary>
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
                .Select(asset => (Asset: asset, Length: _files.Stat(asset.File)?.Length ?? 0))
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
            _results.Writer.Complete(failure); // thrown to the reader
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

/// <summary>A file that was hashed, or could not be.</summary>
/// <param name="Length">Bytes that count as bytes to send.</param>
/// <param name="Hashed">Null when there are problems.</param>
internal sealed record HashingResult(
    LocalAsset Asset,
    long Length,
    HashedAsset? Hashed,
    IReadOnlyList<Diagnostic> Problems
);
