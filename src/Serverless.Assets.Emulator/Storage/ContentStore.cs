using System.Buffers;
using System.Security.Cryptography;

namespace Serverless.Assets.Emulator.Storage;

/// <summary>File contents by SHA-256: <c>content/ab/abcd…</c>. The same content is stored once.</summary>
internal sealed class ContentStore
{
    private const int BufferSize = 64 * 1024;

    private readonly string _root;
    private readonly string _incoming;

    public ContentStore(string root)
    {
        _root = root;
        _incoming = Path.Combine(root, "incoming");
        if (Directory.Exists(_incoming))
        {
            Directory.Delete(_incoming, recursive: true); // what an emulator that was killed left half received
        }

        Directory.CreateDirectory(_incoming);
    }

    public string PathOf(string sha256) => Path.Combine(_root, sha256[..2], sha256);

    /// <summary>Copies a stream to disk, and stops writing (but not counting) after <paramref name="most"/> bytes.</summary>
    public async Task<IncomingContent> ReceiveAsync(
        Stream source,
        long most,
        string contentType,
        CancellationToken cancellationToken
    )
    {
        var file = Path.Combine(_incoming, Guid.NewGuid().ToString("N"));
        var buffer = ArrayPool<byte>.Shared.Rent(BufferSize);
        try
        {
            using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
            await using var target = new FileStream(
                file,
                FileMode.CreateNew,
                FileAccess.Write,
                FileShare.None,
                bufferSize: 0
            );
            long size = 0;
            int count;
            while ((count = await source.ReadAsync(buffer, cancellationToken)) > 0)
            {
                size += count;
                if (size <= most)
                {
                    hash.AppendData(buffer, 0, count);
                    await target.WriteAsync(buffer.AsMemory(0, count), cancellationToken);
                }
            }

            return new IncomingContent(file, Convert.ToHexStringLower(hash.GetHashAndReset()), size, contentType);
        }
        catch
        {
            File.Delete(file);
            throw;
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    /// <summary>Keeps a received content for good.</summary>
    public void Keep(IncomingContent content)
    {
        var target = PathOf(content.Sha256);
        if (!File.Exists(target))
        {
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            File.Move(content.File, target, overwrite: true); // two uploads of one content may meet here: either will do
        }
    }

    /// <summary>Deletes contents that nothing names any more. Only before the first request: later one may be on its way.</summary>
    public void DeleteUnused(Database database)
    {
        var used = database
            .Query("SELECT sha256 FROM versions UNION SELECT sha256 FROM build_entries", row => row.GetString(0))
            .ToHashSet();
        foreach (var file in Directory.EnumerateFiles(_root, "*", SearchOption.AllDirectories))
        {
            if (!used.Contains(Path.GetFileName(file)))
            {
                File.Delete(file);
            }
        }
    }
}
