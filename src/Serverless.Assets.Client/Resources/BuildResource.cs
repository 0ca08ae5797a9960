using System.Text.Json;
using System.Text.Json.Serialization;

namespace Serverless.Assets.Client;

/// <summary>A Build: an immutable, deployable set of Asset Versions and Function Versions.</summary>
public sealed record BuildResource
{
    /// <summary>34 characters: <c>^ZB[0-9a-fA-F]{32}$</c>.</summary>
    [JsonConverter(typeof(BuildSidConverter))]
    public required Sid Sid { get; init; }

    /// <summary>34 characters: <c>^AC[0-9a-fA-F]{32}$</c>; null if the service omitted it.</summary>
    [JsonConverter(typeof(AccountSidConverter))]
    public Sid? AccountSid { get; init; }

    /// <summary>34 characters: <c>^ZS[0-9a-fA-F]{32}$</c>; null if the service omitted it.</summary>
    [JsonConverter(typeof(ServiceSidConverter))]
    public Sid? ServiceSid { get; init; }

    public required BuildStatus Status { get; init; }

    /// <summary>The Asset Versions that the Build contains; null if the service omitted them.</summary>
    public IReadOnlyList<AssetVersionResource>? AssetVersions
    {
        get;
        init => field = value.RequireItems();
    }

    /// <summary>The Function Versions that the Build contains; null if the service omitted them.</summary>
    public IReadOnlyList<FunctionVersionResource>? FunctionVersions
    {
        get;
        init => field = value.RequireItems();
    }

    /// <summary>The npm packages that the Build installs; null if the service omitted them.</summary>
    public IReadOnlyList<DependencyResource>? Dependencies
    {
        get;
        init => field = value.RequireItems();
    }

    /// <summary>The Node.js runtime, such as <c>node22</c>.</summary>
    public string? Runtime { get; init; }

    /// <summary>In UTC, to the second.</summary>
    public DateTimeOffset DateCreated { get; init; }

    /// <summary>In UTC, to the second.</summary>
    public DateTimeOffset DateUpdated { get; init; }

    /// <summary>The absolute URL of the resource in the REST API; null if the service omitted it.</summary>
    public Uri? Url { get; init; }
}

/// <summary>The status of a Build. The service gives no reason for a failure.</summary>
public sealed record BuildStatusResource
{
    /// <summary>34 characters: <c>^ZB[0-9a-fA-F]{32}$</c>.</summary>
    [JsonConverter(typeof(BuildSidConverter))]
    public required Sid Sid { get; init; }

    /// <summary>34 characters: <c>^AC[0-9a-fA-F]{32}$</c>; null if the service omitted it.</summary>
    [JsonConverter(typeof(AccountSidConverter))]
    public Sid? AccountSid { get; init; }

    /// <summary>34 characters: <c>^ZS[0-9a-fA-F]{32}$</c>; null if the service omitted it.</summary>
    [JsonConverter(typeof(ServiceSidConverter))]
    public Sid? ServiceSid { get; init; }

    public required BuildStatus Status { get; init; }

    /// <summary>The absolute URL of the resource in the REST API; null if the service omitted it.</summary>
    public Uri? Url { get; init; }
}

/// <summary>The progress of a Build.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<BuildStatus>))]
public enum BuildStatus
{
    Building,
    Completed,
    Failed,
}

/// <summary>An npm package that a Build installs.</summary>
public sealed record DependencyResource
{
    public required string Name { get; init; }

    public string? Version { get; init; }
}

/// <summary>The contents of a new Build.</summary>
public sealed record BuildContents
{
    /// <summary><c>^ZN[0-9a-fA-F]{32}$</c>; at most one version of each Asset.</summary>
    public required IReadOnlyList<Sid> AssetVersions { get; init; }

    /// <summary>34 characters: <c>^ZN[0-9a-fA-F]{32}$</c>.</summary>
    public IReadOnlyList<Sid> FunctionVersions { get; init; } = [];

    /// <summary>The service adds <c>twilio</c> and <c>@twilio/runtime-handler</c>.</summary>
    public IReadOnlyList<DependencyResource> Dependencies { get; init; } = [];

    /// <summary>The runtime; null means that of the Service's last successful Build.</summary>
    public string? Runtime { get; init; }

    /// <summary>The form fields: lists repeat their field, and dependencies are a JSON string.</summary>
    /// <exception cref="ArgumentException">A SID is not that of a version, or a list is null.</exception>
    internal IReadOnlyList<KeyValuePair<string, string>> ToFields()
    {
        ArgumentNullException.ThrowIfNull(AssetVersions);
        ArgumentNullException.ThrowIfNull(FunctionVersions);
        ArgumentNullException.ThrowIfNull(Dependencies);
        List<KeyValuePair<string, string>> fields =
        [
            .. AssetVersions.Select(sid => Field("AssetVersions", sid)),
            .. FunctionVersions.Select(sid => Field("FunctionVersions", sid)),
        ];
        if (Dependencies.Count > 0)
        {
            var json = JsonSerializer.Serialize(Dependencies, ResourceJson.Default.IReadOnlyListDependencyResource);
            fields.Add(new("Dependencies", json));
        }

        if (Runtime is not null)
        {
            fields.Add(new("Runtime", Runtime));
        }

        return fields;

        static KeyValuePair<string, string> Field(string name, Sid version) =>
            new(name, SidKind.Version.RequireArgument(version, name));
    }
}

internal sealed class BuildStatusConverter : JsonConverter<BuildStatus>
{
    public override BuildStatus Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.GetString()?.ToUpperInvariant() switch
        {
            "BUILDING" => BuildStatus.Building,
            "COMPLETED" => BuildStatus.Completed,
            "FAILED" => BuildStatus.Failed,
            _ => throw new JsonException("expected a Build status"),
        };

    public override void Write(Utf8JsonWriter writer, BuildStatus value, JsonSerializerOptions options) =>
        throw new NotSupportedException();
}
