using Serverless.Assets.Client;
using Serverless.Assets.Diagnostics;
using Serverless.Assets.Manifest;
using Serverless.Assets.Upload;

namespace Serverless.Assets.Deployment;

/// <summary>Makes sure that a manifest is of the account and Service that are meant.</summary>
internal sealed class ManifestOwnershipCheck(ServiceRun run, string manifestPath)
{
    /// <exception cref="AssetException">It is of another.</exception>
    public async Task CheckAsync(AssetManifest manifest, CancellationToken cancellationToken)
    {
        var user = run.Options.Credentials.User;
        if (user.StartsWith(SidKind.Account.Prefix, StringComparison.Ordinal) && user != manifest.AccountSid)
        {
            throw new AssetException(StateDiagnostics.ManifestOfOtherAccount(manifestPath, manifest.AccountSid, user));
        }

        var meant = run.Options.ServiceSidOrName;
        if (meant == manifest.ServiceSid)
        {
            return;
        }

        var sid = Sid.IsValid(meant, SidKind.Service)
            ? meant
            : (await run.Finder.FindAsync(cancellationToken).ConfigureAwait(false))?.Sid;
        if (sid != manifest.ServiceSid)
        {
            throw new AssetException(StateDiagnostics.ManifestOfOtherService(manifestPath, manifest.ServiceSid, meant));
        }
    }
}
