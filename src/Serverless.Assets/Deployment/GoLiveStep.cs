using Serverless.Assets.Client;
using Serverless.Assets.Diagnostics;
using Serverless.Assets.Manifest;
using Serverless.Assets.Settings;
using Serverless.Assets.Upload;
using Serverless.Assets.Verification;

namespace Serverless.Assets.Deployment;

/// <summary>The eighth step: makes a Build live, says so in the file beside the manifest, and takes it back when the site is wrong.</summary>
internal sealed class GoLiveStep(ServiceRun run, string serviceSid, string manifestPath, EngineContext context)
{
    /// <summary>Makes the Build live. Nothing is done when it is.</summary>
    public async Task<DeployResult> SwitchAsync(
        EnvironmentResource environment,
        string build,
        CancellationToken cancellationToken
    )
    {
        var record = RecordFiles.Deployment(manifestPath, context.Files);
        var deployment = await new Deployer(run.Client, serviceSid, context.Logger)
            .DeployAsync(environment, build, cancellationToken)
            .ConfigureAwait(false);
        var isChanged = environment.BuildSid != build;
        var before =
            isChanged ? environment.BuildSid
            : record.Read() is { } last && last.BuildSid == build && last.EnvironmentSid == environment.Sid
                ? last.PreviousBuildSid
            : null;
        var url = SiteAddress.Of(environment.DomainName);
        record.Write(
            new DeploymentRecord
            {
                Version = DeploymentRecord.CurrentVersion,
                ServiceSid = serviceSid,
                Environment = environment.UniqueName,
                EnvironmentSid = environment.Sid,
                Domain = environment.DomainName,
                Url = url.AbsoluteUri,
                BuildSid = build,
                DeploymentSid = deployment,
                PreviousBuildSid = before,
            }
        );
        return Record(
            new DeployResult(
                serviceSid,
                environment.UniqueName,
                environment.Sid,
                environment.DomainName,
                url,
                build,
                deployment,
                before,
                isChanged,
                VerifiedAssets: null
            )
        );
    }

    /// <summary>Makes the Build live, fetches the site, and makes the Build before live again when something is wrong.</summary>
    /// <exception cref="AssetException">The site is wrong: what is, and what was done about it.</exception>
    public async Task<DeployResult> SwitchAndVerifyAsync(
        EnvironmentResource environment,
        string build,
        AssetManifest manifest,
        TimeSpan deadline,
        CancellationToken cancellationToken
    )
    {
        var result = await SwitchAsync(environment, build, cancellationToken).ConfigureAwait(false);
        var verifier = new SiteVerifier(result.Url, run.Options.Credentials, run.Options.RequestTimeout, context);
        var problems = await verifier.VerifyAsync(manifest, deadline, cancellationToken).ConfigureAwait(false);
        return problems.Count == 0
            ? Record(result with { VerifiedAssets = manifest.Assets.Count })
            : throw new AssetException([
                .. problems,
                await TakeBackAsync(environment, result, cancellationToken).ConfigureAwait(false),
            ]);
    }

    private DeployResult Record(DeployResult live)
    {
        context.Recorder?.OnLive(live);
        return live;
    }

    private async Task<Diagnostic> TakeBackAsync(
        EnvironmentResource environment,
        DeployResult deployed,
        CancellationToken cancellationToken
    )
    {
        if (!deployed.IsChanged)
        {
            return DeploymentDiagnostics.RollbackFailed(
                environment.UniqueName,
                deployed.BuildSid,
                "the Build was already live before this run"
            );
        }

        if (deployed.PreviousBuildSid is not { } before)
        {
            return DeploymentDiagnostics.RollbackFailed(
                environment.UniqueName,
                deployed.BuildSid,
                "nothing was live before"
            );
        }

        try
        {
            await SwitchAsync(environment with { BuildSid = deployed.BuildSid }, before, cancellationToken)
                .ConfigureAwait(false);
            return DeploymentDiagnostics.RolledBack(environment.UniqueName, deployed.BuildSid, before);
        }
        catch (Exception failure) when (failure is ServerlessApiException or AssetException)
        {
            return DeploymentDiagnostics.RollbackFailed(environment.UniqueName, deployed.BuildSid, failure.Message);
        }
    }
}
