using System.Buffers;
using Serverless.Assets.Client;
using Serverless.Assets.Diagnostics;
using Serverless.Assets.Files;
using Serverless.Assets.Planning;

namespace Serverless.Assets.Upload;

/// <summary>
/// Streams a file as the content of an upload, and hashes it on the way. It sends exactly the planned bytes, or fails.
/// </summary>
/// <param name="onSent">Called with the number of bytes after each block.</param>
internal sealed class HashedFileContent(HashedAsset asset, IFileSystem files, Action<int> onSent)
    : AssetContent(asset.Local.ContentType, fileName: null)
{
    internal override long? Length => asset.Hash.Length;

    /// <exception cref="AssetContentException">
    /// The file is missing, unreadable, or no longer the one that was hashed. The inner exception is an
    /// <see cref="AssetException"/>.
    /// </exception>
    internal override async Task WriteToAsync(Stream destination, CancellationToken cancellationToken)
    {
        using var hasher = new ContentHasher();
        var buffer = ArrayPool<byte>.Shared.Rent(ContentHasher.BufferSize);
        try
        {
            await using var file = Open();
            int read;
            while ((read = await ReadAsync(file, buffer, cancellationToken).ConfigureAwait(false)) > 0)
            {
                hasher.Append(buffer.AsSpan(0, read));
                if (hasher.Length > asset.Hash.Length)
                {
                    throw Changed($"it has grown beyond {asset.Hash.Length} bytes");
                }

                await destination.WriteAsync(buffer.AsMemory(0, read), cancellationToken).ConfigureAwait(false);
                onSent(read);
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }

        var sent = hasher.Finish();
        if (sent.Length != asset.Hash.Length)
        {
            throw Changed($"it has shrunk from {asset.Hash.Length} to {sent.Length} bytes");
        }

        if (sent != asset.Hash)
        {
            throw Changed("its content differs from when it was hashed");
        }
    }

    private Stream Open()
    {
        try
        {
            return files.OpenUnlinked(asset.Local.Target);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw Unreadable(failure);
        }
    }

    /// <summary>Distinguishes a disk error from a network error: both are an <see cref="IOException"/>.</summary>
    private async ValueTask<int> ReadAsync(Stream file, Memory<byte> buffer, CancellationToken cancellationToken)
    {
        try
        {
            return await file.ReadAsync(buffer, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw Unreadable(failure);
        }
    }

    private AssetContentException Unreadable(Exception failure) =>
        new(new AssetException(FileFailures.Explain(failure, asset.Local), failure));

    private AssetContentException Changed(string what) =>
        new(new AssetException(DiscoveryDiagnostics.FileChanged(asset.Local.DisplayPath, what, asset.Local.File)));
}
