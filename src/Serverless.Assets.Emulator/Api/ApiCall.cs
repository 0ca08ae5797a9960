using Serverless.Assets.Emulator.Sites;
using Serverless.Assets.Emulator.Storage;

namespace Serverless.Assets.Emulator.Api;

/// <summary>
/// An authenticated request: its form, and the resources in its URL. Getting a resource that does not exist throws an
/// <see cref="ApiException"/> with 404.
/// </summary>
/// <param name="accountSid">The owner of the Services that the request can use.</param>
/// <param name="now">The service's time, the same throughout the request.</param>
internal sealed class ApiCall(
    HttpContext context,
    RequestForm form,
    string accountSid,
    DateTimeOffset now,
    Stores stores
)
{
    public HttpRequest Request => context.Request;

    public RequestForm Form => form;

    public string AccountSid => accountSid;

    public DateTimeOffset Now => now;

    /// <summary>The port of the URLs in responses.</summary>
    public int Port => SiteHost.GetPort(context.Request);

    /// <summary>Scheme, host and port of the URLs in responses.</summary>
    public string Origin => $"{context.Request.Scheme}://{context.Request.Host}";

    public string GetServiceUrl(string sid) => $"{Origin}/v1/Services/{sid}";

    public Service GetService() => stores.Services.Find(accountSid, GetRouteValue("service")) ?? throw NotFound();

    public Resource GetResource(ResourceKind kind) =>
        stores.GetResources(kind).Find(GetService().Sid, GetRouteValue("resource")) ?? throw NotFound();

    public ResourceVersion GetVersion(ResourceKind kind)
    {
        var resource = GetResource(kind);
        var version = stores.GetVersions(kind).Find(resource.ServiceSid, GetRouteValue("version"));
        return version?.ResourceSid == resource.Sid ? version : throw NotFound();
    }

    public Build GetBuild() => stores.Builds.Find(GetService().Sid, GetRouteValue("build")) ?? throw NotFound();

    public DeployEnvironment GetEnvironment() =>
        stores.Environments.Find(GetService().Sid, GetRouteValue("environment")) ?? throw NotFound();

    public Deployment GetDeployment() =>
        stores.Deployments.Find(GetEnvironment().Sid, GetRouteValue("deployment")) ?? throw NotFound();

    public Variable GetVariable() =>
        stores.Variables.Find(GetEnvironment().Sid, GetRouteValue("variable")) ?? throw NotFound();

    public Log GetLog() => stores.Logs.Find(GetEnvironment().Sid, GetRouteValue("log")) ?? throw NotFound();

    private string GetRouteValue(string name) => (string)context.Request.RouteValues[name]!;

    private ApiException NotFound() => ApiException.NotFound(context.Request.Path);
}
