using System.ComponentModel;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Serverless.Assets.Client;

/// <summary>
/// Reads and writes a <see cref="Sid"/> of any kind, or of one kind in the derived classes. Another value is a
/// <see cref="FormatException"/>. Public because generated serializers of other assemblies create it.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public class SidConverter : JsonConverter<Sid>
{
    private readonly SidKind? _kind;

    /// <summary>Accepts SIDs of any kind.</summary>
    public SidConverter() { }

    private protected SidConverter(SidKind kind) => _kind = kind;

    public override Sid Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        _kind is null ? Sid.Parse(reader.GetString()) : Sid.Parse(reader.GetString(), _kind);

    /// <exception cref="InvalidOperationException">The value is the default of its type, which is not a SID.</exception>
    public override void Write(Utf8JsonWriter writer, Sid value, JsonSerializerOptions options) =>
        writer.WriteStringValue(
            value != default ? value.ToString() : throw new InvalidOperationException("the value is not a SID")
        );
}

/// <summary>Reads and writes the SID of an Account.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class AccountSidConverter() : SidConverter(SidKind.Account);

/// <summary>Reads and writes the SID of a Service.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class ServiceSidConverter() : SidConverter(SidKind.Service);

/// <summary>Reads and writes the SID of an Asset or a Function.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class AssetSidConverter() : SidConverter(SidKind.Asset);

/// <summary>Reads and writes the SID of an Asset Version or a Function Version.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class VersionSidConverter() : SidConverter(SidKind.Version);

/// <summary>Reads and writes the SID of a Build.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class BuildSidConverter() : SidConverter(SidKind.Build);

/// <summary>Reads and writes the SID of an Environment.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class EnvironmentSidConverter() : SidConverter(SidKind.Environment);

/// <summary>Reads and writes the SID of a Deployment.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class DeploymentSidConverter() : SidConverter(SidKind.Deployment);

/// <summary>Reads and writes the SID of a Variable.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class VariableSidConverter() : SidConverter(SidKind.Variable);
