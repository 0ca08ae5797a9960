namespace Serverless.Assets.Files;

/// <summary>The file operations on which correctness depends, so that a test can make each of them fail.</summary>
internal interface IFileSystem
{
    /// <returns>Null when there is no such file.</returns>
    FileStamp? Stat(string path);

    /// <summary>For one pass from front to back. Other programs may go on writing, renaming and deleting the file.</summary>
    Stream OpenRead(string path);

    /// <summary>Opens or creates a file that this process alone may have open; waiters see an <see cref="IOException"/>.</summary>
    FileStream OpenExclusive(string path);

    /// <summary>Writes a new file beside <paramref name="path"/>, flushes it to the disk and moves it into place.</summary>
    void WriteAtomically(string path, ReadOnlySpan<byte> content);

    /// <summary>Replaces what is at <paramref name="target"/>.</summary>
    void Move(string source, string target);

    bool Exists(string path);
}
