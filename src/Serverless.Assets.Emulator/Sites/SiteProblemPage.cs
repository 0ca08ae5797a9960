using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using Microsoft.AspNetCore.WebUtilities;
using Serverless.Assets.Emulator.Storage;

namespace Serverless.Assets.Emulator.Sites;

/// <summary>Sends a problem as a page to browsers, and as a line of text to other clients.</summary>
internal sealed class SiteProblemPage(SiteLookup sites)
{
    private static readonly CultureInfo Invariant = CultureInfo.InvariantCulture;

    private const int MaxPaths = 100;
    private const int MaxSites = 100;

    private const string Style = """
        :root { color-scheme: light dark; }
        body { font: 16px/1.5 system-ui, sans-serif; margin: 3rem auto; max-width: 48rem; padding: 0 1rem; }
        h1 { font-size: 1.5rem; }
        h2 { font-size: 1.1rem; margin-top: 2rem; }
        a { color: light-dark(#0b57d0, #a8c7fa); }
        a, p, dd { overflow-wrap: anywhere; }
        dl { display: grid; gap: 0 1rem; grid-template-columns: max-content auto; }
        dd { margin: 0; }
        pre { background: light-dark(#f1f3f4, #2d2f31); border-radius: .5rem; padding: .75rem 1rem; white-space: pre-wrap;
          overflow-wrap: anywhere; }
        footer { border-top: 1px solid #8885; margin-top: 2rem; }
        """;

    public async Task SendAsync(HttpContext context, SiteProblem problem)
    {
        var response = context.Response;
        var isHtml = AcceptsHtml(context.Request);
        var text = isHtml
            ? RenderHtml(problem, context)
            : $"{GetReason(problem)}: {problem.Message}"
                + (problem.Nearest is { } nearest ? $" Did you mean '{nearest}'?" : "")
                + "\n";
        var body = Encoding.UTF8.GetBytes(text);
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

    private string RenderHtml(SiteProblem problem, HttpContext context)
    {
        var html = new StringBuilder();
        var title = $"{problem.Status.ToString(Invariant)} {GetReason(problem)}";
        html.Append("<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n")
            .Append("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n")
            .Append(Invariant, $"<title>{title}</title>\n<style>\n{Style}\n</style>\n</head>\n")
            .Append(Invariant, $"<body>\n<main>\n<h1>{title}</h1>\n<p>{Encode(problem.Message)}</p>\n");
        if (problem.Nearest is { } nearest)
        {
            html.Append(Invariant, $"<p>Did you mean {Link(GetUrl(context, nearest), nearest)}?</p>\n");
        }

        html.Append(problem.Details is { } details ? $"<p>{Encode(details)}</p>\n" : "")
            .Append(problem.Command is { } command ? $"<pre>{Encode(command)}</pre>\n" : "");
        if (problem.Site is { } site)
        {
            AppendSite(html, site);
            AppendPaths(html, site, context);
        }
        else
        {
            AppendSites(html, context);
        }

        var overview = string.Create(Invariant, $"http://127.0.0.1:{SiteHost.GetPort(context.Request)}/");
        return html.Append(
                Invariant,
                $"</main>\n<footer>\n<p>{Link(overview, "Overview of the emulator")}</p>\n</footer>\n"
            )
            .Append("</body>\n</html>\n")
            .ToString();
    }

    private static void AppendSite(StringBuilder html, SiteContents site) =>
        html.Append("<dl>\n")
            .Append(Invariant, $"<dt>Service</dt><dd>{Encode(site.Service.UniqueName)} ({site.Service.Sid})</dd>\n")
            .Append(
                Invariant,
                $"<dt>Environment</dt><dd>{Encode(site.Environment.UniqueName)} ({site.Environment.Sid})</dd>\n"
            )
            .Append(Invariant, $"<dt>Build</dt><dd>{site.BuildSid ?? "none"}</dd>\n</dl>\n");

    private static void AppendPaths(StringBuilder html, SiteContents site, HttpContext context)
    {
        if (site.Versions.Count == 0)
        {
            return;
        }

        html.Append("<nav aria-labelledby=\"paths\">\n<h2 id=\"paths\">What this site has</h2>\n<ul>\n");
        foreach (var version in site.Versions.OrderBy(version => version.Path, StringComparer.Ordinal).Take(MaxPaths))
        {
            html.Append("<li>")
                .Append(
                    version.Visibility == Visibility.Private
                        ? Encode(version.Path)
                        : Link(GetUrl(context, version.Path), version.Path)
                )
                .Append(version.Visibility == Visibility.Public ? "" : $" ({version.Visibility})")
                .Append(version.Kind == ResourceKind.Function ? " (Function)" : "")
                .Append("</li>\n");
        }

        html.Append("</ul>\n");
        AppendRest(html, site.Versions.Count - MaxPaths);
        html.Append("</nav>\n");
    }

    private void AppendSites(StringBuilder html, HttpContext context)
    {
        var all = sites.GetEnvironments().ToList();
        if (all.Count == 0)
        {
            return;
        }

        html.Append("<nav aria-labelledby=\"sites\">\n<h2 id=\"sites\">Sites</h2>\n<ul>\n");
        foreach (var (service, environment) in all.Take(MaxSites))
        {
            var host = SiteHost.GetHost(environment, SiteHost.GetPort(context.Request));
            html.Append(Invariant, $"<li>{Link($"http://{host}/", host)} ")
                .Append(Invariant, $"({Encode(environment.UniqueName)} of {Encode(service.UniqueName)})</li>\n");
        }

        html.Append("</ul>\n");
        AppendRest(html, all.Count - MaxSites);
        html.Append("</nav>\n");
    }

    private static void AppendRest(StringBuilder html, int count) =>
        html.Append(count <= 0 ? "" : string.Create(Invariant, $"<p>And {count} more.</p>\n"));

    /// <summary>An absolute URL: a path that begins with two slashes would otherwise lead to another host.</summary>
    private static string GetUrl(HttpContext context, string path) =>
        $"{context.Request.Scheme}://{context.Request.Host}{path}";

    private static string Link(string url, string text) => $"<a href=\"{Encode(url)}\">{Encode(text)}</a>";

    private static string GetReason(SiteProblem problem) => ReasonPhrases.GetReasonPhrase(problem.Status);

    private static string Encode(string text) => HtmlEncoder.Default.Encode(text);
}
