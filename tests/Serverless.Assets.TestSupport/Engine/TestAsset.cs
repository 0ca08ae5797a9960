using Serverless.Assets.Client;
using Serverless.Assets.Discovery;
using Serverless.Assets.Mapping;

namespace Serverless.Assets.TestSupport;

/// <summary>Assets for tests that do not depend on how they were discovered.</summary>
internal static class TestAsset
{
    /// <summary>The file <c>/project/assets{path}</c>, which need not exist.</summary>
    public static LocalAsset Create(string path, Visibility visibility = Visibility.Public) =>
        new(
            "/project/assets" + path,
            "assets" + path,
            AssetPath.Parse(path),
            visibility,
            ContentTypes.FromFileName(path)
        );

    /// <summary>A file that exists.</summary>
    public static LocalAsset Write(
        TempFolder folder,
        string path,
        string content = "x",
        Visibility visibility = Visibility.Public
    ) =>
        new(
            folder.Write("assets" + path, content),
            "assets" + path,
            AssetPath.Parse(path),
            visibility,
            ContentTypes.FromFileName(path)
        );
}

/// <summary>Mapped files for tests of the validation.</summary>
internal static class TestFile
{
    /// <summary>The file <c>/project/assets{path}</c>, which need not exist.</summary>
    public static MappedFile At(string path, Visibility visibility = Visibility.Public) =>
        Create("/project/assets" + path, "assets" + path, path, visibility);

    /// <summary>A file that exists.</summary>
    public static MappedFile Write(TempFolder folder, string path, string content) =>
        Create(folder.Write("assets" + path, content), "assets" + path, path);

    public static MappedFile Create(
        string file,
        string displayPath,
        string path,
        Visibility visibility = Visibility.Public
    ) => new(file, displayPath, path, visibility, ContentTypes.FromFileName(path), new FileSource(file, displayPath));
}
