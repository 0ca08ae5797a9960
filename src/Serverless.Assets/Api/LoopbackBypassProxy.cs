using System.Net;

namespace Serverless.Assets.Api;

/// <summary>
/// The system's proxy, but not for this machine: .NET asks the proxy of <c>HTTP_PROXY</c> for loopback addresses too,
/// which it can't reach, and would get the credentials in the clear.
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
