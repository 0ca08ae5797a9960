namespace Serverless.Assets.Client;

/// <summary>
/// Opens regular files, and nothing else. A pipe would block until another program writes, a device may never end, and
/// opening one can have an effect.
/// </summary>
internal static class RegularFile
{
    /// <summary>The limit for files that people write, such as settings: 4 MB.</summary>
    public const int MaxSmallFile = 4 * 1024 * 1024;

    /// <summary>The limit for files that programs write with a line or more for each asset: 64 MB.</summary>
    public const int MaxDocument = 64 * 1024 * 1024;

    /// <summary>The streams have no buffer of their own, because callers read large blocks.</summary>
    private const int Unbuffered = 0;

    /// <exception cref="NotRegularFileException">The path leads to something else.</exception>
    public static void Require(FileKind kind)
    {
        if (kind is not (FileKind.Regular or FileKind.None))
        {
            throw new NotRegularFileException(kind);
        }
    }

    /// <summary>
    /// Opens a file to read it once from start to end. Other programs may write, rename and delete it meanwhile.
    /// </summary>
    /// <param name="followsLink">
    /// Whether the path may be that of a link. If not, a caller that wants to be certain checks the opened file,
    /// because not all systems support this.
    /// </param>
    /// <exception cref="NotRegularFileException">It is not a regular file.</exception>
    public static FileStream OpenRead(string path, bool followsLink = true)
    {
        Require(FileStatus.GetKind(path));
        var stream = UnixFile.TryOpenRead(path, followsLink) is { } handle
            ? new FileStream(handle, FileAccess.Read, Unbuffered)
            : Open(path);
        Require(stream);
        return stream;
    }

    /// <summary>Reads a file of limited size into memory.</summary>
    /// <exception cref="IOException">It is larger than <paramref name="maxBytes"/>, or not a regular file.</exception>
    public static byte[] ReadAllBytes(string path, int maxBytes = MaxSmallFile) => Buffer(path, maxBytes).ToArray();

    /// <inheritdoc cref="ReadAllBytes"/>
    /// <returns>The content, from its start.</returns>
    public static MemoryStream Buffer(string path, int maxBytes = MaxSmallFile)
    {
        using var stream = OpenRead(path);
        return Buffer(stream, maxBytes);
    }

    /// <summary>Reads a stream of limited length to its end.</summary>
    /// <returns>The content, from its start.</returns>
    /// <exception cref="IOException">It is larger than <paramref name="maxBytes"/>.</exception>
    public static MemoryStream Buffer(Stream stream, int maxBytes = MaxSmallFile)
    {
        var content = new MemoryStream();
        var buffer = new byte[16 * 1024];
        int read;
        while ((read = stream.Read(buffer)) > 0)
        {
            content.Write(buffer, 0, read);
            if (content.Length > maxBytes)
            {
                throw new IOException($"it is larger than {maxBytes / (1024 * 1024)} MB");
            }
        }

        content.Position = 0;
        return content;
    }

    /// <summary>Checks a file that was just opened, and closes it if it is not a regular one.</summary>
    /// <exception cref="NotRegularFileException">It is not.</exception>
    public static void Require(FileStream stream)
    {
        try
        {
            Require(FileStatus.GetKind(stream.SafeFileHandle));
        }
        catch
        {
            stream.Dispose();
            throw;
        }
    }

    private static FileStream Open(string path)
    {
        try
        {
            return new FileStream(
                path,
                FileMode.Open,
                FileAccess.Read,
                FileShare.ReadWrite | FileShare.Delete,
                Unbuffered,
                FileOptions.Asynchronous | FileOptions.SequentialScan
            );
        }
        catch (NotSupportedException)
        {
            throw new NotRegularFileException(FileKind.CharacterDevice); // what .NET throws on Windows
        }
    }
}
