using System.Text;
using Microsoft.AspNetCore.WebUtilities;
using Serverless.Assets.Emulator.Pages;

namespace Serverless.Assets.Emulator.Sites;

/// <summary>Sends a problem as a page to browsers, and as a line of text to other clients.</summary>
internal static class SiteProblemResponse
{
    public static async Task SendAsync(HttpContext context, SiteProblem problem)
    {
        var response = context.Response;
        var isHtml = AcceptsHtml(context.Request);
        var body = Encoding.UTF8.GetBytes(isHtml ? await RenderAsync(context, problem) : GetLine(problem));
        response.StatusCode = problem.Status;
        response.ContentType = isHtml ? "text/html; charset=utf-8" : "text/plain; charset=utf-8";
        response.ContentLength = body.Length;
        response.Headers.Vary = "Accept";
        response.Headers.CacheControl = "no-store";
        response.Headers.ContentSecurityPolicy = "default-src 'none'; style-src 'unsafe-inline'";
        response.Headers.XContentTypeOptions = "nosniff";
        await response.Body.WriteAsync(body, context.RequestAborted);
    }

    /// <summary>Programs send <c>*/*</c> or nothing; only browsers name the type.</summary>
    private static bool AcceptsHtml(HttpRequest request) =>
        request.GetTypedHeaders().Accept.Any(type => type.MediaType == "text/html" && type.Quality is not 0);

    private static Task<string> RenderAsync(HttpContext context, SiteProblem problem)
    {
        context.Features.Set(problem);
        return PageRenderer.RenderAsync<SiteProblemPage>(context.RequestServices);
    }

    private static string GetLine(SiteProblem problem) =>
        $"{ReasonPhrases.GetReasonPhrase(problem.Status)}: {problem.Message}"
        + (problem.Nearest is { } nearest ? $" Did you mean '{nearest}'?" : "")
        + "\n";
}
