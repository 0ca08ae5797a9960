namespace Serverless.Assets.Files;

/// <summary>The disk.</summary>
internal sealed class PhysicalFileSystem : IFileSystem
{
    /// <summary>No buffer of the stream's own: the callers read and write in large pieces.</summary>
    private const int Unbuffered = 0;

    /// <summary>A temporary file that is older is nobody's any more.</summary>
    private static readonly TimeSpan LongestWrite = TimeSpan.FromMinutes(10);

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
                return null; // links that lead round in a circle, or just deleted
            }
        }

        return file.Exists ? new FileStamp(file.Length, file.LastWriteTimeUtc, FileIdentity.Of(file)) : null;
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
        ClearAway(folder, $".{Path.GetFileName(path)}.*.tmp");
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

    /// <summary>A process that is killed while it writes leaves its temporary file behind.</summary>
    private static void ClearAway(string folder, string pattern)
    {
        var oldest = DateTime.UtcNow - LongestWrite;
        foreach (
            var left in new DirectoryInfo(folder)
                .EnumerateFiles(pattern, new EnumerationOptions { AttributesToSkip = 0 })
                .Where(file => file.LastWriteTimeUtc < oldest)
        )
        {
            left.Delete();
        }
    }
}
