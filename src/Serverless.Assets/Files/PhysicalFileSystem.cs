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
        if (file.LinkTarget is not null)
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

    public Stream OpenRead(string path) =>
        new FileStream(
            path,
            FileMode.Open,
            FileAccess.Read,
            FileShare.ReadWrite | FileShare.Delete,
            Unbuffered,
            FileOptions.Asynchronous | FileOptions.SequentialScan
        );

    public FileStream OpenExclusive(string path)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        return new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, Unbuffered);
    }

    public void WriteAtomically(string path, ReadOnlySpan<byte> content)
    {
        var folder = Path.GetDirectoryName(path)!;
        Directory.CreateDirectory(folder);
        DeleteAbandonedFiles(folder, $".{Path.GetFileName(path)}.*.tmp");
        var temporary = Path.Combine(
            folder,
            $".{Path.GetFileName(path)}.{Environment.ProcessId}-{Guid.NewGuid():n}.tmp"
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

            File.Move(temporary, path, overwrite: true);
        }
        catch
        {
            File.Delete(temporary);
            throw;
        }
    }

    public void Move(string source, string target) => File.Move(source, target, overwrite: true);

    public bool Exists(string path) => File.Exists(path);

    /// <summary>A process that is killed during a write cannot delete its temporary file.</summary>
    private static void DeleteAbandonedFiles(string folder, string pattern)
    {
        var limit = DateTime.UtcNow - MaxWriteTime;
        foreach (
            var file in new DirectoryInfo(folder)
                .EnumerateFiles(pattern, new EnumerationOptions { AttributesToSkip = 0 })
                .Where(candidate => candidate.LastWriteTimeUtc < limit)
        )
        {
            file.Delete();
        }
    }
}
