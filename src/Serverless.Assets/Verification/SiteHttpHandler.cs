using System.Net;
using Serverless.Assets.Client;

namespace Serverless.Assets.Verification;

/// <summary>Connects to a site without credentials.</summary>
internal static class SiteHttpHandler
{
    public static HttpMessageHandler Create() =>
        new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            UseCookies = false,
            Proxy = LoopbackBypassProxy.FromSystem(),
            AutomaticDecompression = DecompressionMethods.All,
            ConnectTimeout = TimeSpan.FromSeconds(15),
            ConnectCallback = LoopbackNames.ConnectAsync,
        };
}
