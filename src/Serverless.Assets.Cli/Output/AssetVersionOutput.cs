using Serverless.Assets.Client;
using Serverless.Assets.Results;

namespace Serverless.Assets.Cli.Output;

/// <summary>The properties of an Asset Version that the service documents.</summary>
/// <param name="AccountSid">Like <c>DateCreated</c> and <c>Url</c>, null if the service omitted it.</param>
internal sealed record AssetVersionOutput(
    string AssetVersionSid,
    string? AccountSid,
    string ServiceSid,
    string AssetSid,
    string Path,
    string Visibility,
    string? DateCreated,
    string? Url
)
{
    /// <param name="service">The Service and the Asset that were requested, which the response may omit.</param>
    public static AssetVersionOutput From(AssetVersionResource version, Sid service, Sid asset) =>
        new(
            version.Sid,
            version.AccountSid?.ToString(),
            version.ServiceSid ?? service,
            version.AssetSid ?? asset,
            version.Path,
            version.Visibility.ToWireValue(),
            AssetVersionText.FormatTime(version.DateCreated),
            version.Url?.OriginalString
        );
}

/// <summary>The result of <c>versions get --json</c> and <c>versions list --json</c>.</summary>
internal sealed record AssetVersionsOutput(
    string ServiceSid,
    string AssetSid,
    IReadOnlyList<AssetVersionOutput> Versions
) : JsonOutput
{
    public static AssetVersionsOutput From(AssetVersionsResult result) =>
        new(
            result.ServiceSid,
            result.AssetSid,
            [.. result.Versions.Select(version => AssetVersionOutput.From(version, result.ServiceSid, result.AssetSid))]
        );
}

/// <summary>The result of <c>versions create --json</c>.</summary>
/// <param name="AccountSid">Like <c>DateCreated</c> and <c>Url</c>, null if the service omitted it.</param>
/// <param name="AssetCreated">Whether the command created the Asset.</param>
/// <param name="Size">In bytes.</param>
/// <param name="Sha256">Hexadecimal, lower case.</param>
internal sealed record CreatedVersionOutput(
    string AssetVersionSid,
    string AssetSid,
    string ServiceSid,
    string? AccountSid,
    bool AssetCreated,
    string Path,
    string Visibility,
    string ContentType,
    long Size,
    string Sha256,
    string? DateCreated,
    string? Url
) : JsonOutput
{
    public static CreatedVersionOutput From(CreatedVersionResult created) =>
        new(
            created.Version.Sid,
            created.AssetSid,
            created.ServiceSid,
            created.Version.AccountSid?.ToString(),
            created.IsNewAsset,
            created.Local.Path,
            created.Local.Visibility.ToWireValue(),
            created.Local.ContentType,
            created.Hash.Length,
            created.Hash.Sha256,
            AssetVersionText.FormatTime(created.Version.DateCreated),
            created.Version.Url?.OriginalString
        );
}
