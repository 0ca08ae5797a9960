using Serverless.Assets.Client;
using Serverless.Assets.Mapping;
using Serverless.Assets.Planning;

namespace Serverless.Assets.Results;

/// <summary>A file that was uploaded as a new version of an Asset that the user named.</summary>
/// <param name="Version">As the service returned it.</param>
/// <param name="Hash">Of the content that was sent.</param>
/// <param name="IsNewAsset">Whether the operation created the Asset.</param>
internal sealed record CreatedVersionResult(
    Sid ServiceSid,
    Sid AssetSid,
    LocalAsset Local,
    AssetVersionResource Version,
    ContentHash Hash,
    bool IsNewAsset
) : OperationResult
{
    internal override Sid? Service => ServiceSid;
}

/// <summary>Versions of one Asset.</summary>
/// <param name="Versions">As the service returned them: newest first, or in the order that the user asked for.</param>
/// <param name="IsLimited">Whether the user's limit ended the list, so that there may be more.</param>
internal sealed record AssetVersionsResult(
    Sid ServiceSid,
    Sid AssetSid,
    IReadOnlyList<AssetVersionResource> Versions,
    bool IsLimited = false
) : OperationResult
{
    internal override Sid? Service => ServiceSid;
}
