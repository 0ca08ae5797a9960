using Microsoft.Extensions.FileSystemGlobbing;
using Serverless.Assets.Diagnostics;

namespace Serverless.Assets.Discovery;

/// <summary>Finds the files of a <see cref="FolderSource"/>.</summary>
/// <param name="projectDirectory">Full path.</param>
/// <param name="links">Decides which symbolic links are followed.</param>
/// <param name="problems">Receives a diagnostic if the folder or a pattern cannot be used.</param>
internal sealed class FolderScanner(string projectDirectory, SymlinkPolicy links, DiagnosticBag problems)
{
    private const string AllFiles = "**/*";

    /// <returns>
    /// The files sorted by relative path (ordinal), or none if the folder cannot be read. Patterns ignore letter case,
    /// so that every operating system finds the same files.
    /// </returns>
    public IEnumerable<DiscoveredFile> Scan(FolderSource source, CancellationToken cancellationToken)
    {
        if (!Directory.Exists(source.Folder))
        {
            problems.Add(DiscoveryDiagnostics.FolderNotFound(source.Folder));
            return [];
        }

        var matcher = new Matcher(StringComparison.OrdinalIgnoreCase);
        var exactPaths = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        foreach (var pattern in source.Patterns is [] ? [AllFiles] : source.Patterns)
        {
            if (!LeadsOut(pattern, source))
            {
                matcher.AddInclude(pattern);
                if (!pattern.Contains('*') && !pattern.EndsWith('/'))
                {
                    exactPaths.Add(pattern.Replace('\\', '/').TrimStart('/'));
                }
            }
        }

        matcher.AddExcludePatterns(source.ExcludePatterns.Where(pattern => !LeadsOut(pattern, source)));
        if (ReadExclusions(source.Folder) is not { } exclusions)
        {
            return [];
        }

        try
        {
            var scan = new FolderScan(source.Folder, exclusions, exactPaths, links, cancellationToken);
            return
            [
                .. matcher
                    .Execute(new ScannedFolder(scan))
                    .Files.OrderBy(match => match.Path, StringComparer.Ordinal)
                    .Select(match => Find(match.Path, source, scan.ResolvedRoot))
                    .OfType<DiscoveredFile>(),
            ];
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            problems.Add(DiscoveryDiagnostics.FileUnreadable(source.Folder, failure.Message, source.Folder));
            return [];
        }
    }

    /// <returns>Null if the file is meanwhile below a link that leads out of the folder.</returns>
    private DiscoveredFile? Find(string relativePath, FolderSource source, string resolvedRoot)
    {
        var file = Path.Combine(source.Folder, relativePath);
        return links.FindTarget(file, source.Folder, resolvedRoot) is { } target
            ? new DiscoveredFile(file, relativePath, source) { Target = target }
            : null;
    }

    /// <returns>Null if the ignore file cannot be read: without it, files could be uploaded that it excludes.</returns>
    private Exclusions? ReadExclusions(string folder)
    {
        try
        {
            return Exclusions.Read(folder, projectDirectory);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            // The messages of the system name the file.
            var file = IgnoreFile.GetPath(folder);
            var reason = failure.Message.Contains(file, StringComparison.Ordinal)
                ? failure.Message
                : $"its file '{file}' can't be used ({failure.Message})";
            problems.Add(DiscoveryDiagnostics.FileUnreadable(folder, reason, folder));
            return null;
        }
    }

    private bool LeadsOut(string pattern, FolderSource source)
    {
        var leadsOut = Path.IsPathRooted(pattern) || pattern.Split('/', '\\').Contains("..");
        if (leadsOut)
        {
            problems.Add(DiscoveryDiagnostics.PatternLeadsOut(pattern, source.Folder));
        }

        return leadsOut;
    }
}
