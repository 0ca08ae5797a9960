using Serverless.Assets.Connection;
using Serverless.Assets.Diagnostics;
using Serverless.Assets.Results;
using Serverless.Assets.Verification;

namespace Serverless.Assets.Deployment;

/// <summary>Verifies the site after a deployment, and rolls back when verification fails.</summary>
/// <param name="manifestPath">Full path of the manifest, beside which the record of a rollback is written.</param>
internal sealed class DeploymentVerifier(OperationContext operation, ManifestDeployment deployment, string manifestPath)
{
    private readonly DeployResult _deployed = deployment.Result;

    /// <summary>
    /// Verifies the site. When verification fails, deploys the previous Build again (<see cref="DeploymentRollback"/>).
    /// </summary>
    /// <exception cref="AssetException">Verification failed. The last error says which Build is live.</exception>
    public async Task<DeployResult> VerifyOrRollBackAsync(CancellationToken cancellationToken)
    {
        var verifier = new SiteVerifier(_deployed.Url, operation.Settings, operation.Engine);
        IReadOnlyList<Diagnostic> problems;
        try
        {
            problems = await verifier.VerifyAsync(deployment.Manifest, cancellationToken).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (operation.UserCancellation.IsCancellationRequested)
        {
            operation.Engine.Logger.Warn(DeploymentDiagnostics.NotVerified(_deployed.BuildSid, _deployed.Environment));
            throw;
        }
        catch (Exception)
        {
            await RollBackAsync().ConfigureAwait(false);
            throw;
        }

        if (problems.Count > 0)
        {
            await RollBackAsync().ConfigureAwait(false);
            throw new AssetException(problems);
        }

        return _deployed with
        {
            VerifiedAssets = deployment.Manifest.Assets.Count,
        };
    }

    private async Task RollBackAsync()
    {
        var rollback = await new DeploymentRollback(operation, deployment, manifestPath)
            .RollBackAsync()
            .ConfigureAwait(false);
        operation.PartialResult = rollback.Result;
        operation.AlsoReport(rollback.Error);
    }
}
