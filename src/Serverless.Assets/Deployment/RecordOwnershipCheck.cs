using Serverless.Assets.Diagnostics;
using Serverless.Assets.Files;
using Serverless.Assets.Manifest;

namespace Serverless.Assets.Deployment;

/// <summary>
/// Checks that a manifest does not share its records with another one. The names of the records
/// depend only on the Service in the name of the manifest, so the deployments of two other manifests in one folder would
/// replace each other's records: what was deployed before, and where.
/// </summary>
internal static class RecordOwnershipCheck
{
    /// <param name="path">Full path of the manifest.</param>
    /// <exception cref="AssetException">
    /// The folder has a manifest of another Service or another project. Others of the same Service are parts of one
    /// deployment, which are merged before it.
    /// </exception>
    public static void Check(string path, AssetManifest manifest, IFileSystem files)
    {
        var problems = new DiagnosticBag();
        foreach (var other in FindSiblings(path))
        {
            if (TryRead(other, files) is { } sibling && IsSeparate(manifest, sibling))
            {
                problems.Add(StateDiagnostics.RecordsShared(path, other));
            }
        }

        problems.ThrowIfErrors();
    }

    private static bool IsSeparate(AssetManifest manifest, AssetManifest sibling) =>
        manifest.ServiceSid != sibling.ServiceSid
        || (manifest.Project is { } project && sibling.Project is { } other && project != other);

    private static IReadOnlyList<string> FindSiblings(string path)
    {
        try
        {
            return
            [
                .. Directory
                    .EnumerateFiles(Path.GetDirectoryName(path)!, "*.json")
                    .Where(file => !PathResolver.Comparer.Equals(file, path) && RecordFiles.AreShared(path, file))
                    .Order(StringComparer.Ordinal),
            ];
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            return [];
        }
    }

    /// <returns>Null if the file is not a manifest of this version.</returns>
    private static AssetManifest? TryRead(string path, IFileSystem files)
    {
        try
        {
            return ManifestReader.Read(path, files);
        }
        catch (AssetException)
        {
            return null;
        }
    }
}
