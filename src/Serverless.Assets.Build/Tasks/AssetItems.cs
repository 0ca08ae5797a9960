using System.Globalization;
using System.Text.RegularExpressions;
using Microsoft.Build.Framework;
using Microsoft.Build.Utilities;
using Serverless.Assets.Client;
using Serverless.Assets.Deployment;
using Serverless.Assets.Discovery;
using Serverless.Assets.Files;
using Serverless.Assets.Mapping;
using Serverless.Assets.Results;
using Serverless.Assets.Settings;
using Serverless.Assets.Upload;

namespace Serverless.Assets.Build.Tasks;

/// <summary>Converts between MSBuild items and the engine's records.</summary>
internal static partial class AssetItems
{
    public static CollectRequest ToRequest(
        SettingValues settings,
        IEnumerable<ITaskItem> folders,
        IEnumerable<ITaskItem> files,
        IEnumerable<ITaskItem> filesOfReferences,
        IEnumerable<ITaskItem> outputFolders
    )
    {
        var request = new CollectRequest
        {
            Settings = settings,
            Referenced = [.. filesOfReferences.Select(ToReferenced)],
            OutputFolders = [.. outputFolders.Select(folder => folder.GetMetadata(MetadataNames.FullPath))],
        };
        var toolFiles = ToolFiles.From(request);
        var definitions = new ItemDefinitions();
        return request with
        {
            Sources = [.. folders.Select(ToFolder), .. files.Select(file => ToFile(file, toolFiles, definitions))],
        };
    }

    /// <param name="folder">A <c>ServerlessAssetFolder</c>.</param>
    private static FolderSource ToFolder(ITaskItem folder) =>
        new(
            Path.TrimEndingDirectorySeparator(folder.GetMetadata(MetadataNames.FullPath)),
            ListSetting.Split(folder.GetMetadata(MetadataNames.Patterns)),
            ListSetting.Split(folder.GetMetadata(MetadataNames.ExcludePatterns)),
            Read(folder, MetadataNames.PathPrefix),
            Read(folder, MetadataNames.Visibility)
        );

    /// <param name="file">
    /// A <c>ServerlessAsset</c>. <c>RecursiveDir</c> shows that <c>**</c> matched it; <paramref name="definitions"/>
    /// detect other patterns.
    /// </param>
    /// <param name="toolFiles">The files of the tool, which a pattern does not mean.</param>
    private static FileSource ToFile(ITaskItem file, ToolFiles toolFiles, ItemDefinitions definitions)
    {
        var fullPath = file.GetMetadata(MetadataNames.FullPath);
        var recursiveDir = file.GetMetadata(MetadataNames.RecursiveDir);
        var link = Read(file, MetadataNames.Link);
        var name = Path.GetFileName(fullPath);
        return new FileSource(
            fullPath,
            link.Length > 0 ? link : recursiveDir + name,
            Read(file, MetadataNames.AssetPath),
            Read(file, MetadataNames.ContentType),
            FoundByPattern: recursiveDir.Length > 0 || IsAccidental(),
            Read(file, MetadataNames.PathPrefix),
            Read(file, MetadataNames.Visibility)
        );

        // An expression such as @(Content) can contain hidden files on purpose, but files of the tool only by accident.
        bool IsAccidental() =>
            (Exclusions.HasHiddenName(name) && definitions.GetKind(file) == IncludedNameKind.Pattern)
            || (toolFiles.Contains(fullPath) && definitions.GetKind(file) != IncludedNameKind.Literal);
    }

    /// <param name="asset">An item that the referenced project created with <see cref="FromAsset"/>.</param>
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

    /// <summary>The item that passes a collected asset from one task to the next.</summary>
    public static ITaskItem FromAsset(LocalAsset asset)
    {
        var item = new TaskItem(Escape(asset.File));
        Set(item, MetadataNames.AssetPath, asset.Path);
        Set(item, MetadataNames.Visibility, asset.Visibility.ToWireValue());
        Set(item, MetadataNames.ContentType, asset.ContentType);
        Set(item, MetadataNames.DisplayPath, asset.DisplayPath);
        Set(item, MetadataNames.ResolvedFile, asset.Target);
        Set(item, MetadataNames.Service, asset.Service ?? "");
        return item;
    }

    /// <exception cref="ArgumentException">The item was not created by <see cref="FromAsset"/>.</exception>
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
            {
                Target = item.GetMetadata(MetadataNames.ResolvedFile) is { Length: > 0 } target
                    ? target
                    : PathResolver.Resolve(item.GetMetadata(MetadataNames.FullPath)),
                Service = item.GetMetadata(MetadataNames.Service) is { Length: > 0 } service ? service : null,
            }
            : throw new ArgumentException($"'{item.ItemSpec}' was not collected", nameof(item));

    /// <summary>Creates a <c>ServerlessAssetVersion</c>.</summary>
    /// <param name="serviceSid">Of the Service that it belongs to.</param>
    public static ITaskItem FromUploaded(UploadedAsset uploaded, Sid serviceSid)
    {
        var item = new TaskItem(uploaded.AssetVersionSid);
        Set(item, MetadataNames.AssetPath, uploaded.Local.Path);
        Set(item, MetadataNames.Visibility, uploaded.Local.Visibility.ToWireValue());
        Set(item, MetadataNames.AssetSid, uploaded.AssetSid);
        Set(item, MetadataNames.ContentType, uploaded.Local.ContentType);
        Set(item, MetadataNames.Sha256, uploaded.Sha256);
        Set(item, MetadataNames.Size, uploaded.Size.ToString(CultureInfo.InvariantCulture));
        Set(item, MetadataNames.SourceFile, uploaded.Local.File);
        Set(item, MetadataNames.Status, uploaded.Status.ToString());
        Set(item, MetadataNames.ServiceSid, serviceSid);
        return item;
    }

    /// <summary>Creates the item that passes a Build to the task that deploys it.</summary>
    public static ITaskItem FromBuild(ServiceResult service)
    {
        var build = (BuildResult)service.Operation!;
        var item = new TaskItem(build.BuildSid);
        Set(item, MetadataNames.Service, service.Key);
        Set(item, MetadataNames.LiveBuildSid, build.LiveBuildSid ?? "");
        return item;
    }

    /// <param name="builds">Items that <see cref="FromBuild"/> created.</param>
    /// <returns>The Builds by <see cref="ServiceResult.Key"/>; null if there are none.</returns>
    public static IReadOnlyDictionary<string, PreparedBuild>? ToPreparedBuilds(IReadOnlyCollection<ITaskItem> builds) =>
        builds.Count == 0
            ? null
            : builds.ToDictionary(
                build => build.GetMetadata(MetadataNames.Service),
                build => new PreparedBuild(
                    Sid.Parse(build.ItemSpec, SidKind.Build),
                    build.GetMetadata(MetadataNames.LiveBuildSid) is { Length: > 0 } live
                        ? Sid.Parse(live, SidKind.Build)
                        : null
                )
            );

    /// <summary>Creates a <c>ServerlessAssetSite</c>.</summary>
    public static ITaskItem FromSite(ServiceResult service)
    {
        var site = (DeployResult)service.Operation!;
        var item = new TaskItem(Escape(site.Domain));
        Set(item, MetadataNames.Url, site.Url.AbsoluteUri);
        Set(item, MetadataNames.Service, service.Name);
        Set(item, MetadataNames.ServiceSid, site.ServiceSid);
        Set(item, MetadataNames.Environment, site.Environment);
        Set(item, MetadataNames.EnvironmentSid, site.EnvironmentSid);
        Set(item, MetadataNames.BuildSid, site.BuildSid);
        Set(item, MetadataNames.DeploymentSid, site.DeploymentSid ?? "");
        return item;
    }

    /// <summary>Reads metadata, which can be on several lines of the project file.</summary>
    private static string Read(ITaskItem item, string name) => item.GetMetadata(name).Trim();

    private static void Set(TaskItem item, string name, string value) => item.SetMetadata(name, Escape(value));

    /// <summary>
    /// Escapes a value, because <see cref="TaskItem"/> unescapes it: <c>%41</c> would become <c>A</c>.
    /// </summary>
    private static string Escape(string value) =>
        SpecialCharacters().Replace(value, match => $"%{(int)match.Value[0]:x2}");

    [GeneratedRegex("[%*?@$();']")]
    private static partial Regex SpecialCharacters();
}
