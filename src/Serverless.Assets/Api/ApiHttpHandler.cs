using System.Net;

namespace Serverless.Assets.Api;

/// <summary>How the connections to the service are made.</summary>
internal static class ApiHttpHandler
{
    public static HttpMessageHandler Create() =>
        new SocketsHttpHandler
        {
            // A redirect would carry the request, and a proxy's login page is no answer.
            AllowAutoRedirect = false,
            UseCookies = false,
            Proxy = new LoopbackBypassProxy(HttpClient.DefaultProxy),
            AutomaticDecompression = DecompressionMethods.All,
            ConnectTimeout = TimeSpan.FromSeconds(15),
            PooledConnectionLifetime = TimeSpan.FromMinutes(5),
            ActivityHeadersPropagator = null, // the service is told nothing of traces
        };
}
