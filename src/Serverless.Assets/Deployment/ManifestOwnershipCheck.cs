using Serverless.Assets.Client;
using Serverless.Assets.Connection;
using Serverless.Assets.Diagnostics;

namespace Serverless.Assets.Deployment;

/// <summary>Checks that a manifest belongs to the account and the Service of the run.</summary>
internal sealed class ManifestOwnershipCheck(OperationContext operation, ManifestInput input)
{
    /// <exception cref="AssetException">It belongs to another.</exception>
    public async Task CheckAsync(CancellationToken cancellationToken)
    {
        var (manifest, manifestPath) = (input.Manifest, input.Deployment.ManifestPath);
        var user = operation.Settings.Credentials.User;
        if (Sid.TryParse(user, SidKind.Account, out var account) && account != manifest.AccountSid)
        {
            throw new AssetException(StateDiagnostics.ManifestOfOtherAccount(manifestPath, manifest.AccountSid, user));
        }

        var requested = operation.Settings.ServiceSidOrName;
        var sid =
            operation.Settings.ServiceSid
            ?? (await operation.ServiceResolver.FindAsync(cancellationToken).ConfigureAwait(false))?.Sid;
        if (sid != manifest.ServiceSid)
        {
            throw new AssetException(
                StateDiagnostics.ManifestOfOtherService(manifestPath, manifest.ServiceSid, requested)
            );
        }
    }
}
