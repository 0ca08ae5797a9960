using Serverless.Assets.Emulator.Api;
using Serverless.Assets.Emulator.Control;
using Serverless.Assets.Emulator.Hosting;
using Serverless.Assets.Emulator.Storage;

namespace Serverless.Assets.Emulator.Sites;

/// <summary>Serves the deployed versions.</summary>
internal sealed class SiteEndpoint(
    DeploymentStore deployments,
    IContentStore contents,
    RequestSignature signature,
    FunctionLog log,
    EmulatorClock clock,
    EmulatorStats stats
)
{
    private const string Index = "/assets/index.html";

    /// <param name="domain">The first label of the site's host name.</param>
    public async Task HandleAsync(HttpContext context, string domain)
    {
        stats.CountSiteRequest();
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

        var version = Find(domain, context.Request.Path);
        if (version is null || version.Visibility == Visibility.Private)
        {
            await RefuseAsync(context.Response, StatusCodes.Status404NotFound, "Not Found");
        }
        else if (version.Visibility == Visibility.Protected && !await signature.IsValidAsync(context.Request))
        {
            await RefuseAsync(context.Response, StatusCodes.Status403Forbidden, "Forbidden");
        }
        else if (version.Kind == ResourceKind.Function)
        {
            log.Add(domain, version, context.Request);
            await context.Response.WriteAsync($"Function Version {version.Sid}");
        }
        else
        {
            await using var content = contents.OpenRead(version.Sha256);
            context.Response.ContentType = ContentType.GetHeader(version.ContentType);
            context.Response.ContentLength = content.Length;
            context.Response.Headers.ETag = $"\"{version.Sha256}\"";
            await content.CopyToAsync(context.Response.Body, context.RequestAborted);
        }
    }

    /// <summary>
    /// Finds a version by the decoded path, then by the encoded one, because the path of an upload can be either.
    /// </summary>
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
