using Serverless.Assets.Client;

namespace Serverless.Assets.Verification;

/// <summary>Connects to a site as the client connects to the service; the handler adds no credentials.</summary>
internal static class SiteHttpHandler
{
    public static HttpMessageHandler Create() => ApiConnection.CreateHandler();
}
