using Serverless.Assets.Emulator.Control;
using Serverless.Assets.Emulator.Hosting;
using Serverless.Assets.Emulator.Storage;

namespace Serverless.Assets.Emulator.Sites;

/// <summary>Serves the deployed versions.</summary>
internal sealed class SiteEndpoint(
    SiteLookup sites,
    SiteContent content,
    RequestSignature signature,
    BehaviorControl behavior,
    FunctionLog log,
    EmulatorStats stats
)
{
    /// <param name="domain">The first label of the site's host name.</param>
    public async Task HandleAsync(HttpContext context, string domain)
    {
        stats.CountSiteRequest();
        RequestTrace.Get(context).BelongsToSite();
        if (HttpMethods.IsOptions(context.Request.Method))
        {
            WritePreflight(context.Response);
            return;
        }

        if (!IsSupported(context.Request.Method))
        {
            context.Response.Headers.Allow = GetSupportedMethods();
            await SiteProblemResponse.SendAsync(context, SiteProblem.MethodNotAllowed(context.Request.Method));
            return;
        }

        var version = sites.Find(domain, context.Request.Path);
        if (await FindProblemAsync(context.Request, domain, version) is { } problem)
        {
            if (problem.Status == StatusCodes.Status501NotImplemented)
            {
                log.Add(domain, version!, context.Request);
            }

            await SiteProblemResponse.SendAsync(context, problem);
            return;
        }

        await content.SendAsync(context, version!);
    }

    /// <returns>Null if the version exists and may be sent.</returns>
    private async Task<SiteProblem?> FindProblemAsync(HttpRequest request, string domain, ResourceVersion? version)
    {
        if (version is null)
        {
            return sites.Describe(domain) switch
            {
                null => SiteProblem.UnknownDomain(domain),
                { BuildSid: null } site => SiteProblem.NothingDeployed(site),
                var site => SiteProblem.Missing(site, request.Path.Value!),
            };
        }

        if (version.Visibility == Visibility.Private)
        {
            return SiteProblem.Private(sites.Describe(domain), version);
        }

        if (version.Visibility == Visibility.Protected && !await signature.IsValidAsync(request))
        {
            var url = RequestSignature.GetUrl(request, request.Host);
            return SiteProblem.NotSigned(sites.Describe(domain), version, request, url);
        }

        return version.Kind == ResourceKind.Function
            ? SiteProblem.FunctionNotRun(sites.Describe(domain), version)
            : null;
    }

    private bool IsSupported(string method) =>
        HttpMethods.IsGet(method)
        || HttpMethods.IsPost(method)
        || (HttpMethods.IsHead(method) && behavior.Current.AnswersHead);

    private string GetSupportedMethods() =>
        behavior.Current.AnswersHead ? "GET, HEAD, POST, OPTIONS" : "GET, POST, OPTIONS";

    private static void WritePreflight(HttpResponse response)
    {
        response.StatusCode = StatusCodes.Status204NoContent;
        response.Headers.AccessControlAllowOrigin = "*";
        response.Headers.AccessControlAllowMethods = "GET, POST, OPTIONS";
        response.Headers.AccessControlExposeHeaders = "ETag";
        response.Headers.AccessControlMaxAge = "86400";
    }
}
