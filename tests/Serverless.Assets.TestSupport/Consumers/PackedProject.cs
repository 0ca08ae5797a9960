namespace Serverless.Assets.TestSupport;

/// <summary>A feed with a package of this repository as users get it, packed once for all tests.</summary>
/// <param name="projectFolder">Relative to the repository.</param>
/// <param name="version">Unique, so that no package folder contains another package with this version.</param>
public abstract class PackedProject(string projectFolder, string version) : IAsyncLifetime
{
    private readonly TempFolder _root = new();

    public string Version { get; } = version;

    /// <summary>Full path of the feed.</summary>
    public string Folder => _root["feed"];

    /// <summary>Full path of the package.</summary>
    public string Package => Path.Combine(Folder, $"{Path.GetFileName(projectFolder)}.{Version}.nupkg");

    /// <summary>Full path of the package of the symbols.</summary>
    public string SymbolPackage => Path.ChangeExtension(Package, ".snupkg");

    /// <summary>The folder into which restores extract it, instead of the user's package folder.</summary>
    public string Unpacked => _root["packages"];

    public virtual async ValueTask InitializeAsync()
    {
        var (exitCode, output) = await DotNet.RunAsync(
            Repository.PathOf(projectFolder),
            ["pack", "--no-build", "-c", Repository.Configuration, $"-p:PackageVersion={Version}", "-o", Folder]
        );
        Assert.True(exitCode == 0, output);
    }

    public ValueTask DisposeAsync()
    {
        _root.Dispose();
        GC.SuppressFinalize(this);
        return ValueTask.CompletedTask;
    }

    /// <summary>Full path of a file or folder that is deleted with the feed.</summary>
    private protected string PathOf(string relativePath) => _root[relativePath];
}
