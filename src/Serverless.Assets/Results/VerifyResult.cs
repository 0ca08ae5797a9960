using Serverless.Assets.Client;
using Serverless.Assets.Manifest;

namespace Serverless.Assets.Results;

/// <summary>A site that matches the manifest.</summary>
/// <param name="Environment">The unique name.</param>
/// <param name="Assets">The number of assets in the manifest, all of which were compared.</param>
internal sealed record VerifyResult(Sid ServiceSid, string Environment, Uri Url, int Assets) : OperationResult
{
    internal override Sid? Service => ServiceSid;

    public static VerifyResult From(EnvironmentResource environment, AssetManifest manifest) =>
        new(manifest.ServiceSid, environment.UniqueName, environment.Site.Url, manifest.Assets.Count);
}
