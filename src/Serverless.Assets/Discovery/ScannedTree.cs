using Serverless.Assets.Diagnostics;

namespace Serverless.Assets.Discovery;

/// <summary>What holds for every folder of one scan.</summary>
/// <param name="Root">Full path of the asset folder.</param>
/// <param name="Hidden">What is left out.</param>
/// <param name="Own">What is left out too.</param>
/// <param name="NamedExactly">Relative paths that a pattern names in full: taken although it is left out else.</param>
/// <param name="Problems">Gets what is wrong with symbolic links.</param>
/// <param name="Cancellation">Looked at between entries.</param>
internal sealed record ScannedTree(
    string Root,
    HiddenNames Hidden,
    OwnFiles Own,
    IReadOnlySet<string> NamedExactly,
    DiagnosticBag Problems,
    CancellationToken Cancellation
)
{
    public bool Takes(string relativePath, bool isFolder) =>
        (!Hidden.IsHidden(relativePath, isFolder) && !Own.Contains(relativePath, isFolder))
        || (
            isFolder
                ? NamedExactly.Any(name => name.StartsWith(relativePath + "/", StringComparison.OrdinalIgnoreCase))
                : NamedExactly.Contains(relativePath)
        );

    /// <summary>The real place of <see cref="Root"/>, links in it resolved.</summary>
    public string RealRoot { get; } = PathResolver.Of(Root);

    /// <summary>Reports a link that leads out of the folder or round in a circle.</summary>
    /// <param name="foldersAbove">The real places of the folders that were walked through to the entry, over links too.</param>
    /// <returns>Whether the entry may be followed.</returns>
    public bool Follows(FileSystemInfo entry, IEnumerable<string> foldersAbove)
    {
        if (!entry.Attributes.HasFlag(FileAttributes.ReparsePoint) || entry.LinkTarget is null)
        {
            return true;
        }

        var target = PathResolver.Of(entry.FullName);
        if (!PathResolver.Contains(RealRoot, target))
        {
            Problems.Add(DiscoveryDiagnostics.LinkLeadsOut(entry.FullName, target, Root));
            return false;
        }

        if (entry is DirectoryInfo && foldersAbove.Any(folder => PathResolver.Contains(target, folder)))
        {
            Problems.Add(DiscoveryDiagnostics.LinkCycle(entry.FullName, target));
            return false;
        }

        return true;
    }
}
