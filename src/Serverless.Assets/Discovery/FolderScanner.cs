using Serverless.Assets.Diagnostics;
using Serverless.Assets.Files;
using Serverless.Assets.Settings;

namespace Serverless.Assets.Discovery;

/// <summary>Finds the files of a <see cref="FolderSource"/>.</summary>
/// <param name="generatedFiles">Files that builds and runs write.</param>
/// <param name="links">Decides which symbolic links are followed.</param>
/// <param name="problems">Receives a diagnostic if the folder or a pattern cannot be used.</param>
/// <param name="logger">Receives a message for each pattern that has no effect; null: there are no messages.</param>
internal sealed class FolderScanner(
    GeneratedFiles generatedFiles,
    SymlinkPolicy links,
    DiagnosticBag problems,
    IAssetLogger? logger
)
{
    private static readonly Glob AllFiles = Glob.Parse("**/*");

    /// <returns>
    /// The files sorted by relative path (ordinal), or none if the folder cannot be read. Patterns ignore letter case,
    /// so that every operating system finds the same files.
    /// </returns>
    public IEnumerable<DiscoveredFile> Scan(FolderSource source, CancellationToken cancellationToken)
    {
        if (!Directory.Exists(source.Folder))
        {
            problems.Add(DiscoveryDiagnostics.FolderNotFound(source.Folder, PathResolver.FindOtherCase(source.Folder)));
            return [];
        }

        var patterns = Parse(SettingTable.Patterns, source.Patterns, source);
        var excludePatterns = Parse(SettingTable.ExcludePatterns, source.ExcludePatterns, source);
        if (ReadExclusions(source.Folder) is not { } exclusions)
        {
            return [];
        }

        try
        {
            var scan = new FolderWalk(
                source.Folder,
                source.Patterns is [] ? [AllFiles] : patterns,
                excludePatterns,
                exclusions,
                generatedFiles,
                links,
                cancellationToken
            );
            var paths = scan.FindFiles().Order(StringComparer.Ordinal).ToList();
            ReportUnused(patterns, excludePatterns, scan.Unused, source.Folder);
            return [.. paths.Select(path => Find(path, source, scan.ResolvedRoot)).OfType<DiscoveredFile>()];
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            problems.Add(DiscoveryDiagnostics.FileUnreadable(source.Folder, failure.Message, source.Folder));
            return [];
        }
    }

    /// <returns>Null if the file is now below a link that leads out of the folder.</returns>
    private DiscoveredFile? Find(string relativePath, FolderSource source, string resolvedRoot)
    {
        var file = GetFullPath(source.Folder, relativePath);
        return links.FindTarget(file, source.Folder, resolvedRoot) is { } target
            ? new DiscoveredFile(file, relativePath, source) { Target = target }
            : null;
    }

    /// <returns>Null if the ignore file cannot be read: without it, files could be uploaded that it excludes.</returns>
    private Exclusions? ReadExclusions(string folder)
    {
        try
        {
            return Exclusions.Read(folder);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            // The system's messages contain the name of the file.
            var file = IgnoreFile.GetPath(folder);
            var reason = failure.Message.Contains(file, StringComparison.Ordinal)
                ? failure.Message
                : $"its file '{file}' can't be used ({failure.Message})";
            problems.Add(DiscoveryDiagnostics.FileUnreadable(folder, reason, folder));
            return null;
        }
    }

    /// <returns>The valid patterns.</returns>
    private List<Glob> Parse(ListSetting setting, IReadOnlyList<string> texts, FolderSource source)
    {
        var globs = new List<Glob>();
        foreach (var text in texts)
        {
            try
            {
                globs.Add(Glob.Parse(text));
            }
            catch (PatternLeadsOutException)
            {
                problems.Add(DiscoveryDiagnostics.PatternLeadsOut(text, source.Folder));
            }
            catch (FormatException failure)
            {
                problems.Add(DiscoveryDiagnostics.PatternNotValid(text, setting, failure.Message));
            }
        }

        return globs;
    }

    private void ReportUnused(
        IEnumerable<Glob> patterns,
        IEnumerable<Glob> excludePatterns,
        IReadOnlySet<Glob> unused,
        string folder
    )
    {
        foreach (var pattern in patterns.Where(unused.Contains))
        {
            logger?.Log(
                LogLevel.Detail,
                $"The pattern '{pattern.Text}' in {SettingTable.Patterns} selects no file in '{folder}'"
            );
        }

        foreach (var pattern in excludePatterns.Where(unused.Contains))
        {
            logger?.Log(
                LogLevel.Detail,
                $"The pattern '{pattern.Text}' in {SettingTable.ExcludePatterns} has no effect: it matches nothing in "
                    + $"'{folder}' that is not left out anyway"
            );
        }
    }

    private static string GetFullPath(string folder, string path) =>
        Path.Combine(folder, path.Replace('/', Path.DirectorySeparatorChar));
}
