using System.Buffers;
using Polly;
using Serverless.Assets.Client;
using Serverless.Assets.Diagnostics;
using Serverless.Assets.Files;
using Serverless.Assets.Mapping;
using Serverless.Assets.State;

namespace Serverless.Assets.Planning;

/// <summary>
/// Hashes files. Reads a file only if its size, time stamp or identity has changed since an earlier run hashed it.
/// </summary>
/// <param name="state">Records the hashes; null: every file is read.</param>
internal sealed class AssetHasher(IFileSystem files, UploadState? state, TimeProvider clock)
{
    /// <summary>
    /// A file that was written shortly before it was hashed may be written again without a new time stamp (the "racy
    /// git" problem), so its hash is not recorded. Some file systems have a time stamp resolution of two seconds.
    /// </summary>
    private static readonly TimeSpan TimeStampStep = TimeSpan.FromSeconds(2);

    private readonly ResiliencePipeline _retries = RetryPolicy.CreateForFiles(clock);

    /// <exception cref="AssetException">The file is missing or unreadable, or it changed while it was read.</exception>
    public async Task<HashedAsset> HashAsync(LocalAsset asset, CancellationToken cancellationToken)
    {
        try
        {
            var stamp = GetStamp(asset);
            if (state?.FindHash(asset.DisplayPath, stamp) is { } known)
            {
                return new HashedAsset(asset, stamp, known);
            }

            var hash = await _retries
                .ExecuteAsync(
                    async token => await ReadAsync(asset.Target, token).ConfigureAwait(false),
                    cancellationToken
                )
                .ConfigureAwait(false);
            if (GetStamp(asset) != stamp || hash.Length != stamp.Length)
            {
                throw new AssetException(
                    DiscoveryDiagnostics.FileChanged(
                        asset.DisplayPath,
                        "its size or last write time changed while it was read",
                        asset.File
                    )
                );
            }

            if (clock.GetUtcNow().UtcDateTime - stamp.LastWrite >= TimeStampStep)
            {
                state?.RecordHash(asset.DisplayPath, stamp, hash);
            }

            return new HashedAsset(asset, stamp, hash);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new AssetException(FileFailures.Explain(failure, asset), failure);
        }
    }

    private FileStamp GetStamp(LocalAsset asset) =>
        files.Stat(asset.Target)
        ?? throw new AssetException(DiscoveryDiagnostics.FileVanished(asset.DisplayPath, asset.File));

    private async Task<ContentHash> ReadAsync(string file, CancellationToken cancellationToken)
    {
        using var hasher = new ContentHasher();
        var buffer = ArrayPool<byte>.Shared.Rent(ContentHasher.BufferSize);
        try
        {
            await using var stream = files.OpenUnlinked(file);
            int read;
            while ((read = await stream.ReadAsync(buffer, cancellationToken).ConfigureAwait(false)) > 0)
            {
                hasher.Append(buffer.AsSpan(0, read));
            }

            return hasher.Finish();
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }
}
