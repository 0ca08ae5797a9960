using System.Buffers;
using System.Net;
using Serverless.Assets.Diagnostics;
using Serverless.Assets.Files;
using Serverless.Assets.Planning;

namespace Serverless.Assets.Upload;

/// <summary>
/// A file as the body of a request: read in pieces while it is sent, hashed on the way, never whole in memory. Sends
/// exactly what was planned or fails.
/// </summary>
internal sealed class StreamedFileContent(HashedAsset asset, IFileSystem files, Action<int> onSent) : HttpContent
{
    protected override async Task SerializeToStreamAsync(
        Stream stream,
        TransportContext? context,
        CancellationToken cancellationToken
    )
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

                await stream.WriteAsync(buffer.AsMemory(0, read), cancellationToken).ConfigureAwait(false);
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
            throw Changed($"it shrank from {asset.Hash.Length} to {sent.Length} bytes");
        }

        if (sent != asset.Hash)
        {
            throw Changed("its content is not the same as when it was hashed");
        }
    }

    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) =>
        SerializeToStreamAsync(stream, context, CancellationToken.None);

    protected override bool TryComputeLength(out long length)
    {
        length = asset.Hash.Length;
        return true;
    }

    private Stream Open()
    {
        try
        {
            return files.OpenRead(asset.Asset.File);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw Unreadable(failure);
        }
    }

    /// <summary>What the disk says is not taken for the network's.</summary>
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

    private AssetException Unreadable(Exception failure) =>
        new(
            failure is FileNotFoundException or DirectoryNotFoundException
                ? DiscoveryDiagnostics.FileVanished(asset.Asset.DisplayPath, asset.Asset.File)
                : DiscoveryDiagnostics.FileUnreadable(asset.Asset.DisplayPath, failure.Message, asset.Asset.File),
            failure
        );

    private AssetException Changed(string what) =>
        new(DiscoveryDiagnostics.FileChanged(asset.Asset.DisplayPath, what, asset.Asset.File));
}
