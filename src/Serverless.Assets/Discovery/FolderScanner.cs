using Microsoft.Extensions.FileSystemGlobbing;
using Serverless.Assets.Diagnostics;

namespace Serverless.Assets.Discovery;

/// <summary>Finds the files of a <see cref="FolderSource"/>. Patterns match in any letter case, so that every system finds the same files.</summary>
internal sealed class FolderScanner(FolderSource source, string projectDirectory, DiagnosticBag problems)
{
    private const string Everything = "**/*";

    public IEnumerable<DiscoveredFile> Scan(CancellationToken cancellationToken)
    {
        if (!Directory.Exists(source.Folder))
        {
            problems.Add(DiscoveryDiagnostics.FolderNotFound(source.Folder));
            return [];
        }

        var matcher = new Matcher(StringComparison.OrdinalIgnoreCase);
        var exact = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        foreach (var pattern in source.Patterns is [] ? [Everything] : source.Patterns)
        {
            if (!LeadsOut(pattern))
            {
                matcher.AddInclude(pattern);
                if (!pattern.Contains('*') && !pattern.EndsWith('/'))
                {
                    exact.Add(pattern.Replace('\\', '/').TrimStart('/'));
                }
            }
        }

        matcher.AddExcludePatterns(source.ExcludePatterns.Where(pattern => !LeadsOut(pattern)));

        try
        {
            var root = new ScannedFolder(
                new ScannedTree(
                    source.Folder,
                    HiddenNames.In(source.Folder),
                    OwnFiles.In(source.Folder, projectDirectory),
                    exact,
                    problems,
                    cancellationToken
                )
            );
            return matcher
                .Execute(root)
                .Files.Select(match => new DiscoveredFile(Path.Combine(source.Folder, match.Path), match.Path, source))
                .OrderBy(file => file.RelativePath, StringComparer.Ordinal);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            problems.Add(DiscoveryDiagnostics.FileUnreadable(source.Folder, failure.Message, source.Folder));
            return [];
        }
    }

    private bool LeadsOut(string pattern)
    {
        var leadsOut = Path.IsPathRooted(pattern) || pattern.Split('/', '\\').Contains("..");
        if (leadsOut)
        {
            problems.Add(DiscoveryDiagnostics.PatternLeadsOut(pattern, source.Folder));
        }

        return leadsOut;
    }
}
