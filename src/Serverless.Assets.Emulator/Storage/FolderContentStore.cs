using System.Buffers;
using System.Security.Cryptography;
using Serverless.Assets.Emulator.Hosting;

namespace Serverless.Assets.Emulator.Storage;

/// <summary>
/// Stores the content of files by SHA-256, as <c>ab/abcd…</c> below its root folder. Deletes only files with names
/// such as it creates: the data folder can be a project that has a folder of the same name.
/// </summary>
internal sealed class ContentStore
{
    private const int BufferSize = 64 * 1024;

    private readonly string _root;
    private readonly string _incoming;

    public ContentStore(string root)
    {
        _root = root;
        _incoming = Path.Combine(root, "incoming");
        PrivateFiles.CreateFolder(root);
        PrivateFiles.Restrict(root);
        PrivateFiles.CreateFolder(_incoming);

        // Partial uploads remain if an emulator is killed.
        Delete(_incoming, name => !Path.HasExtension(name));
    }

    public string GetPath(string sha256) => Path.Combine(_root, sha256[..2], sha256);

    /// <summary>
    /// Copies a stream to a temporary file. After <paramref name="maxSize"/> bytes, it only counts the rest and no
    /// longer writes.
    /// </summary>
    public async Task<IncomingContent> ReceiveAsync(
        Stream source,
        long maxSize,
        string contentType,
        CancellationToken cancellationToken
    )
    {
        var file = Path.Combine(_incoming, Guid.NewGuid().ToString("N"));
        var buffer = ArrayPool<byte>.Shared.Rent(BufferSize);
        try
        {
            using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
            await using var target = PrivateFiles.Open(file, FileMode.CreateNew);
            long size = 0;
            int count;
            while ((count = await source.ReadAsync(buffer, cancellationToken)) > 0)
            {
                size += count;
                if (size <= maxSize)
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

    /// <summary>Moves received content to its permanent place.</summary>
    public void Keep(IncomingContent content)
    {
        var target = GetPath(content.Sha256);
        if (!File.Exists(target))
        {
            PrivateFiles.CreateFolder(Path.GetDirectoryName(target)!);

            // Concurrent uploads of the same content may get here. Either file is correct.
            File.Move(content.File, target, overwrite: true);
        }
    }

    /// <summary>
    /// Deletes all content except the given. Call it before the first request: later, an upload may be kept but not yet
    /// referenced.
    /// </summary>
    public void DeleteAllExcept(HashSet<string> hashes)
    {
        foreach (var folder in Directory.EnumerateDirectories(_root))
        {
            Delete(folder, name => IsContent(Path.GetFileName(folder), name) && !hashes.Contains(name));
        }
    }

    private static bool IsContent(string folder, string name) =>
        folder.Length == 2 && name.StartsWith(folder, StringComparison.Ordinal) && name.All(char.IsAsciiHexDigitLower);

    private static void Delete(string folder, Func<string, bool> selects)
    {
        foreach (var file in Directory.EnumerateFiles(folder).Where(file => selects(Path.GetFileName(file))))
        {
            File.Delete(file);
        }
    }
}

/// <summary>Received content in a temporary file. Disposing deletes the file unless the content was kept.</summary>
internal sealed record IncomingContent(string File, string Sha256, long Size, string ContentType) : IDisposable
{
    public void Dispose() => System.IO.File.Delete(File);
}
