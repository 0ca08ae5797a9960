using Microsoft.AspNetCore.ResponseCompression;
using Microsoft.Net.Http.Headers;
using Serverless.Assets.Emulator.Api;
using Serverless.Assets.Emulator.Hosting;
using Serverless.Assets.Emulator.Storage;

namespace Serverless.Assets.Emulator.Sites;

/// <summary>
/// Sends the content of a version. ASP.NET Core handles conditions, ranges and HEAD, and chooses the encoding.
/// </summary>
internal sealed class SiteContent(
    ContentLibrary contents,
    IResponseCompressionProvider compression,
    BehaviorControl behavior
)
{
    /// <summary>In bytes. The compressed form of a smaller file is not worth its header.</summary>
    private const int MinCompressedSize = 1024;

    /// <summary>What is compressed besides ASP.NET Core's own list.</summary>
    public static readonly string[] CompressedTypes = ["text/*", "image/svg+xml", "application/manifest+json"];

    public async Task SendAsync(HttpContext context, ResourceVersion version)
    {
        var current = behavior.Current;
        var isRange = current.ServesRanges && IsByteRange(context.Request);
        if (!isRange)
        {
            context.Request.Headers.Range = default; // ASP.NET Core takes ranges of other units for bytes
        }

        context.Response.ContentType = ContentType.GetHeader(version.ContentType);
        var encoder = isRange ? null : FindEncoder(context, version);
        var content = contents.OpenRead(version.Sha256);
        if (encoder is not null)
        {
            context.Response.Headers.ContentEncoding = encoder.EncodingName;
            content = await CompressAsync(content, encoder, context.RequestAborted);
        }

        // The conditions of a POST do not concern what it returns.
        var hasTag = current.SendsETags && !HttpMethods.IsPost(context.Request.Method);
        await TypedResults
            .Stream(
                content, // disposed by the result
                context.Response.ContentType,
                entityTag: hasTag ? GetTag(version, encoder) : null,
                enableRangeProcessing: current.ServesRanges
            )
            .ExecuteAsync(context);
    }

    private static bool IsByteRange(HttpRequest request) =>
        request.GetTypedHeaders().Range is { } range && range.Unit.Equals("bytes", StringComparison.OrdinalIgnoreCase);

    /// <summary>Finds the encoding of a response, and names it as a criterion for caches.</summary>
    /// <returns>Null if the content is sent as it is.</returns>
    private ICompressionProvider? FindEncoder(HttpContext context, ResourceVersion version)
    {
        if (version.Size < MinCompressedSize || !compression.ShouldCompressResponse(context))
        {
            return null;
        }

        context.Response.Headers.Vary = HeaderNames.AcceptEncoding;
        return compression.GetCompressionProvider(context);
    }

    /// <summary>Compresses into memory, because HEAD and GET have to announce the same length.</summary>
    private static async Task<Stream> CompressAsync(
        Stream content,
        ICompressionProvider encoder,
        CancellationToken cancellationToken
    )
    {
        await using (content)
        {
            var compressed = new MemoryStream();
            await using (var target = encoder.CreateStream(compressed)) // leaves the memory open
            {
                await content.CopyToAsync(target, cancellationToken);
            }

            compressed.Position = 0;
            return compressed;
        }
    }

    /// <summary>A strong tag identifies bytes, so each encoding has its own.</summary>
    private static EntityTagHeaderValue GetTag(ResourceVersion version, ICompressionProvider? encoder) =>
        new(encoder is null ? $"\"{version.Sha256}\"" : $"\"{version.Sha256}-{encoder.EncodingName}\"");
}
