using Serverless.Assets.Emulator.Storage;

namespace Serverless.Assets.Emulator.Sites;

/// <summary>Why a site does not serve what a request asks for, and what to do about it.</summary>
/// <param name="Message">One or two sentences, also for clients that do not show pages.</param>
internal sealed record SiteProblem(int Status, string Message)
{
    /// <summary>The existing path that the requested one probably stands for.</summary>
    public string? Nearest { get; init; }

    /// <summary>More sentences for the page.</summary>
    public string? Details { get; init; }

    /// <summary>A command that the page suggests.</summary>
    public string? Command { get; init; }

    /// <summary>Null if the domain is unknown.</summary>
    public SiteContents? Site { get; init; }

    public static SiteProblem MethodNotAllowed(string method) =>
        new(StatusCodes.Status405MethodNotAllowed, $"Sites do not support {method}.");

    public static SiteProblem UnknownDomain(string domain) =>
        new(StatusCodes.Status404NotFound, $"No Environment has the domain '{domain}'.")
        {
            Details = "A deployment creates its Environment. Deploy, or open one of the sites that exist.",
            Command = "serverless-assets deploy --emulator --service-name NAME --create-service",
        };

    public static SiteProblem NothingDeployed(SiteContents site) =>
        site.IsPending
            ? new(
                StatusCodes.Status404NotFound,
                $"The first Deployment to {Describe(site)} is not visible yet. Reload in a few seconds."
            )
            {
                Site = site,
            }
            : new(StatusCodes.Status404NotFound, $"Nothing is deployed to {Describe(site)}.")
            {
                Site = site,
                Details = "Upload files and deploy a Build of them to this Environment.",
                Command =
                    $"serverless-assets deploy --emulator --service-name {site.Service.UniqueName} "
                    + $"--environment {site.Environment.UniqueName}",
            };

    public static SiteProblem Missing(SiteContents site, string path) =>
        new(StatusCodes.Status404NotFound, $"The Build that is deployed to {Describe(site)} has no '{path}'.")
        {
            Site = site,
            Nearest = NearestPath.Find(
                path,
                site.Versions.Where(version => version.Visibility != Visibility.Private).Select(version => version.Path)
            ),
        };

    public static SiteProblem Private(SiteContents? site, ResourceVersion version) =>
        new(
            StatusCodes.Status404NotFound,
            $"'{version.Path}' is private, so it has no URL. Only Functions of the same Build can use it."
        )
        {
            Site = site,
            Details = "To serve it, upload it as public or protected.",
        };

    /// <param name="url">The URL to sign.</param>
    public static SiteProblem NotSigned(SiteContents? site, ResourceVersion version, HttpRequest request, string url) =>
        new(
            StatusCodes.Status403Forbidden,
            $"'{version.Path}' is protected, and the request has no "
                + (request.Headers.ContainsKey(RequestSignature.Header) ? "valid " : "")
                + $"{RequestSignature.Header}."
        )
        {
            Site = site,
            Details =
                "The signature is Base64(HMAC-SHA1(auth token, text)). The text is the full URL as it is sent, followed "
                + "for a form by the names and values of its fields, sorted by name. For another body, such as JSON, "
                + "the URL contains its SHA-256 in lowercase hexadecimal as bodySHA256. The auth token is that of "
                + "--auth-token, else the password of --credentials, else 32 zeros.",
            Command =
                $"curl '{Quote(url)}' -H \"{RequestSignature.Header}: $(printf %s '{Quote(url)}' "
                + "| openssl dgst -sha1 -hmac \"$TWILIO_AUTH_TOKEN\" -binary | base64)\"",
        };

    public static SiteProblem FunctionNotRun(SiteContents? site, ResourceVersion version) =>
        new(
            StatusCodes.Status501NotImplemented,
            $"'{version.Path}' is the Function Version {version.Sid}. The emulator does not run Functions."
        )
        {
            Site = site,
            Details = "It stores, lists and deploys them, so that you can test what a deployment does to them.",
        };

    private static string Describe(SiteContents site) =>
        $"the Environment '{site.Environment.UniqueName}' of the Service '{site.Service.UniqueName}'";

    /// <summary>Escapes the only character that ends a single-quoted text in a shell.</summary>
    private static string Quote(string text) => text.Replace("'", @"'\''", StringComparison.Ordinal);
}
