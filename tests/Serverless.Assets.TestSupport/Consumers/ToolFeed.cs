using System.Collections.Concurrent;

namespace Serverless.Assets.TestSupport;

/// <summary>A feed with the package of the command-line tool.</summary>
public sealed class ToolFeed() : PackedProject("src/Serverless.Assets.Cli", $"1.0.0-test.{Guid.NewGuid():n}")
{
    /// <summary>The installed tools by the script that installed them.</summary>
    private readonly ConcurrentDictionary<string, string> _installed = new(StringComparer.Ordinal);

    /// <summary>
    /// The content of a NuGet configuration file with this feed, the given ones, and no other source.
    /// </summary>
    internal string Configure(params string[] otherFeeds) =>
        NuGetConfiguration.OnlySources([Folder, .. otherFeeds], Unpacked);

    /// <summary>
    /// Gives a job the tool if the same script has installed it in an earlier job, as on a machine that
    /// runs several jobs.
    /// </summary>
    /// <param name="script">The file of the script.</param>
    /// <param name="folder">The folder into which it installs the tool.</param>
    internal void ProvideTool(string script, string folder)
    {
        if (!Directory.Exists(folder) && _installed.TryGetValue(script, out var installed))
        {
            Directory.CreateSymbolicLink(folder, installed);
        }
    }

    /// <summary>Keeps the tool that a job has installed for later jobs, unless there is one.</summary>
    /// <inheritdoc cref="ProvideTool"/>
    internal void KeepTool(string script, string folder)
    {
        if (_installed.ContainsKey(script) || !File.Exists(Path.Combine(folder, Version, "serverless-assets")))
        {
            return;
        }

        var kept = PathOf($"tools/{Guid.NewGuid():n}");
        Directory.CreateDirectory(Path.GetDirectoryName(kept)!);
        Directory.Move(folder, kept);
        _installed.TryAdd(script, kept);
    }
}
