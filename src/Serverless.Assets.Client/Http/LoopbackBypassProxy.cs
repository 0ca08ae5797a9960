using System.Net;

namespace Serverless.Assets.Client;

/// <summary>
/// The proxy of the system, except for addresses of this machine: .NET asks the proxy in <c>HTTP_PROXY</c> for loopback
/// addresses too, which it cannot reach, and it would receive the credentials unencrypted.
/// </summary>
internal sealed class LoopbackBypassProxy(IWebProxy proxy) : IWebProxy
{
    public ICredentials? Credentials
    {
        get => proxy.Credentials;
        set => proxy.Credentials = value;
    }

    public Uri? GetProxy(Uri destination) => IsBypassed(destination) ? null : proxy.GetProxy(destination);

    public bool IsBypassed(Uri host) => host.IsLoopback || proxy.IsBypassed(host);
}
