using Serverless.Assets.Emulator.Api;
using Serverless.Assets.Emulator.Sites;
using Serverless.Assets.Emulator.Storage;

namespace Serverless.Assets.Emulator.Control;

/// <summary>The response of <c>GET /__emulator/services</c>: the emulator's state for tests and scripts.</summary>
internal sealed record StateDump(IReadOnlyList<ServiceState> Services)
{
    /// <param name="port">The port of the sites.</param>
    public static StateDump Create(Stores stores, int port) =>
        new([.. stores.Services.GetAll().Select(service => ServiceState.Create(service, stores, port))]);
}

internal sealed record ServiceState(
    string Sid,
    string UniqueName,
    IReadOnlyList<EnvironmentState> Environments,
    IReadOnlyList<VersionResponse> AssetVersions
)
{
    public static ServiceState Create(Service service, Stores stores, int port) =>
        new(
            service.Sid,
            service.UniqueName,
            [
                .. stores
                    .Environments.GetAll(service.Sid)
                    .Select(environment => EnvironmentState.Create(environment, port)),
            ],
            [.. stores.AssetVersions.GetNewest(service.Sid).Select(VersionResponse.FromState)]
        );
}

internal sealed record EnvironmentState(string Sid, string UniqueName, string DomainName, string? BuildSid)
{
    public static EnvironmentState Create(DeployEnvironment environment, int port) =>
        new(environment.Sid, environment.UniqueName, SiteHost.GetHost(environment, port), environment.BuildSid);
}
