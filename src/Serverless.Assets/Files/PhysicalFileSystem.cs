using Serverless.Assets.Client;

namespace Serverless.Assets.Files;

/// <summary>The file system of this machine.</summary>
internal sealed class PhysicalFileSystem : IFileSystem
{
    /// <summary>The streams have no buffer of their own, because callers read and write large blocks.</summary>
    private const int Unbuffered = 0;

    /// <summary>No write takes longer than this, so an older temporary file is abandoned.</summary>
    private static readonly TimeSpan MaxWriteTime = TimeSpan.FromMinutes(10);

    public FileStamp? Stat(string path)
    {
        var file = new FileInfo(path);
        if (file.Exists && file.Attributes.HasFlag(FileAttributes.ReparsePoint) && file.LinkTarget is not null)
        {
            try
            {
                file = (FileInfo)file.ResolveLinkTarget(returnFinalTarget: true)!;
            }
            catch (IOException)
            {
                return null; // The links form a cycle, or the file was just deleted.
            }
        }

        return file.Exists ? new FileStamp(file.Length, file.LastWriteTimeUtc, FileIdentity.Get(file)) : null;
    }

    public Stream OpenRead(string path) => RegularFile.OpenRead(path);

    public Stream OpenUnlinked(string path)
    {
        var stream = OpenUnlessLinked(path);
        if (
            PathResolver.FindPath(stream.SafeFileHandle) != path
            && (PathResolver.HasLink(path) || FileIdentity.Get(stream.SafeFileHandle) != Stat(path)?.Identity)
        )
        {
            stream.Dispose();
            throw new LinkedFileException();
        }

        return stream;
    }

    public FileStream OpenExclusive(string path)
    {
        RegularFile.Require(FileStatus.GetKind(path));
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        var stream = new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, Unbuffered);
        RegularFile.Require(stream);
        return stream;
    }

    public Stream OpenShared(string path)
    {
        var kind = FileStatus.GetKind(path);
        if (kind is not (FileKind.NamedPipe or FileKind.CharacterDevice))
        {
            return OpenExclusive(path);
        }

        return UnixFile.TryOpenWrite(path) is { } handle
            ? new PipeWriter(new FileStream(handle, FileAccess.Write, Unbuffered))
            : throw new NotRegularFileException(
                kind,
                kind == FileKind.NamedPipe ? "a named pipe that no program reads" : null
            );
    }

    public void WriteAtomically(string path, ReadOnlySpan<byte> content)
    {
        var target = ReplaceableFile.Resolve(path);
        var folder = Path.GetDirectoryName(target)!;
        Directory.CreateDirectory(folder);
        DeleteAbandonedFiles(folder, $".{Path.GetFileName(target)}.*.tmp");
        var temporary = Path.Combine(
            folder,
            $".{Path.GetFileName(target)}.{Environment.ProcessId}-{Guid.NewGuid():n}.tmp"
        );
        try
        {
            using (
                var stream = new FileStream(temporary, FileMode.CreateNew, FileAccess.Write, FileShare.None, Unbuffered)
            )
            {
                stream.Write(content);
                stream.Flush(flushToDisk: true);
            }

            RegularFile.Require(FileStatus.GetKind(target));
            File.Move(temporary, target, overwrite: true);
        }
        catch
        {
            TryDelete(temporary); // the failure of the write is what matters
            throw;
        }
    }

    public void Move(string source, string target) =>
        File.Move(ReplaceableFile.Resolve(source), ReplaceableFile.Resolve(target), overwrite: true);

    public bool Exists(string path) => FileStatus.GetKind(path) != FileKind.None;

    /// <summary>Does not follow a link at the end of the path, where the system supports that.</summary>
    private static FileStream OpenUnlessLinked(string path)
    {
        try
        {
            return RegularFile.OpenRead(path, followsLink: false);
        }
        catch (IOException) when (PathResolver.HasLink(path))
        {
            throw new LinkedFileException();
        }
    }

    /// <summary>
    /// A process that is killed during a write cannot delete its temporary file. A file that cannot be deleted stays.
    /// </summary>
    private static void DeleteAbandonedFiles(string folder, string pattern)
    {
        var limit = DateTime.UtcNow - MaxWriteTime;
        var all = new EnumerationOptions { AttributesToSkip = 0 }; // and none if the folder cannot be listed
        foreach (
            var file in new DirectoryInfo(folder)
                .EnumerateFiles(pattern, all)
                .Where(candidate =>
                    candidate.LastWriteTimeUtc < limit && FileStatus.GetKind(candidate.FullName) == FileKind.Regular
                )
        )
        {
            TryDelete(file.FullName);
        }
    }

    private static void TryDelete(string file)
    {
        try
        {
            File.Delete(file);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            // Another program has it open, or it belongs to another user.
        }
    }
}

/// <summary>A file that had no link on its path has one now.</summary>
internal sealed class LinkedFileException()
    : IOException("it, or a folder on its path, was replaced after the files were listed");
