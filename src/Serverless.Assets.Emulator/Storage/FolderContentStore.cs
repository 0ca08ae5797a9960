using System.Buffers;
using Serverless.Assets.Emulator.Hosting;

namespace Serverless.Assets.Emulator.Storage;

/// <summary>
/// Stores the content of files by SHA-256, as <c>ab/abcd…</c> below its root folder. Deletes only files with names
/// such as it creates: the data folder can be a project that has a folder of the same name. A file that an emulator was
/// writing when it was killed is not referenced, so the next start deletes it.
/// </summary>
internal sealed class FolderContentStore : IContentStore
{
    /// <summary>Bytes that are received into memory. Longer content is written to disk as it arrives.</summary>
    private const int MaxInMemory = 64 * 1024;

    private readonly string _root;
    private readonly string _incoming;
    private readonly Lock _keeping = new();

    public FolderContentStore(string root)
    {
        _root = root;
        _incoming = Path.Combine(root, "incoming");
        CreateFolder(root);
        PrivateFiles.Restrict(root);
        CreateFolder(_incoming);

        // Partial uploads remain if an emulator is killed.
        Delete(_incoming, name => !Path.HasExtension(name));
    }

    public async Task<IncomingContent> ReceiveAsync(
        Stream source,
        long maxSize,
        string contentType,
        CancellationToken cancellationToken
    )
    {
        var buffer = ArrayPool<byte>.Shared.Rent(MaxInMemory);
        try
        {
            var count = await source.ReadAtLeastAsync(
                buffer,
                MaxInMemory,
                throwOnEndOfStream: false,
                cancellationToken
            );
            return count < MaxInMemory
                ? IncomingBytes.Copy(buffer.AsSpan(0, count), contentType)
                : await ReceiveFileAsync(buffer, count, source, maxSize, contentType, cancellationToken);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    /// <summary>Stores received content in its permanent place.</summary>
    public void Keep(IncomingContent content)
    {
        var target = GetPath(content.Sha256);
        lock (_keeping) // the same content may be received twice at the same time
        {
            if (FindObstacle(target) is { } obstacle)
            {
                throw new StoredContentException(content.Sha256, obstacle);
            }

            if (File.Exists(target) && IsIntact(target))
            {
                return;
            }

            PrivateFiles.CreateFolder(Path.GetDirectoryName(target)!);
            File.Delete(target);
            if (content is IncomingFile { File: var file })
            {
                File.Move(file, target);
            }
            else
            {
                Write(target, ((IncomingBytes)content).Bytes);
            }
        }
    }

    /// <exception cref="StoredContentException">There is no such file, or something else in its place.</exception>
    public Stream OpenRead(string sha256)
    {
        if (!IsHash(sha256))
        {
            throw new StoredContentException(sha256, "it is not a SHA-256");
        }

        var file = GetPath(sha256);
        try
        {
            return FindProblem(file) is { } problem
                ? throw new StoredContentException(sha256, problem) { IsMissing = !File.Exists(file) }
                : PrivateFiles.Open(file, FileMode.Open, FileShare.ReadWrite | FileShare.Delete);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new StoredContentException(sha256, exception.Message) { IsMissing = !File.Exists(file) };
        }
    }

    public void Delete(string sha256)
    {
        if (!IsHash(sha256) || GetPath(sha256) is not { } file || FindObstacle(file) is not null)
        {
            return; // not a file of the emulator
        }

        try
        {
            File.Delete(file);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // Nothing refers to it, so it is only a waste of space until the next start.
        }
    }

    /// <summary>Deletes all content except the given.</summary>
    public void DeleteAllExcept(HashSet<string> hashes)
    {
        foreach (var folder in Directory.EnumerateDirectories(_root).Where(folder => !IsLink(folder)))
        {
            Delete(folder, name => IsContent(Path.GetFileName(folder), name) && !hashes.Contains(name));
        }
    }

    private async Task<IncomingFile> ReceiveFileAsync(
        byte[] buffer,
        int count,
        Stream rest,
        long maxSize,
        string contentType,
        CancellationToken cancellationToken
    )
    {
        var file = Path.Combine(_incoming, Guid.NewGuid().ToString("N"));
        try
        {
            await using var target = PrivateFiles.Open(file, FileMode.CreateNew);
            var (sha256, size) = await ContentCopy.ReceiveAsync(
                buffer,
                count,
                rest,
                target,
                maxSize,
                cancellationToken
            );
            return new IncomingFile(file, sha256, size, contentType);
        }
        catch
        {
            File.Delete(file);
            throw;
        }
    }

    private static void Write(string file, ReadOnlySpan<byte> content)
    {
        try
        {
            using var stream = PrivateFiles.Open(file, FileMode.CreateNew);
            stream.Write(content);
        }
        catch
        {
            File.Delete(file);
            throw;
        }
    }

    /// <summary>Creates a folder unless it exists. A link in its place could lead to files of someone else.</summary>
    private static void CreateFolder(string path)
    {
        if (IsLink(path))
        {
            throw new IOException($"'{path}' is a symbolic link");
        }

        PrivateFiles.CreateFolder(path);
    }

    /// <returns>Null if the path is that of a file, which can still be a pipe.</returns>
    private static string? FindProblem(string file) =>
        FindObstacle(file)
        ?? (
            IsLink(file) ? $"'{file}' is a symbolic link"
            : !File.Exists(file) ? $"'{file}' does not exist"
            : null
        );

    /// <summary>Finds what an upload of the same content does not replace.</summary>
    private static string? FindObstacle(string file) =>
        Path.GetDirectoryName(file)! is var folder && IsLink(folder) ? $"'{folder}' is a symbolic link"
        : Directory.Exists(file) && !IsLink(file) ? $"'{file}' is a folder"
        : null;

    private static bool IsIntact(string file)
    {
        try
        {
            PrivateFiles.Open(file, FileMode.Open, FileShare.ReadWrite | FileShare.Delete).Dispose();
            return true;
        }
        catch (IOException)
        {
            return false; // a link or a pipe
        }
    }

    private static bool IsLink(string path) => new FileInfo(path).LinkTarget is not null;

    private static bool IsHash(string name) => name.Length == 64 && name.All(char.IsAsciiHexDigitLower);

    private static bool IsContent(string folder, string name) =>
        folder.Length == 2 && name.StartsWith(folder, StringComparison.Ordinal) && name.All(char.IsAsciiHexDigitLower);

    private static void Delete(string folder, Func<string, bool> selects)
    {
        foreach (var file in Directory.EnumerateFiles(folder).Where(file => selects(Path.GetFileName(file))))
        {
            File.Delete(file);
        }
    }

    private string GetPath(string sha256) => Path.Combine(_root, sha256[..2], sha256);

    /// <summary>Content in a temporary file. Disposing deletes the file unless the content was kept.</summary>
    private sealed class IncomingFile(string file, string sha256, long size, string contentType)
        : IncomingContent(sha256, size, contentType)
    {
        public string File => file;

        public override Stream OpenRead() => System.IO.File.OpenRead(file);

        public override void Dispose() => System.IO.File.Delete(file);
    }
}

/// <summary>Content that a database refers to can't be read. The message has the reason and the remedy.</summary>
internal sealed class StoredContentException(string sha256, string problem)
    : Exception(
        $"The content of '{sha256}' can't be used: {problem.TrimEnd('.')}. Remove what is there and upload it again, or "
            + "delete the data folder to start without data."
    )
{
    public string Sha256 => sha256;

    /// <summary>Whether there is nothing to read. That is no error if nothing refers to it any longer either.</summary>
    public bool IsMissing { get; init; }
}
