using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Serverless.Assets.Client;
using Serverless.Assets.Diagnostics;
using Serverless.Assets.Files;
using Serverless.Assets.Manifest;
using Serverless.Assets.Results;

namespace Serverless.Assets.Deployment;

/// <summary>The result of a step, in a file next to the manifest.</summary>
internal sealed class RecordFile<T>(string path, JsonTypeInfo<T> type, IFileSystem files)
    where T : class
{
    public string Path => path;

    /// <returns>Null when there is none or it cannot be read: later steps work without it.</returns>
    public T? Read()
    {
        try
        {
            if (!files.Exists(Path))
            {
                return null;
            }

            using var stream = files.OpenRead(Path);
            return JsonSerializer.Deserialize(RegularFile.Buffer(stream), type);
        }
        catch (Exception failure)
            when (failure is JsonException or FormatException or IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    /// <exception cref="AssetException">The file cannot be written.</exception>
    public void Write(T record)
    {
        try
        {
            if (!record.Equals(Read()))
            {
                files.WriteAtomically(Path, [.. JsonSerializer.SerializeToUtf8Bytes(record, type), (byte)'\n']);
            }
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new AssetException(StateDiagnostics.RecordNotWritable(Path, failure.Message), failure);
        }
    }
}

/// <summary>The result files next to the manifest.</summary>
internal static class RecordFiles
{
    private const string BuildName = "serverless-assets.build";
    private const string DeploymentName = "serverless-assets.deployment";

    public static RecordFile<BuildRecord> Build(string manifestPath, IFileSystem files) =>
        new(GetPath(manifestPath, BuildName), RecordJson.Default.BuildRecord, files);

    public static RecordFile<DeploymentRecord> Deployment(string manifestPath, IFileSystem files) =>
        new(GetPath(manifestPath, DeploymentName), RecordJson.Default.DeploymentRecord, files);

    /// <summary>Gets the paths of both files.</summary>
    public static IReadOnlyList<string> GetPaths(string manifestPath) =>
        [GetPath(manifestPath, BuildName), GetPath(manifestPath, DeploymentName)];

    /// <summary>Whether the results of both manifests, which are in one folder, go to the same files.</summary>
    public static bool AreShared(string manifestPath, string other) =>
        string.Equals(
            ManifestNames.FindService(manifestPath),
            ManifestNames.FindService(other),
            StringComparison.OrdinalIgnoreCase
        );

    private static string GetPath(string manifestPath, string name) =>
        Path.Combine(
            Path.GetDirectoryName(manifestPath)!,
            ManifestNames.FindService(manifestPath) is { } service ? $"{name}.{service}.json" : $"{name}.json"
        );
}

/// <summary>The Build that was created: the content of <c>serverless-assets.build.json</c>.</summary>
internal sealed record BuildRecord
{
    public const int CurrentVersion = 1;

    public required int Version
    {
        get;
        init => field = FormatVersion.Require(value, CurrentVersion);
    }

    [JsonConverter(typeof(ServiceSidConverter))]
    public required Sid ServiceSid { get; init; }

    [JsonConverter(typeof(BuildSidConverter))]
    public required Sid BuildSid { get; init; }

    /// <summary>Unique name of the Environment that the Build is for.</summary>
    public required string Environment { get; init; }

    /// <summary>The deployed Build that it is based on; null: nothing was deployed.</summary>
    [JsonConverter(typeof(BuildSidConverter))]
    public required Sid? LiveBuildSid { get; init; }

    /// <param name="environment">Unique name of the Environment that the Build is for.</param>
    public static BuildRecord From(BuildResult build, string environment) =>
        new()
        {
            Version = CurrentVersion,
            ServiceSid = build.ServiceSid,
            BuildSid = build.BuildSid,
            Environment = environment,
            LiveBuildSid = build.LiveBuildSid,
        };
}

/// <summary>The last Deployment: the content of <c>serverless-assets.deployment.json</c>.</summary>
internal sealed record DeploymentRecord
{
    public const int CurrentVersion = 1;

    public required int Version
    {
        get;
        init => field = FormatVersion.Require(value, CurrentVersion);
    }

    [JsonConverter(typeof(ServiceSidConverter))]
    public required Sid ServiceSid { get; init; }

    /// <summary>Unique name.</summary>
    public required string Environment { get; init; }

    /// <summary><c>ZE…</c></summary>
    [JsonConverter(typeof(EnvironmentSidConverter))]
    public required Sid EnvironmentSid { get; init; }

    /// <summary>Host name of the site.</summary>
    public required string Domain
    {
        get;
        init => field = SiteAddress.Parse(value).Domain;
    }

    /// <summary>The root of the site.</summary>
    public required string Url
    {
        get;
        init =>
            field =
                Uri.TryCreate(value, UriKind.Absolute, out var url) && SiteAddress.TryParse(url.Authority, out var site)
                    ? site.Url.AbsoluteUri
                    : throw new FormatException($"'{value}' is not the address of a site");
    }

    [JsonConverter(typeof(BuildSidConverter))]
    public required Sid BuildSid { get; init; }

    /// <summary>Null: the Build was already deployed, and the service lists no Deployment of it.</summary>
    [JsonConverter(typeof(DeploymentSidConverter))]
    public required Sid? DeploymentSid { get; init; }

    /// <summary>The Build that was deployed before; null: none was.</summary>
    [JsonConverter(typeof(BuildSidConverter))]
    public required Sid? PreviousBuildSid { get; init; }

    public static DeploymentRecord From(DeployResult deployment) =>
        new()
        {
            Version = CurrentVersion,
            ServiceSid = deployment.ServiceSid,
            Environment = deployment.Environment,
            EnvironmentSid = deployment.EnvironmentSid,
            Domain = deployment.Domain,
            Url = deployment.Url.AbsoluteUri,
            BuildSid = deployment.BuildSid,
            DeploymentSid = deployment.DeploymentSid,
            PreviousBuildSid = deployment.PreviousBuildSid,
        };
}

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    AllowDuplicateProperties = false,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true,
    WriteIndented = true,
    NewLine = "\n"
)]
[JsonSerializable(typeof(DeploymentRecord))]
[JsonSerializable(typeof(BuildRecord))]
internal sealed partial class RecordJson : JsonSerializerContext;
