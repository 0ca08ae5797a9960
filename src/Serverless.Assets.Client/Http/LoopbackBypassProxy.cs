using System.Net;

namespace Serverless.Assets.Client;

/// <summary>
/// The system proxy, except for loopback addresses. .NET sends requests for loopback addresses to the proxy in
/// <c>HTTP_PROXY</c> too, which cannot reach them and would receive the credentials unencrypted.
/// </summary>
internal sealed class LoopbackBypassProxy(IWebProxy proxy) : IWebProxy
{
    /// <summary>Creates the proxy for requests of this process.</summary>
    public static LoopbackBypassProxy FromSystem()
    {
        SecretRedactor.AddProxies(Environment.GetEnvironmentVariable);
        return new LoopbackBypassProxy(HttpClient.DefaultProxy);
    }

    public ICredentials? Credentials
    {
        get => proxy.Credentials;
        set => proxy.Credentials = value;
    }

    public Uri? GetProxy(Uri destination) => IsBypassed(destination) ? null : proxy.GetProxy(destination);

    public bool IsBypassed(Uri host) => LoopbackNames.IsLoopback(host) || proxy.IsBypassed(host);
}
