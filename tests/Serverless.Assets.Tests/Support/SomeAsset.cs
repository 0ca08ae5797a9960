using Serverless.Assets.Client;
using Serverless.Assets.Mapping;

namespace Serverless.Assets.Tests.Support;

/// <summary>Assets for tests that do not care about how they were found.</summary>
internal static class SomeAsset
{
    /// <summary>The file <c>/project/assets{path}</c>, which need not exist.</summary>
    public static LocalAsset Of(string path, Visibility visibility = Visibility.Public) =>
        new(
            "/project/assets" + path,
            "assets" + path,
            AssetPath.Parse(path),
            visibility,
            ContentTypes.FromFileName(path)
        );

    /// <summary>A file that exists.</summary>
    public static LocalAsset In(
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
