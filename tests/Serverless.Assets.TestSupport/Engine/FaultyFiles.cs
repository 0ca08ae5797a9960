using Serverless.Assets.Files;

namespace Serverless.Assets.TestSupport;

/// <summary>The disk, except for the operations that a test replaces.</summary>
internal sealed class FaultyFiles : IFileSystem
{
    private readonly PhysicalFileSystem _disk = new();

    public Func<string, FileStamp?>? OnStat { get; set; }

    public Func<string, Stream>? OnOpenRead { get; set; }

    public Func<string, FileStream>? OnOpenExclusive { get; set; }

    public Action<string>? BeforeWrite { get; set; }

    public Action<string>? BeforeMove { get; set; }

    public FileStamp? Stat(string path) => OnStat is null ? _disk.Stat(path) : OnStat(path);

    public Stream OpenRead(string path) => OnOpenRead is null ? _disk.OpenRead(path) : OnOpenRead(path);

    public Stream OpenUnlinked(string path) => OnOpenRead is null ? _disk.OpenUnlinked(path) : OnOpenRead(path);

    public Stream OpenShared(string path) => _disk.OpenShared(path);

    public FileStream OpenExclusive(string path) =>
        OnOpenExclusive is null ? _disk.OpenExclusive(path) : OnOpenExclusive(path);

    public void WriteAtomically(string path, ReadOnlySpan<byte> content)
    {
        BeforeWrite?.Invoke(path);
        _disk.WriteAtomically(path, content);
    }

    public void Move(string source, string target)
    {
        BeforeMove?.Invoke(source);
        _disk.Move(source, target);
    }

    public bool Exists(string path) => _disk.Exists(path);
}
