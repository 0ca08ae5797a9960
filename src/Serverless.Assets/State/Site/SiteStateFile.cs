using System.Security.Cryptography;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.RegularExpressions;
using Serverless.Assets.Client;
using Serverless.Assets.Files;
using Serverless.Assets.Manifest;
using Serverless.Assets.Settings;

namespace Serverless.Assets.State.Site;

/// <summary>
/// The state file of a site: what its Build contains, for the uploads of other machines. It is a public asset, so it
/// describes only public assets; of the others it has keyed hashes (<see cref="HiddenAssetKey"/>). Its path contains the
/// hash of its content, which includes random bytes: nobody can guess the path, and the content can't be replaced. An
/// instance is always valid: a malformed value is a <see cref="FormatException"/>.
/// </summary>
internal sealed partial record SiteStateFile
{
    public const int CurrentVersion = 1;

    public const string ContentType = "application/json";

    /// <summary>The folder of the site in which state files are. Other files can't be uploaded there.</summary>
    public const string Folder = "/serverless-assets/state/";

    /// <summary>How a state file counts for the limits of a Build.</summary>
    public static readonly (string Path, Visibility Visibility) Counted = ($"{Folder}1.json", Visibility.Public);

    /// <summary>In bytes; 1,050 assets with paths of 255 characters need less than 1 MB.</summary>
    public const int MaxLength = 4 * 1024 * 1024;

    /// <summary>How many earlier deployments a state file lists.</summary>
    private const int MaxEarlier = 20;

    public required int Version
    {
        get;
        init => field = FormatVersion.Require(value, CurrentVersion);
    }

    /// <summary>The product and its version.</summary>
    public required string Generator { get; init; }

    /// <summary>32 random bytes in hexadecimal digits, which make the path unpredictable.</summary>
    public required string Random { get; init; }

    /// <summary>Where this Build comes from.</summary>
    public required SiteDeployment Deployment { get; init; }

    /// <summary>The deployments to the Environment before, newest first.</summary>
    public required IReadOnlyList<EarlierDeployment> Earlier
    {
        get;
        init => field = RequireItems(value);
    }

    /// <summary>The public assets, sorted by path (ordinal).</summary>
    public required IReadOnlyList<SiteAsset> Assets
    {
        get;
        init => field = RequireItems(value);
    }

    /// <summary>The protected and private assets, sorted by <see cref="HiddenAsset.Id"/>.</summary>
    public required IReadOnlyList<HiddenAsset> HiddenAssets
    {
        get;
        init => field = RequireItems(value);
    }

    public static SiteStateFile Create(SiteDeployment deployment) =>
        new()
        {
            Version = CurrentVersion,
            Generator = $"{ProductVersion.Name}/{ProductVersion.Number}",
            Random = RandomNumberGenerator.GetHexString(64, lowercase: true),
            Deployment = deployment,
            Earlier = [],
            Assets = [],
            HiddenAssets = [],
        };

    /// <summary>Whether an Asset Version is a state file, by its path.</summary>
    public static bool IsStateFile(AssetVersionResource version) =>
        version.Visibility == Visibility.Public && StatePath().IsMatch(version.Path);

    /// <returns>Such as <c>/serverless-assets/state/2c26b46b….json</c>.</returns>
    public static string GetPath(ReadOnlySpan<byte> content) =>
        $"{Folder}{Convert.ToHexStringLower(SHA256.HashData(content))}.json";

    public byte[] Serialize() => JsonSerializer.SerializeToUtf8Bytes(this, SiteStateJson.Format.SiteStateFile);

    /// <summary>Whether both describe the same assets, regardless of where their Builds come from.</summary>
    public bool HasSameAssets(SiteStateFile other) =>
        Assets.SequenceEqual(other.Assets) && HiddenAssets.SequenceEqual(other.HiddenAssets);

    /// <summary>The <see cref="Earlier"/> deployments of the state file that replaces this one.</summary>
    /// <param name="build">The Build of this state file.</param>
    public IReadOnlyList<EarlierDeployment> GetEarlier(Sid build) =>
        [EarlierDeployment.From(build, Deployment), .. Earlier.Take(MaxEarlier - 1)];

    /// <param name="path">The path that the content was fetched from.</param>
    /// <exception cref="FormatException">The content is not that of the path, or not a valid state file.</exception>
    public static SiteStateFile Parse(ReadOnlySpan<byte> content, string path)
    {
        if (GetPath(content) != path)
        {
            throw new FormatException("its content does not match the hash in its path");
        }

        try
        {
            var file = JsonSerializer.Deserialize(content, SiteStateJson.Format.SiteStateFile);
            return file ?? throw new FormatException("it is null");
        }
        catch (Exception broken) when (broken is JsonException or InvalidOperationException)
        {
            throw new FormatException(broken.Message, broken);
        }
    }

    private static IReadOnlyList<T> RequireItems<T>(IReadOnlyList<T> items) =>
        items.All(item => item is not null) ? items : throw new FormatException("an item of a list is null");

    [GeneratedRegex(@"^/serverless-assets/state/[0-9a-f]{64}\.json\z", RegexOptions.CultureInvariant)]
    private static partial Regex StatePath();
}

/// <summary>Where a Build comes from, as far as git and the CI system provide it, and when it was planned.</summary>
internal sealed record SiteDeployment(
    DateTimeOffset Time,
    string? Commit = null,
    string? Branch = null,
    string? Run = null
)
{
    public static SiteDeployment From(ManifestSource source, DateTimeOffset time) =>
        new(time, source.Commit, source.Branch, source.Run);
}

/// <summary>An earlier deployment, which <c>list</c> shows for its Build.</summary>
internal sealed record EarlierDeployment(
    [property: JsonConverter(typeof(BuildSidConverter))] Sid Build,
    DateTimeOffset Time,
    string? Commit = null,
    string? Branch = null,
    string? Run = null
)
{
    public SiteDeployment Deployment => new(Time, Commit, Branch, Run);

    public static EarlierDeployment From(Sid build, SiteDeployment deployment) =>
        new(build, deployment.Time, deployment.Commit, deployment.Branch, deployment.Run);
}

/// <summary>A public asset of the Build.</summary>
/// <param name="Project">
/// The <see cref="AssetManifest.Project"/> that deployed it last; null: no MSBuild project did.
/// </param>
/// <param name="LeftAt">When the manifest of the project was first without it; null: it is in the manifest.</param>
internal sealed record SiteAsset(
    AssetPath Path,
    [property: JsonConverter(typeof(VersionSidConverter))] Sid AssetVersionSid,
    [property: JsonConverter(typeof(AssetSidConverter))] Sid AssetSid,
    long Size,
    string Sha256,
    string ContentType,
    string? Project = null,
    DateTimeOffset? LeftAt = null
)
{
    public static SiteAsset From(ManifestAsset asset, string? project) =>
        new(asset.Path, asset.AssetVersionSid, asset.AssetSid, asset.Size, asset.Sha256, asset.ContentType, project);
}

/// <summary>A protected or private asset of the Build.</summary>
/// <param name="Id">The keyed hash of its Asset Version (<see cref="HiddenAssetKey.GetId"/>).</param>
/// <param name="Content">The keyed hash of what was uploaded (<see cref="HiddenAssetKey.GetContent"/>).</param>
/// <param name="Project"><inheritdoc cref="SiteAsset" path="/param[@name='Project']"/></param>
/// <param name="LeftAt"><inheritdoc cref="SiteAsset" path="/param[@name='LeftAt']"/></param>
internal sealed record HiddenAsset(string Id, string Content, string? Project = null, DateTimeOffset? LeftAt = null)
{
    public static HiddenAsset From(ManifestAsset asset, HiddenAssetKey key, string? project) =>
        new(
            key.GetId(asset.AssetVersionSid),
            key.GetContent(asset.AssetVersionSid, asset.Path, asset.Visibility, asset.ContentType, asset.Sha256),
            project
        );
}

[JsonSerializable(typeof(SiteStateFile))]
internal sealed partial class SiteStateJson : JsonSerializerContext
{
    public static SiteStateJson Format { get; } =
        new(
            new JsonSerializerOptions
            {
                PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
                Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
                DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
                AllowDuplicateProperties = false,
                RespectNullableAnnotations = true,
                RespectRequiredConstructorParameters = true,
            }
        );
}
