using Serverless.Assets.Diagnostics;
using Serverless.Assets.Discovery;
using Serverless.Assets.Tests.Support;

namespace Serverless.Assets.Tests.Discovery;

/// <summary>What the tests of discovery share: a folder, and what is found in it.</summary>
public abstract class DiscoveryTest : IDisposable
{
    internal TempFolder Temp { get; } = new();

    internal DiagnosticBag Problems { get; } = [];

    /// <summary>Full path of the project folder; outside of <see cref="Temp"/> unless a test says otherwise.</summary>
    internal string Project { get; set; } = Path.Combine(Path.GetTempPath(), "no-such-project");

    public void Dispose()
    {
        Temp.Dispose();
        GC.SuppressFinalize(this);
    }

    /// <summary>The relative paths found in the folder, in the order in which they come.</summary>
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
        AssetDiscovery.Discover(sources, Project, Problems);

    internal void Write(params string[] files)
    {
        foreach (var file in files)
        {
            Temp.Write(file);
        }
    }
}
