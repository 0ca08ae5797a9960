using System.Globalization;
using System.Text.RegularExpressions;
using Microsoft.Build.Framework;
using Microsoft.Build.Utilities;
using Serverless.Assets.Client;
using Serverless.Assets.Discovery;
using Serverless.Assets.Mapping;
using Serverless.Assets.Upload;

namespace Serverless.Assets.Build.Tasks;

/// <summary>Items become records at the door, and records items on the way out.</summary>
internal static partial class AssetItems
{
    /// <summary>What the items and properties of a project ask to collect.</summary>
    public static CollectRequest ToRequest(
        string projectDirectory,
        IEnumerable<ITaskItem> folders,
        IEnumerable<ITaskItem> files,
        bool visibilityFromFileName,
        string pathCharacters
    ) =>
        new()
        {
            ProjectDirectory = projectDirectory,
            Sources = [.. folders.Select(ToFolder), .. files.Select(ToFile)],
            VisibilityFromFileName = visibilityFromFileName,
            PathCharacters = pathCharacters,
        };

    /// <summary>With what references collected beside the project's own files, which without an item are those of its default folder.</summary>
    public static CollectRequest WithReferences(
        CollectRequest request,
        IReadOnlyCollection<ITaskItem> filesOfReferences
    ) =>
        filesOfReferences.Count == 0
            ? request
            : request with
            {
                Sources =
                [
                    .. request.Sources is [] ? DefaultFolders.Find(request.ProjectDirectory) : request.Sources,
                    .. filesOfReferences.Select(ToReferenced),
                ],
            };

    /// <param name="folder">A <c>ServerlessAssetFolder</c>.</param>
    public static FolderSource ToFolder(ITaskItem folder) =>
        new(
            Path.TrimEndingDirectorySeparator(folder.GetMetadata(MetadataNames.FullPath)),
            List(folder.GetMetadata(MetadataNames.Patterns)),
            List(folder.GetMetadata(MetadataNames.ExcludePatterns)),
            folder.GetMetadata(MetadataNames.PathPrefix),
            folder.GetMetadata(MetadataNames.Visibility)
        );

    /// <param name="file">A <c>ServerlessAsset</c>. MSBuild tells where <c>**</c> matched, and so that it did; for other patterns the definition is read.</param>
    public static FileSource ToFile(ITaskItem file)
    {
        var fullPath = file.GetMetadata(MetadataNames.FullPath);
        var recursiveDir = file.GetMetadata(MetadataNames.RecursiveDir);
        var link = file.GetMetadata(MetadataNames.Link);
        return new FileSource(
            fullPath,
            link.Length > 0 ? link : recursiveDir + Path.GetFileName(fullPath),
            file.GetMetadata(MetadataNames.AssetPath),
            file.GetMetadata(MetadataNames.ContentType),
            FoundByPattern: recursiveDir.Length > 0 || !ItemDefinition.Names(file, Path.GetFileName(fullPath)),
            file.GetMetadata(MetadataNames.PathPrefix),
            file.GetMetadata(MetadataNames.Visibility)
        );
    }

    /// <param name="asset">What <see cref="FromAsset"/> made: its project has mapped it already.</param>
    private static FileSource ToReferenced(ITaskItem asset)
    {
        var file = asset.GetMetadata(MetadataNames.FullPath);
        return new FileSource(
            file,
            Path.GetFileName(file),
            asset.GetMetadata(MetadataNames.AssetPath),
            asset.GetMetadata(MetadataNames.ContentType),
            Visibility: asset.GetMetadata(MetadataNames.Visibility)
        );
    }

    /// <summary>A collected asset, on its way from one task to the next.</summary>
    public static ITaskItem FromAsset(LocalAsset asset)
    {
        var item = new TaskItem(Escape(asset.File));
        Set(item, MetadataNames.AssetPath, asset.Path);
        Set(item, MetadataNames.Visibility, asset.Visibility.ToWireValue());
        Set(item, MetadataNames.ContentType, asset.ContentType);
        Set(item, MetadataNames.DisplayPath, asset.DisplayPath);
        return item;
    }

    /// <exception cref="ArgumentException"><see cref="FromAsset"/> did not create the item.</exception>
    public static LocalAsset ToAsset(ITaskItem item) =>
        AssetPath.TryParse(item.GetMetadata(MetadataNames.AssetPath), out var path)
        && Visibilities.Parse(item.GetMetadata(MetadataNames.Visibility)) is { } visibility
            ? new LocalAsset(
                item.GetMetadata(MetadataNames.FullPath),
                item.GetMetadata(MetadataNames.DisplayPath),
                path,
                visibility,
                item.GetMetadata(MetadataNames.ContentType)
            )
            : throw new ArgumentException($"'{item.ItemSpec}' was not collected", nameof(item));

    /// <summary>A <c>ServerlessAssetVersion</c>.</summary>
    public static ITaskItem FromUploaded(UploadedAsset uploaded)
    {
        var item = new TaskItem(uploaded.AssetVersionSid);
        Set(item, MetadataNames.AssetPath, uploaded.Asset.Path);
        Set(item, MetadataNames.Visibility, uploaded.Asset.Visibility.ToWireValue());
        Set(item, MetadataNames.AssetSid, uploaded.AssetSid);
        Set(item, MetadataNames.ContentType, uploaded.Asset.ContentType);
        Set(item, MetadataNames.Sha256, uploaded.Sha256);
        Set(item, MetadataNames.Size, uploaded.Size.ToString(CultureInfo.InvariantCulture));
        Set(item, MetadataNames.SourceFile, uploaded.Asset.File);
        Set(item, MetadataNames.Status, uploaded.Status.ToString());
        return item;
    }

    /// <summary>Splits a list as MSBuild does.</summary>
    public static IReadOnlyList<string> List(string value) =>
        value.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    private static void Set(TaskItem item, string name, string value) => item.SetMetadata(name, Escape(value));

    /// <summary><see cref="TaskItem"/> takes escaped values: a literal <c>%41</c> in a file name would else become an A.</summary>
    private static string Escape(string value) =>
        SpecialCharacters().Replace(value, match => $"%{(int)match.Value[0]:x2}");

    [GeneratedRegex("[%*?@$();']")]
    private static partial Regex SpecialCharacters();
}
