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

        try
        {
            var scan = new FolderScan(
                source.Folder,
                Exclusions.Read(source.Folder, projectDirectory),
                exactPaths,
                links,
                cancellationToken
            );
            return matcher
                .Execute(new ScannedFolder(scan))
                .Files.Select(match => new DiscoveredFile(Path.Combine(source.Folder, match.Path), match.Path, source))
                .OrderBy(file => file.RelativePath, StringComparer.Ordinal);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            problems.Add(DiscoveryDiagnostics.FileUnreadable(source.Folder, failure.Message, source.Folder));
            return [];
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
