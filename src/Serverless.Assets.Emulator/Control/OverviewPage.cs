using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using Serverless.Assets.Emulator.Sites;
using Serverless.Assets.Emulator.Storage;

namespace Serverless.Assets.Emulator.Control;

/// <summary>The page at the emulator's root: Services with their Environments, sites and Asset Versions.</summary>
internal sealed class OverviewPage(Stores stores)
{
    private const int MaxVersions = 500;

    private const string Head = """
        <!doctype html>
        <html lang="en">
        <head>
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <title>Serverless assets emulator</title>
        <style>
        :root { color-scheme: light dark; }
        body { font: 16px/1.5 system-ui, sans-serif; margin: 2rem auto; max-width: 70rem; padding: 0 1rem; }
        h1 { font-size: 1.5rem; }
        section { border: 1px solid #8885; border-radius: .5rem; margin: 1.5rem 0; padding: 0 1.25rem 1rem; }
        table { border-collapse: collapse; width: 100%; }
        th, td { border-bottom: 1px solid #8883; padding: .3rem .75rem .3rem 0; text-align: left; vertical-align: top; }
        td { overflow-wrap: anywhere; }
        .number { text-align: right; white-space: nowrap; }
        .note, code { opacity: .75; }
        .public { color: light-dark(#0a7d32, #5fd38a); }
        .protected { color: light-dark(#9a5b00, #f0b429); }
        .private { color: light-dark(#b3261e, #ff8a80); }
        </style>
        </head>
        <body>
        <h1>Serverless assets emulator</h1>

        """;

    /// <param name="port">The port of the sites.</param>
    public string Render(int port)
    {
        var html = new StringBuilder(Head);
        var all = stores.Services.GetAll();
        if (all.Count == 0)
        {
            html.Append("<p>There are no Services yet. Run an upload, then reload this page.</p>\n");
        }

        foreach (var service in all)
        {
            html.Append(CultureInfo.InvariantCulture, $"<section>\n<h2>{Encode(service.UniqueName)}</h2>\n");
            html.Append(
                CultureInfo.InvariantCulture,
                $"<p>{Encode(service.FriendlyName)} <code>{Encode(service.Sid)}</code></p>\n"
            );
            AppendEnvironments(html, service, port);
            AppendVersions(html, service);
            html.Append("</section>\n");
        }

        html.Append("<p class=\"note\"><a href=\"/__emulator/stats\">Statistics</a> · ");
        html.Append(
            "<a href=\"/__emulator/faults\">Fault settings</a> · "
                + "<a href=\"/__emulator/services\">State as JSON</a></p>\n"
        );
        return html.Append("</body>\n</html>\n").ToString();
    }

    private void AppendEnvironments(StringBuilder html, Service service, int port)
    {
        var all = stores.Environments.GetAll(service.Sid);
        html.Append("<h3>Environments</h3>\n");
        html.Append(all.Count == 0 ? "<p class=\"note\">No Environments yet.</p>\n" : "<table>\n");
        foreach (var environment in all)
        {
            var site = Encode($"http://{SiteHost.GetHost(environment, port)}/");
            html.Append(CultureInfo.InvariantCulture, $"<tr><td>{Encode(environment.UniqueName)}</td>");
            html.Append(CultureInfo.InvariantCulture, $"<td><a href=\"{site}\">{site}</a></td>");
            html.Append(
                CultureInfo.InvariantCulture,
                $"<td><code>{Encode(environment.BuildSid ?? "No Build deployed")}</code></td></tr>\n"
            );
        }

        html.Append(all.Count == 0 ? "" : "</table>\n");
    }

    private void AppendVersions(StringBuilder html, Service service)
    {
        var newest = stores.AssetVersions.GetNewest(service.Sid, MaxVersions);
        html.Append("<h3>Asset Versions</h3>\n");
        if (newest.Count == 0)
        {
            html.Append("<p class=\"note\">No Asset Versions yet.</p>\n");
            return;
        }

        html.Append("<table>\n<tr><th>Path</th><th>Visibility</th><th>Content type</th>");
        html.Append("<th class=\"number\">Bytes</th><th>Uploaded</th><th>SID</th></tr>\n");
        foreach (var version in newest)
        {
            AppendVersion(html, version);
        }

        html.Append("</table>\n");
        var count = stores.AssetVersions.GetCount(service.Sid);
        if (count > newest.Count)
        {
            html.Append(
                CultureInfo.InvariantCulture,
                $"<p class=\"note\">The newest {newest.Count} of {count} are listed.</p>\n"
            );
        }
    }

    private static void AppendVersion(StringBuilder html, ResourceVersion version)
    {
        var link = $"/__emulator/versions/{version.Sid}/content";
        html.Append(CultureInfo.InvariantCulture, $"<tr><td><a href=\"{link}\">{Encode(version.Path)}</a></td>");
        html.Append(CultureInfo.InvariantCulture, $"<td class=\"{version.Visibility}\">{version.Visibility}</td>");
        html.Append(CultureInfo.InvariantCulture, $"<td>{Encode(version.ContentType)}</td>");
        html.Append(CultureInfo.InvariantCulture, $"<td class=\"number\">{version.Size:N0}</td>");
        html.Append(CultureInfo.InvariantCulture, $"<td>{version.Created:yyyy-MM-dd HH:mm:ss}</td>");
        html.Append(CultureInfo.InvariantCulture, $"<td><code>{version.Sid}</code></td></tr>\n");
    }

    private static string Encode(string text) => HtmlEncoder.Default.Encode(text);
}
