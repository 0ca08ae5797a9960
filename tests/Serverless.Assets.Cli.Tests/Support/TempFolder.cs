namespace Serverless.Assets.Cli.Tests.Support;

/// <summary>A folder of one test.</summary>
internal sealed class TempFolder : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("cli-tests-");

    public string Path => _folder.FullName;

    /// <summary>Full path of what is at the relative path.</summary>
    public string this[string relativePath] => System.IO.Path.Combine([Path, .. relativePath.Split('/')]);

    public string Write(string relativePath, string content)
    {
        var file = this[relativePath];
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(file)!);
        File.WriteAllText(file, content);
        return file;
    }

    public string Folder(string relativePath) => Directory.CreateDirectory(this[relativePath]).FullName;

    public void Dispose() => _folder.Delete(recursive: true);
}
