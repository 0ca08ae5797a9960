namespace Serverless.Assets.Client.Tests.Content;

/// <summary>The ways to create content.</summary>
public enum ContentKind
{
    File,
    Seekable,
    NotSeekable,
    Bytes,
    Text,
}

internal static class ContentKinds
{
    /// <summary>The name of the file of <see cref="ContentKind.File"/>.</summary>
    public const string FileName = "the file";

    public static TheoryData<ContentKind> All => [.. Enum.GetValues<ContentKind>()];

    /// <param name="bytes">UTF-8.</param>
    public static AssetContent Create(
        this ContentKind kind,
        TempFolder folder,
        byte[] bytes,
        string? contentType = null,
        string? fileName = null
    ) =>
        kind switch
        {
            ContentKind.File => AssetContent.FromFile(folder.Write(FileName, bytes), contentType, fileName),
            ContentKind.Seekable => AssetContent.FromStream(new TestStream(bytes), contentType, fileName),
            ContentKind.NotSeekable => AssetContent.FromStream(
                new TestStream(bytes, canSeek: false),
                contentType,
                fileName
            ),
            ContentKind.Bytes => AssetContent.FromBytes(bytes, contentType, fileName),
            _ => AssetContent.FromText(System.Text.Encoding.UTF8.GetString(bytes), contentType, fileName),
        };
}
