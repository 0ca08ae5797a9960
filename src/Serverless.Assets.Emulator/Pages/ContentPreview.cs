using System.Text;
using System.Xml;
using Serverless.Assets.Emulator.Storage;

namespace Serverless.Assets.Emulator.Pages;

/// <summary>How a page shows content.</summary>
internal enum PreviewKind
{
    /// <summary>It can only be downloaded.</summary>
    None,
    Image,
    Audio,
    Video,
    Text,
}

/// <summary>What a page shows of the content of a version.</summary>
/// <param name="Text">The text, or its beginning; null for other kinds.</param>
/// <param name="IsTruncated">Whether the content has more text.</param>
/// <param name="Verbs">The verbs of TwiML in their order, such as <c>Gather</c> and <c>Say</c>; empty for other text.</param>
internal sealed record ContentPreview(PreviewKind Kind, string? Text, bool IsTruncated, IReadOnlyList<string> Verbs)
{
    /// <summary>In bytes.</summary>
    private const int MaxText = 64 * 1024;

    private const int MaxVerbs = 50;

    private static readonly string[] TextTypes =
    [
        "application/json",
        "application/javascript",
        "application/xml",
        "application/xhtml+xml",
        "application/manifest+json",
        "application/ld+json",
        "application/yaml",
    ];

    public static ContentPreview Create(ResourceVersion version, ContentLibrary contents)
    {
        var type = version.ContentType.Split(';')[0].Trim().ToLowerInvariant();
        return type switch
        {
            _ when type.StartsWith("image/", StringComparison.Ordinal) => Of(PreviewKind.Image),
            _ when type.StartsWith("audio/", StringComparison.Ordinal) => Of(PreviewKind.Audio),
            _ when type.StartsWith("video/", StringComparison.Ordinal) => Of(PreviewKind.Video),
            _ when type.StartsWith("text/", StringComparison.Ordinal)
                    || TextTypes.Contains(type)
                    || version.Kind == ResourceKind.Function => ReadText(version, contents),
            _ => Of(PreviewKind.None),
        };

        static ContentPreview Of(PreviewKind kind) => new(kind, null, IsTruncated: false, []);
    }

    private static ContentPreview ReadText(ResourceVersion version, ContentLibrary contents)
    {
        var buffer = new byte[Math.Min(version.Size, MaxText)];
        using var stream = contents.OpenRead(version.Sha256);
        var count = stream.ReadAtLeast(buffer, buffer.Length, throwOnEndOfStream: false);
        var text = Encoding.UTF8.GetString(buffer, 0, count).TrimStart('\uFEFF');
        var isTruncated = version.Size > count;
        return new ContentPreview(PreviewKind.Text, text, isTruncated, isTruncated ? [] : FindVerbs(text));
    }

    /// <returns>Empty if the text is not TwiML, which is XML with the root <c>Response</c>.</returns>
    private static List<string> FindVerbs(string text)
    {
        if (!text.Contains("<Response", StringComparison.Ordinal))
        {
            return [];
        }

        var settings = new XmlReaderSettings { DtdProcessing = DtdProcessing.Prohibit, XmlResolver = null };
        try
        {
            using var reader = XmlReader.Create(new StringReader(text), settings);
            var verbs = new List<string>();
            if (reader.MoveToContent() != XmlNodeType.Element || reader.Name != "Response")
            {
                return [];
            }

            while (reader.Read() && verbs.Count < MaxVerbs)
            {
                if (reader.NodeType == XmlNodeType.Element)
                {
                    verbs.Add(reader.Name);
                }
            }

            return verbs;
        }
        catch (XmlException)
        {
            return []; // the text is shown as it is
        }
    }
}
