using System.Buffers;
using System.Text;
using Serverless.Assets.Client;
using Serverless.Assets.Diagnostics;
using Serverless.Assets.Files;
using Serverless.Assets.Mapping;

namespace Serverless.Assets.Validation;

/// <summary>The third step: checks everything that the service would refuse, before any request is sent.</summary>
internal sealed class AssetValidator(IFileSystem files, List<Diagnostic> problems)
{
    /// <summary>What a URL path holds without escaping (RFC 3986), less what the service forbids.</summary>
    private static readonly SearchValues<char> PathCharacters = SearchValues.Create(
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~!*=/"
    );

    public void Validate(IReadOnlyList<LocalAsset> assets, CancellationToken cancellationToken = default)
    {
        foreach (var asset in assets)
        {
            cancellationToken.ThrowIfCancellationRequested();
            CheckPath(asset);
            CheckSize(asset);
        }

        CheckUnique(assets);
        CheckCount(
            assets,
            asset => asset.Visibility != Visibility.Private,
            "public and protected",
            AssetLimits.PublicAndProtectedAssets
        );
        CheckCount(assets, asset => asset.Visibility == Visibility.Private, "private", AssetLimits.PrivateAssets);
    }

    private void CheckPath(LocalAsset asset)
    {
        if (asset.Path.Length > AssetLimits.PathLength)
        {
            problems.Add(
                DiscoveryDiagnostics.PathTooLong(asset.DisplayPath, asset.Path, AssetLimits.PathLength, asset.File)
            );
        }

        if (asset.Path.AsSpan().IndexOfAnyExcept(PathCharacters) >= 0)
        {
            var characters = asset
                .Path.EnumerateRunes()
                .Where(character => !character.IsBmp || !PathCharacters.Contains((char)character.Value))
                .Distinct()
                .Select(NameOf);
            problems.Add(
                DiscoveryDiagnostics.PathNotUrlFriendly(
                    asset.DisplayPath,
                    asset.Path,
                    string.Join(", ", characters),
                    asset.File
                )
            );
        }

        if (asset.Path.Split('/').Skip(1).Any(segment => segment is "" or "." or ".."))
        {
            problems.Add(DiscoveryDiagnostics.PathMalformed(asset.DisplayPath, asset.Path, asset.File));
        }
    }

    private static string NameOf(Rune character) => character.Value == ' ' ? "a blank" : $"'{character}'";

    private void CheckSize(LocalAsset asset)
    {
        if (files.Stat(asset.File) is not { } stamp)
        {
            problems.Add(DiscoveryDiagnostics.FileVanished(asset.DisplayPath, asset.File));
            return;
        }

        var limit = AssetLimits.SizeOf(asset.Visibility);
        if (stamp.Length > limit)
        {
            problems.Add(
                DiscoveryDiagnostics.FileTooLarge(asset.DisplayPath, stamp.Length, asset.Visibility, limit, asset.File)
            );
        }
        else if (stamp.Length == 0)
        {
            problems.Add(DiscoveryDiagnostics.FileEmpty(asset.DisplayPath, asset.File));
        }
    }

    private void CheckUnique(IReadOnlyList<LocalAsset> assets)
    {
        var seen = new Dictionary<string, LocalAsset>(StringComparer.OrdinalIgnoreCase);
        foreach (var asset in assets)
        {
            if (seen.TryAdd(asset.Path, asset))
            {
                continue;
            }

            var other = seen[asset.Path];
            problems.Add(
                other.Path == asset.Path
                    ? DiscoveryDiagnostics.SamePath(asset.DisplayPath, other.DisplayPath, asset.Path, asset.File)
                    : DiscoveryDiagnostics.SamePathButCase(
                        asset.DisplayPath,
                        asset.Path,
                        other.DisplayPath,
                        other.Path,
                        asset.File
                    )
            );
        }
    }

    private void CheckCount(IReadOnlyList<LocalAsset> assets, Func<LocalAsset, bool> counts, string kind, int limit)
    {
        var counted = assets.Where(counts).ToList();
        if (counted.Count <= limit)
        {
            return;
        }

        problems.Add(
            DiscoveryDiagnostics.TooManyAssets(
                counted.Count,
                kind,
                limit,
                LargestFolders.Heaviest(counted.Select(asset => asset.Path))
            )
        );
    }
}
