namespace Serverless.Assets.Files;

/// <summary>
/// The file operations that the correctness of a run depends on. Tests replace it to make single operations fail.
/// All operations work on regular files only: they neither open a pipe, a socket or a device, nor replace one.
/// </summary>
internal interface IFileSystem
{
    /// <returns>The stamp of the file, or of the target if it is a link. Null if there is no such file.</returns>
    FileStamp? Stat(string path);

    /// <summary>
    /// Opens a file to read it once from start to end. Other programs may write, rename and delete it meanwhile.
    /// </summary>
    /// <exception cref="IOException">It is missing, or not a regular file.</exception>
    Stream OpenRead(string path);

    /// <summary>Opens a file like <see cref="OpenRead"/>, but follows no link on its path.</summary>
    /// <param name="path">A path without links, which discovery has checked.</param>
    /// <exception cref="LinkedFileException">The file, or a folder on its path, is now a link.</exception>
    Stream OpenUnlinked(string path);

    /// <summary>Opens or creates a file, and its folder, for exclusive access.</summary>
    /// <exception cref="IOException">Another process has the file open, or it is not a regular file.</exception>
    FileStream OpenExclusive(string path);

    /// <summary>
    /// Opens or creates a file to read and change it, as <see cref="OpenExclusive"/> does; or opens, to write only, a
    /// pipe that another program reads, or a device such as <c>/dev/null</c>.
    /// </summary>
    /// <returns>A <see cref="FileStream"/> only if it is a regular file.</returns>
    Stream OpenShared(string path);

    /// <summary>
    /// Replaces a file as a whole: writes a temporary file beside it, flushes that to the disk, and moves it into
    /// place. Creates the folder if necessary. If the path is a link, the link stays and its target is replaced.
    /// </summary>
    void WriteAtomically(string path, ReadOnlySpan<byte> content);

    /// <summary>
    /// Moves a file. An existing file at <paramref name="target"/> is replaced. Of links, the targets are moved and
    /// replaced.
    /// </summary>
    void Move(string source, string target);

    /// <summary>
    /// Whether there is anything at the path, even if it is not a regular file. False for a link to nothing.
    /// </summary>
    bool Exists(string path);
}

/// <summary>Shows whether a file has changed since it was last read, without reading it again.</summary>
/// <param name="Length">Size in bytes.</param>
/// <param name="LastWrite">Time of the last write in UTC, as the file system reports it.</param>
/// <param name="Identity">Changes if another file is moved to the same path. See <see cref="FileIdentity"/>.</param>
internal sealed record FileStamp(long Length, DateTime LastWrite, string Identity);
