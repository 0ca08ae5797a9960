using Serverless.Assets.Emulator.Control;
using Serverless.Assets.Emulator.Hosting;
using Serverless.Assets.Emulator.Storage;

namespace Serverless.Assets.Emulator.Sites;

/// <summary>Serves what is deployed.</summary>
internal sealed class SiteEndpoint(
    DeploymentStore deployments,
    ContentStore contents,
    RequestSignature signature,
    EmulatorClock clock,
    EmulatorStats stats
)
{
    private const string Index = "/assets/index.html";

    /// <param name="domain">The label of the site.</param>
    public async Task HandleAsync(HttpContext context, string domain)
    {
        stats.CountSite();
        var method = context.Request.Method;
        if (HttpMethods.IsOptions(method))
        {
            WritePreflight(context.Response);
            return;
        }

        if (!HttpMethods.IsGet(method) && !HttpMethods.IsPost(method))
        {
            await RefuseAsync(context.Response, StatusCodes.Status405MethodNotAllowed, "Method Not Allowed");
            return;
        }

        var entry = Find(domain, context.Request.Path);
        if (entry is null || entry.Visibility == Visibility.Private)
        {
            await RefuseAsync(context.Response, StatusCodes.Status404NotFound, "Not Found");
        }
        else if (entry.Visibility == Visibility.Protected && !await signature.IsValidAsync(context.Request))
        {
            await RefuseAsync(context.Response, StatusCodes.Status403Forbidden, "Forbidden");
        }
        else if (entry.Kind == ResourceKind.Function)
        {
            await context.Response.WriteAsync($"Function Version {entry.Sid}");
        }
        else
        {
            context.Response.ContentType = entry.ContentType;
            context.Response.ContentLength = entry.Size;
            context.Response.Headers.ETag = $"\"{entry.Sha256}\"";
            await context.Response.SendFileAsync(contents.PathOf(entry.Sha256), context.RequestAborted);
        }
    }

    /// <summary>By the characters of the path, or else as the browser writes it: an upload may have named it either way.</summary>
    private ResourceVersion? Find(string domain, PathString path)
    {
        var now = clock.Now;
        return deployments.FindLive(domain, path.Value!, now)
            ?? deployments.FindLive(domain, path.ToUriComponent(), now)
            ?? (path == "/" ? deployments.FindLive(domain, Index, now) : null);
    }

    private static void WritePreflight(HttpResponse response)
    {
        response.StatusCode = StatusCodes.Status204NoContent;
        response.Headers.AccessControlAllowOrigin = "*";
        response.Headers.AccessControlAllowMethods = "GET, POST, OPTIONS";
        response.Headers.AccessControlExposeHeaders = "ETag";
        response.Headers.AccessControlMaxAge = "86400";
    }

    private static Task RefuseAsync(HttpResponse response, int status, string text)
    {
        response.StatusCode = status;
        response.ContentType = "text/plain; charset=utf-8";
        return response.WriteAsync(text);
    }
}
