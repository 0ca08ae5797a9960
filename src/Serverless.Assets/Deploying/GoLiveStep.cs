using Serverless.Assets.Api;
using Serverless.Assets.Configuration;
using Serverless.Assets.Diagnostics;
using Serverless.Assets.Manifest;
using Serverless.Assets.Uploading;
using Serverless.Assets.Verifying;

namespace Serverless.Assets.Deploying;

/// <summary>The eighth step: makes a Build live, says so in the file beside the manifest, and takes it back when the site is wrong.</summary>
internal sealed class GoLiveStep(ServiceRun run, string serviceSid, string manifestPath, AssetHost host)
{
    /// <summary>Makes the Build live. Nothing is done when it is.</summary>
    public async Task<DeployResult> SwitchAsync(
        EnvironmentResource environment,
        string build,
        CancellationToken cancellation
    )
    {
        var record = RecordFiles.Deployment(manifestPath, host.Files);
        var deployment = await new Deployer(run.Api, serviceSid, host.Logger)
            .DeployAsync(environment, build, cancellation)
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
        CancellationToken cancellation
    )
    {
        var result = await SwitchAsync(environment, build, cancellation).ConfigureAwait(false);
        var verifier = new SiteVerifier(result.Url, run.Options.Credentials, run.Options.RequestTimeout, host);
        var problems = await verifier.VerifyAsync(manifest, deadline, cancellation).ConfigureAwait(false);
        return problems.Count == 0
            ? Record(result with { VerifiedAssets = manifest.Assets.Count })
            : throw new AssetException([
                .. problems,
                await TakeBackAsync(environment, result, cancellation).ConfigureAwait(false),
            ]);
    }

    private DeployResult Record(DeployResult live)
    {
        host.Recorder?.OnLive(live);
        return live;
    }

    private async Task<Diagnostic> TakeBackAsync(
        EnvironmentResource environment,
        DeployResult deployed,
        CancellationToken cancellation
    )
    {
        if (!deployed.IsChanged)
        {
            return DeploymentDiagnostics.RollbackFailed(
                environment.UniqueName,
                deployed.BuildSid,
                "it was live before this run, which changed nothing"
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
            await SwitchAsync(environment with { BuildSid = deployed.BuildSid }, before, cancellation)
                .ConfigureAwait(false);
            return DeploymentDiagnostics.RolledBack(environment.UniqueName, deployed.BuildSid, before);
        }
        catch (Exception failure) when (failure is ApiException or AssetException)
        {
            return DeploymentDiagnostics.RollbackFailed(environment.UniqueName, deployed.BuildSid, failure.Message);
        }
    }
}
