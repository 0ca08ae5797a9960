using System.Text;
using Serverless.Assets.Client;
using Serverless.Assets.Diagnostics;
using Serverless.Assets.Discovery;
using Serverless.Assets.Files;
using Serverless.Assets.Mapping;
using Serverless.Assets.State.Site;

namespace Serverless.Assets.Validation;

/// <summary>Checks everything that the service would reject, before any request is sent.</summary>
/// <param name="files">Provides the sizes of the files.</param>
/// <param name="limits">Severity of the violations that depend on the account.</param>
/// <param name="problems">Receives a diagnostic for every violation.</param>
internal sealed class AssetValidator(IFileSystem files, ServiceLimits limits, DiagnosticBag problems)
{
    /// <returns>The files with a valid path, in the given order.</returns>
    public IReadOnlyList<LocalAsset> Validate(
        IReadOnlyList<MappedFile> mapped,
        CancellationToken cancellationToken = default
    )
    {
        var assets = new List<LocalAsset>(mapped.Count);
        foreach (var file in mapped)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (!AssetPath.TryParse(file.Path, out var path))
            {
                ReportPath(file, AssetPath.Check(file.Path));
            }
            else if (file.Path.StartsWith(SiteStateFile.Folder, StringComparison.OrdinalIgnoreCase))
            {
                problems.Add(DiscoveryDiagnostics.PathReserved(file.DisplayPath, file.Path, file.File));
            }
            else
            {
                assets.Add(file.ToAsset(path));
            }

            CheckSize(file);
        }

        CheckUnique(mapped);
        foreach (var files in mapped.GroupBy(file => file.Service, StringComparer.Ordinal))
        {
            CheckCounts(files.Key, [.. files]);
        }

        return assets;
    }

    /// <summary>A Build belongs to one Service, and its limits do too.</summary>
    private void CheckCounts(string? service, IReadOnlyList<MappedFile> mapped)
    {
        foreach (var exceeded in AssetLimits.FindExceeded([.. mapped.Select(file => (file.Path, file.Visibility))]))
        {
            problems.Add(
                DiscoveryDiagnostics.TooManyAssets(
                    exceeded.Count,
                    exceeded.Kind,
                    service,
                    exceeded.Limit,
                    exceeded.LargestFolders,
                    hasRootIndexCopy: exceeded.Kind != AssetLimits.PrivateKind
                        && mapped.Any(file => file.IsRootIndexCopy),
                    limits
                )
            );
        }
    }

    private void ReportPath(MappedFile file, AssetPathErrors errors)
    {
        var isGiven = file.Source is FileSource { AssetPath.Length: > 0 };
        if (errors.HasFlag(AssetPathErrors.TooLong))
        {
            problems.Add(
                DiscoveryDiagnostics.PathTooLong(file.DisplayPath, file.Path, AssetPath.MaxLength, file.File, isGiven)
            );
        }

        if (errors.HasFlag(AssetPathErrors.InvalidCharacter))
        {
            problems.Add(
                DiscoveryDiagnostics.PathNotUrlFriendly(
                    file.DisplayPath,
                    file.Path,
                    string.Join(", ", AssetPath.FindInvalidCharacters(file.Path).Select(Describe)),
                    file.File,
                    isGiven
                )
            );
        }

        if (errors.HasFlag(AssetPathErrors.InvalidSegment))
        {
            problems.Add(DiscoveryDiagnostics.PathMalformed(file.DisplayPath, file.Path, file.File, isGiven));
        }
    }

    private static string Describe(Rune character) => character.Value == ' ' ? "a space" : $"'{character}'";

    private void CheckSize(MappedFile file)
    {
        if (files.Stat(file.Target) is not { } stamp)
        {
            problems.Add(DiscoveryDiagnostics.FileVanished(file.DisplayPath, file.File));
            return;
        }

        var limit = UploadLimits.GetMaxLength(file.Visibility);
        if (stamp.Length > limit)
        {
            problems.Add(
                DiscoveryDiagnostics.FileTooLarge(
                    file.DisplayPath,
                    stamp.Length,
                    file.Visibility,
                    limit,
                    limits,
                    file.File
                )
            );
        }
        else if (stamp.Length == 0)
        {
            problems.Add(DiscoveryDiagnostics.FileEmpty(file.DisplayPath, file.File));
        }
    }

    private void CheckUnique(IReadOnlyList<MappedFile> mapped)
    {
        var seen = new Dictionary<string, MappedFile>(StringComparer.OrdinalIgnoreCase);
        foreach (var file in mapped)
        {
            if (seen.TryAdd(file.Path, file))
            {
                continue;
            }

            var other = seen[file.Path];
            problems.Add(
                other.Path == file.Path
                    ? DiscoveryDiagnostics.SamePath(file.DisplayPath, other.DisplayPath, file.Path, file.File)
                    : DiscoveryDiagnostics.PathsDifferOnlyInCase(
                        file.DisplayPath,
                        file.Path,
                        other.DisplayPath,
                        other.Path,
                        file.File
                    )
            );
        }
    }
}
