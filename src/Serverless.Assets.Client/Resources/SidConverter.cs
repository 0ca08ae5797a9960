using System.Text.Json;
using System.Text.Json.Serialization;

namespace Serverless.Assets.Client;

/// <summary>
/// Reads and writes a <see cref="Sid"/> of one kind, or of any kind if it is null. A value of another kind or format is
/// a <see cref="FormatException"/>.
/// </summary>
internal class SidConverter(SidKind? kind) : JsonConverter<Sid>
{
    public SidConverter()
        : this(kind: null) { }

    public override Sid Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        kind is null ? Sid.Parse(reader.GetString()) : Sid.Parse(reader.GetString(), kind);

    public override void Write(Utf8JsonWriter writer, Sid value, JsonSerializerOptions options) =>
        writer.WriteStringValue(value.ToString());
}

internal sealed class AccountSidConverter() : SidConverter(SidKind.Account);

internal sealed class ServiceSidConverter() : SidConverter(SidKind.Service);

internal sealed class AssetSidConverter() : SidConverter(SidKind.Asset);

internal sealed class VersionSidConverter() : SidConverter(SidKind.Version);

internal sealed class BuildSidConverter() : SidConverter(SidKind.Build);

internal sealed class EnvironmentSidConverter() : SidConverter(SidKind.Environment);

internal sealed class DeploymentSidConverter() : SidConverter(SidKind.Deployment);
