using System.Net.Http.Headers;
using System.Text;
using Serverless.Assets.Files;
using Serverless.Assets.Mapping;
using Serverless.Assets.Planning;

namespace Serverless.Assets.Upload;

/// <summary>The multipart body of an upload: <c>Path</c>, <c>Visibility</c>, and <c>Content</c> with file name and content type.</summary>
internal static class UploadBody
{
    public static HttpContent Create(HashedAsset asset, IFileSystem files, Action<int> onSent)
    {
        var path = asset.Asset.Path.Value;
        var content = new StreamedFileContent(asset, files, onSent);
        content.Headers.ContentType = MediaTypeHeaderValue.Parse(asset.Asset.ContentType);

        var body = new MultipartFormDataContent($"serverless-assets-{Guid.NewGuid():n}");
        Add(body, Field(path), "Path", null);
        Add(body, Field(asset.Asset.Visibility.ToWireValue()), "Visibility", null);
        Add(body, content, "Content", path[(path.LastIndexOf('/') + 1)..]);
        return body;
    }

    private static ByteArrayContent Field(string value) => new(Encoding.UTF8.GetBytes(value));

    /// <summary>Names in quotes, as RFC 7578 writes them and not every server can do without. A valid path needs no escaping.</summary>
    private static void Add(MultipartFormDataContent body, HttpContent part, string name, string? fileName)
    {
        part.Headers.ContentDisposition = new ContentDispositionHeaderValue("form-data")
        {
            Name = $"\"{name}\"",
            FileName = fileName is null ? null : $"\"{fileName}\"",
        };
        body.Add(part);
    }
}
