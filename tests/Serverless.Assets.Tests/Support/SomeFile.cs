using Serverless.Assets.Client;
using Serverless.Assets.Discovery;
using Serverless.Assets.Mapping;

namespace Serverless.Assets.Tests.Support;

/// <summary>Mapped files for tests of the validation.</summary>
internal static class SomeFile
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
