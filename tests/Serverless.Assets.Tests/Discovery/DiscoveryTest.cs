using Serverless.Assets.Diagnostics;
using Serverless.Assets.Discovery;
using Serverless.Assets.Settings;
using Serverless.Assets.Tests.Support;

namespace Serverless.Assets.Tests.Discovery;

/// <summary>Base class of the discovery tests: a temporary folder, and the files found in it.</summary>
public abstract class DiscoveryTest : IDisposable
{
    internal TempFolder Temp { get; } = new();

    internal DiagnosticBag Problems { get; } = [];

    /// <summary>Full path of the project folder. Outside <see cref="Temp"/> unless a test sets it.</summary>
    internal string Project { get; set; } = Path.Combine(Path.GetTempPath(), "no-such-project");

    public void Dispose()
    {
        Temp.Dispose();
        GC.SuppressFinalize(this);
    }

    /// <summary>The relative paths of the files in the folder, in the order of discovery.</summary>
    internal IReadOnlyList<string> Find(
        IReadOnlyList<string>? patterns = null,
        IReadOnlyList<string>? excludes = null,
        string folder = ""
    ) =>
        [
            .. Discover(new FolderSource(folder.Length == 0 ? Temp.Path : Temp[folder], patterns ?? [], excludes ?? []))
                .Select(file => file.RelativePath),
        ];

    internal IReadOnlyList<DiscoveredFile> Discover(params AssetSource[] sources) =>
        AssetDiscovery.Discover(
            new CollectRequest { Settings = new SettingValues(new ProjectContext(Project)), Sources = sources },
            webRoot: null,
            Problems
        );

    internal void Write(params string[] files)
    {
        foreach (var file in files)
        {
            Temp.Write(file);
        }
    }
}
