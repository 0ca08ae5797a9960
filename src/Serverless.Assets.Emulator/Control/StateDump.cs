using System.Text.Json.Serialization;
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
    string AccountSid,
    string UniqueName,
    IReadOnlyList<EnvironmentState> Environments,
    IReadOnlyList<VersionState> AssetVersions
)
{
    public static ServiceState Create(Service service, Stores stores, int port) =>
        new(
            service.Sid,
            service.AccountSid,
            service.UniqueName,
            [
                .. stores
                    .Environments.GetAll(service.Sid)
                    .Select(environment => EnvironmentState.Create(environment, port)),
            ],
            [.. stores.AssetVersions.GetNewest(service.Sid).Select(VersionState.From)]
        );
}

internal sealed record EnvironmentState(string Sid, string UniqueName, string DomainName, string? BuildSid)
{
    public static EnvironmentState Create(DeployEnvironment environment, int port) =>
        new(environment.Sid, environment.UniqueName, SiteHost.GetHost(environment, port), environment.BuildSid);
}

/// <summary>A version with the properties that the service does not return: its hash, size and content type.</summary>
/// <param name="Sha256">Lowercase hexadecimal.</param>
/// <param name="Size">In bytes.</param>
internal sealed record VersionState(
    string Sid,
    string AccountSid,
    string ServiceSid,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? AssetSid,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? FunctionSid,
    string Path,
    string Visibility,
    DateTimeOffset DateCreated,
    string Sha256,
    long Size,
    string ContentType
)
{
    public static VersionState From(ResourceVersion version) =>
        new(
            version.Sid,
            version.AccountSid,
            version.ServiceSid,
            version.AssetSid,
            version.FunctionSid,
            version.Path,
            version.Visibility,
            version.Created,
            version.Sha256,
            version.Size,
            version.ContentType
        );
}
