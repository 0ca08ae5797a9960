using Serverless.Assets.Client;
using Serverless.Assets.Diagnostics;
using Serverless.Assets.Files;
using Serverless.Assets.Mapping;

namespace Serverless.Assets.Manifest;

/// <summary>Merges the manifests of several projects that are deployed together.</summary>
internal static class ManifestMerger
{
    /// <param name="paths">Full paths, at least one.</param>
    /// <exception cref="AssetException">They cannot be merged; the exception contains all reasons.</exception>
    public static AssetManifest Merge(IReadOnlyList<string> paths, IFileSystem files)
    {
        var manifests = paths.Select(path => (Path: path, Manifest: ManifestReader.Read(path, files))).ToList();
        var (firstPath, first) = manifests[0];
        var problems = new DiagnosticBag();
        var assets = new Dictionary<string, (string File, ManifestAsset Asset)>(StringComparer.Ordinal);
        var versions = new Dictionary<Sid, (string File, ManifestAsset Asset)>();
        foreach (var (path, manifest) in manifests)
        {
            if (manifest.ServiceSid != first.ServiceSid)
            {
                problems.Add(
                    StateDiagnostics.ManifestOfOtherService(
                        path,
                        manifest.ServiceSid,
                        $"{first.ServiceSid} (the Service of {firstPath})"
                    )
                );
                continue;
            }

            foreach (var asset in manifest.Assets)
            {
                if (
                    !assets.TryAdd(asset.Path, (path, asset))
                    && assets[asset.Path].Asset.AssetVersionSid != asset.AssetVersionSid
                )
                {
                    AddConflict(asset, path, manifest);
                }
                else if (
                    !versions.TryAdd(asset.AssetVersionSid, (path, asset))
                    && versions[asset.AssetVersionSid] is var other
                    && other.Asset.Path != asset.Path
                )
                {
                    problems.Add(
                        StateDiagnostics.ManifestBroken(
                            path,
                            $"{asset.AssetVersionSid} of '{asset.Path}' is the version of '{other.Asset.Path}' in "
                                + $"'{other.File}'"
                        )
                    );
                }
            }
        }

        problems.ThrowIfErrors();

        var merged = assets
            .Values.Select(entry => entry.Asset)
            .OrderBy(asset => asset.Path, StringComparer.Ordinal)
            .ToList();
        return first with
        {
            Generator = AssetManifest.GetGenerator(project: null),
            Source = manifests.All(other => other.Manifest.Source == first.Source)
                ? first.Source
                : new ManifestSource(null, null, null),
            Assets = merged,
        };

        void AddConflict(ManifestAsset asset, string path, AssetManifest manifest)
        {
            var other = assets[asset.Path];
            var copyOwner =
                IsRootIndexCopy(asset, manifest) ? path
                : IsRootIndexCopy(other.Asset, manifests.First(entry => entry.Path == other.File).Manifest) ? other.File
                : null;
            // The conflict of two pages is reported once, without that of their copies.
            if (copyOwner is null || !HasConflictingPage(manifest))
            {
                problems.Add(StateDiagnostics.ManifestsConflict(asset.Path, path, other.File, copyOwner));
            }
        }

        bool HasConflictingPage(AssetManifest manifest) =>
            FindPage(manifest) is { } page
            && manifests.Any(entry =>
                FindPage(entry.Manifest) is { } other && other.AssetVersionSid != page.AssetVersionSid
            );
    }

    /// <summary>Whether the asset has the content of its manifest's page, from which the upload copied it.</summary>
    private static bool IsRootIndexCopy(ManifestAsset asset, AssetManifest manifest) =>
        asset.Path == RootIndex.Copy && FindPage(manifest)?.Sha256 == asset.Sha256;

    private static ManifestAsset? FindPage(AssetManifest manifest) =>
        manifest.Assets.FirstOrDefault(asset => asset.Path == RootIndex.Page);
}
