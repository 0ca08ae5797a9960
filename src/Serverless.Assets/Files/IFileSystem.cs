namespace Serverless.Assets.Files;

/// <summary>
/// The file operations that the correctness of a run depends on. Tests replace it to make single operations fail.
/// </summary>
internal interface IFileSystem
{
    /// <returns>The stamp of the file, or of the target if it is a link. Null if there is no such file.</returns>
    FileStamp? Stat(string path);

    /// <summary>
    /// Opens a file to read it once from start to end. Other programs may write, rename and delete it meanwhile.
    /// </summary>
    Stream OpenRead(string path);

    /// <summary>Opens or creates a file, and its folder, for exclusive access.</summary>
    /// <exception cref="IOException">Another process has the file open.</exception>
    FileStream OpenExclusive(string path);

    /// <summary>
    /// Replaces a file as a whole: writes a temporary file beside it, flushes that to the disk, and moves it into
    /// place. Creates the folder if necessary.
    /// </summary>
    void WriteAtomically(string path, ReadOnlySpan<byte> content);

    /// <summary>Moves a file. An existing file at <paramref name="target"/> is replaced.</summary>
    void Move(string source, string target);

    bool Exists(string path);
}

/// <summary>Shows whether a file has changed since it was last read, without reading it again.</summary>
/// <param name="Length">Size in bytes.</param>
/// <param name="LastWrite">Time of the last write in UTC, as the file system reports it.</param>
/// <param name="Identity">Changes if another file is moved to the same path. See <see cref="FileIdentity"/>.</param>
internal sealed record FileStamp(long Length, DateTime LastWrite, string Identity);
