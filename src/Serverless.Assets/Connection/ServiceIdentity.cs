using Serverless.Assets.Client;

namespace Serverless.Assets.Connection;

/// <summary>A Service and its account.</summary>
/// <param name="Sid"><c>ZS…</c></param>
/// <param name="AccountSid"><c>AC…</c></param>
internal sealed record ServiceIdentity(Sid Sid, Sid AccountSid)
{
    public static ServiceIdentity From(ServiceResource service) => new(service.Sid, service.AccountSid);
}
