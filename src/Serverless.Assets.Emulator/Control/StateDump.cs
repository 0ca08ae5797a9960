using System.Text.Json;
using Serverless.Assets.Emulator.Api;
using Serverless.Assets.Emulator.Sites;
using Serverless.Assets.Emulator.Storage;

namespace Serverless.Assets.Emulator.Control;

/// <summary>All Services with their Environments and Asset Versions, as JSON for tests and scripts.</summary>
internal sealed class StateDump(ServiceStore services, EnvironmentStore environments, VersionStore assetVersions)
{
    public void WriteTo(Utf8JsonWriter json, int port)
    {
        json.WriteStartObject();
        json.WriteStartArray("services");
        foreach (var service in services.All())
        {
            WriteService(json, service, port);
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    /// <summary>A version with what the service itself does not tell: hash, size and content type.</summary>
    public static void Write(Utf8JsonWriter json, ResourceVersion version)
    {
        json.WriteStartObject();
        VersionEndpoints.WriteFields(json, version, version.Visibility);
        json.WriteString("sha256", version.Sha256);
        json.WriteNumber("size", version.Size);
        json.WriteString("content_type", version.ContentType);
        json.WriteEndObject();
    }

    private void WriteService(Utf8JsonWriter json, Service service, int port)
    {
        json.WriteStartObject();
        json.WriteString("sid", service.Sid);
        json.WriteString("unique_name", service.UniqueName);
        json.WriteStartArray("environments");
        foreach (var environment in environments.All(service.Sid))
        {
            json.WriteStartObject();
            json.WriteString("sid", environment.Sid);
            json.WriteString("unique_name", environment.UniqueName);
            json.WriteString("domain_name", SiteHost.Of(environment, port));
            json.WriteString("build_sid", environment.BuildSid);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteStartArray("asset_versions");
        foreach (var version in assetVersions.Newest(service.Sid, int.MaxValue))
        {
            Write(json, version);
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }
}
