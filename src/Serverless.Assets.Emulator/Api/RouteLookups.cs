using Serverless.Assets.Emulator.Storage;

namespace Serverless.Assets.Emulator.Api;

/// <summary>Finds what a request's address names, or ends the request with a 404.</summary>
internal static class RouteLookups
{
    public static Service Of(this ServiceStore services, ApiCall call) =>
        services.Find(call.Route("service")) ?? throw NotFound(call);

    public static Resource Of(this ResourceStore resources, ApiCall call, Service service) =>
        resources.Find(service.Sid, call.Route("resource")) ?? throw NotFound(call);

    public static ResourceVersion Of(this VersionStore versions, ApiCall call, Resource resource) =>
        versions.Find(resource.ServiceSid, call.Route("version")) is { } version && version.ResourceSid == resource.Sid
            ? version
            : throw NotFound(call);

    public static Build Of(this BuildStore builds, ApiCall call, Service service) =>
        builds.Find(service.Sid, call.Route("build")) ?? throw NotFound(call);

    public static DeployEnvironment Of(this EnvironmentStore environments, ApiCall call, Service service) =>
        environments.Find(service.Sid, call.Route("environment")) ?? throw NotFound(call);

    public static Deployment Of(this DeploymentStore deployments, ApiCall call, DeployEnvironment environment) =>
        deployments.Find(environment.Sid, call.Route("deployment")) ?? throw NotFound(call);

    private static ApiException NotFound(ApiCall call) => ApiException.NotFound(call.Request.Path);
}
