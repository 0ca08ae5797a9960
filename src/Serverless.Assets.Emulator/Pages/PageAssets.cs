using System.Reflection;

namespace Serverless.Assets.Emulator.Pages;

/// <summary>The style sheet, the script and the icon of the pages, which are embedded in the assembly.</summary>
internal static class PageAssets
{
    private static readonly (string Name, string ContentType)[] All =
    [
        ("page.css", "text/css; charset=utf-8"),
        ("page.js", "text/javascript; charset=utf-8"),
        ("icon.svg", "image/svg+xml"),
    ];

    public static void Map(IEndpointRouteBuilder endpoints)
    {
        foreach (var (name, contentType) in All)
        {
            endpoints.MapGet($"/__emulator/{name}", context => SendAsync(context, name, contentType));
        }
    }

    private static async Task SendAsync(HttpContext context, string name, string contentType)
    {
        await using var content = Assembly.GetExecutingAssembly().GetManifestResourceStream(name)!;
        context.Response.ContentType = contentType;
        context.Response.ContentLength = content.Length;
        context.Response.Headers.XContentTypeOptions = "nosniff";
        context.Response.Headers.CacheControl = "no-cache"; // the next emulator on this port can be another version
        await content.CopyToAsync(context.Response.Body, context.RequestAborted);
    }
}
