using Serverless.Assets.Emulator.Api;
using Serverless.Assets.Emulator.Sites;

namespace Serverless.Assets.Emulator.Hosting;

/// <summary>
/// Prevents web pages of other origins from using the API and the control endpoints through a developer's browser.
/// Sites are public, so every page may request them.
/// </summary>
internal static class RequestGuard
{
    private static readonly string[] OwnPages = ["", "same-origin", "none"];

    /// <returns>Null if the request may be handled.</returns>
    public static ApiException? FindProblem(HttpRequest request, HostNames allowed)
    {
        if (!HasValidHost(request))
        {
            return ApiException.NotFound($"The host '{request.Headers.Host}' is not a valid name");
        }

        if (SiteHost.FindDomain(request) is not null)
        {
            return null;
        }

        if (!SiteHost.IsLoopback(request) && !allowed.Contains(SiteHost.GetName(request)))
        {
            return ApiException.NotFound(
                "The emulator serves only 127.0.0.1, localhost, the sites at *.localhost and the hosts of --allowed-hosts, "
                    + $"not '{request.Host}'"
            );
        }

        return IsFromOwnPage(request) || IsNavigation(request)
            ? null
            : ApiException.Forbidden("The emulator accepts no requests from web pages of another origin");
    }

    /// <summary>
    /// Whether the host can be converted from and to its encoding for international names. Afterwards, everyone can use
    /// <see cref="HttpRequest.Host"/>.
    /// </summary>
    private static bool HasValidHost(HttpRequest request)
    {
        try
        {
            _ = request.Host.ToUriComponent();
            return true;
        }
        catch (ArgumentException)
        {
            return false;
        }
    }

    /// <summary>Only browsers send these headers, and pages cannot change them.</summary>
    private static bool IsFromOwnPage(HttpRequest request)
    {
        var origin = request.Headers.Origin.ToString();
        return OwnPages.Contains(request.Headers["Sec-Fetch-Site"].ToString())
            && (
                origin.Length == 0
                || origin.Equals($"{request.Scheme}://{request.Host}", StringComparison.OrdinalIgnoreCase)
            );
    }

    /// <summary>
    /// Following a link to a page is harmless: the page that contains the link cannot read the response.
    /// </summary>
    private static bool IsNavigation(HttpRequest request) =>
        HttpMethods.IsGet(request.Method)
        && request.Headers.Origin.Count == 0
        && request.Headers["Sec-Fetch-Mode"] == "navigate"
        && request.Headers["Sec-Fetch-Dest"] == "document";
}
