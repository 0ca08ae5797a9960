using Serverless.Assets.Client;
using Serverless.Assets.Diagnostics;
using Serverless.Assets.Manifest;
using Serverless.Assets.Upload;

namespace Serverless.Assets.Deployment;

/// <summary>Checks that a manifest belongs to the account and the Service of the run.</summary>
internal sealed class ManifestOwnershipCheck(ServiceRun run, string manifestPath)
{
    /// <exception cref="AssetException">It belongs to another.</exception>
    public async Task CheckAsync(AssetManifest manifest, CancellationToken cancellationToken)
    {
        var user = run.Options.Credentials.User;
        if (user.StartsWith(SidKind.Account.Prefix, StringComparison.Ordinal) && user != manifest.AccountSid)
        {
            throw new AssetException(StateDiagnostics.ManifestOfOtherAccount(manifestPath, manifest.AccountSid, user));
        }

        var requested = run.Options.ServiceSidOrName;
        if (requested == manifest.ServiceSid)
        {
            return;
        }

        var sid = Sid.IsValid(requested, SidKind.Service)
            ? requested
            : (await run.Finder.FindAsync(cancellationToken).ConfigureAwait(false))?.Sid;
        if (sid != manifest.ServiceSid)
        {
            throw new AssetException(
                StateDiagnostics.ManifestOfOtherService(manifestPath, manifest.ServiceSid, requested)
            );
        }
    }
}
