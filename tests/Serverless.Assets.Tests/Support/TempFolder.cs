using System.Text;

namespace Serverless.Assets.Tests.Support;

/// <summary>A folder of one test.</summary>
internal sealed class TempFolder : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("serverless-assets-tests-");

    /// <summary>Full path, without symbolic links in it.</summary>
    public string Path => _folder.FullName;

    /// <summary>Full path of what is at the relative path.</summary>
    public string this[string relativePath] =>
        System.IO.Path.Combine(Path, relativePath.Replace('/', System.IO.Path.DirectorySeparatorChar));

    public void Dispose() => _folder.Delete(recursive: true);

    /// <returns>Full path.</returns>
    public string Write(string relativePath, string content = "x") =>
        Write(relativePath, Encoding.UTF8.GetBytes(content));

    /// <returns>Full path.</returns>
    public string Write(string relativePath, byte[] content)
    {
        var file = Prepare(relativePath);
        File.WriteAllBytes(file, content);
        return file;
    }

    /// <summary>A file of any length that takes no room on the disk.</summary>
    /// <returns>Full path.</returns>
    public string WriteSparse(string relativePath, long length)
    {
        var file = Prepare(relativePath);
        using var stream = File.Create(file);
        stream.SetLength(length);
        return file;
    }

    /// <returns>Full path.</returns>
    public string Folder(string relativePath) => Directory.CreateDirectory(this[relativePath]).FullName;

    /// <returns>Full path of the link.</returns>
    public string LinkToFile(string relativePath, string target)
    {
        var link = Prepare(relativePath);
        File.CreateSymbolicLink(link, target);
        return link;
    }

    /// <returns>Full path of the link.</returns>
    public string LinkToFolder(string relativePath, string target)
    {
        var link = Prepare(relativePath);
        Directory.CreateSymbolicLink(link, target);
        return link;
    }

    /// <summary>The names of all files below, sorted, with <c>/</c>.</summary>
    public IReadOnlyList<string> Files() =>
        [
            .. Directory
                .EnumerateFiles(Path, "*", SearchOption.AllDirectories)
                .Select(file => System.IO.Path.GetRelativePath(Path, file).Replace('\\', '/'))
                .Order(StringComparer.Ordinal),
        ];

    private string Prepare(string relativePath)
    {
        var file = this[relativePath];
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(file)!);
        return file;
    }
}
