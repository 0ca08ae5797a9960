using Serverless.Assets.Api;
using Serverless.Assets.Configuration;
using Serverless.Assets.Deploying;
using Serverless.Assets.Diagnostics;
using Serverless.Assets.Manifest;
using Serverless.Assets.Uploading;
using Serverless.Assets.Verifying;

namespace Serverless.Assets;

/// <summary>
/// The second half of the orchestration, from the manifest to the live site: build, deploy, verify, and back. It needs
/// the manifest and credentials, nothing else of the first half.
/// </summary>
/// <remarks>Each method throws <see cref="AssetException"/> with all problems that it found.</remarks>
public sealed class LivePipeline(AssetHost host)
{
    /// <summary>How often a Build is made anew because what it was made over is no longer live.</summary>
    private const int MaxRounds = 3;

    /// <summary>How long a site may show what was live before; a few seconds are usual.</summary>
    private static readonly TimeSpan Propagation = TimeSpan.FromSeconds(60);

    private readonly ServiceRunner _runner = new(host);

    /// <summary>Makes the Build of the manifest, over what is live in the Environment. Nothing live changes.</summary>
    public Task<BuildResult> BuildAsync(DeploySettings settings, CancellationToken cancellation) =>
        RunAsync(settings, async (run, manifest, options, token) =>
        {
            var live = new LiveEnvironment(run.Api, manifest.ServiceSid, options.Environment, token);
            var built = await new BuildStep(run, manifest, options, settings.Service, host).BuildAsync(live, token).ConfigureAwait(false);
            var contents = built.Composition.Contents;
            RecordFiles.Build(settings.Service.ManifestPath, host.Files).Write(new BuildRecord
            {
                Version = BuildRecord.CurrentVersion,
                ServiceSid = manifest.ServiceSid,
                BuildSid = built.Build.Sid,
                Environment = options.Environment,
                LiveBuildSid = built.Composition.LiveBuildSid,
            });
            return new BuildResult(manifest.ServiceSid, built.Build.Sid, built.Composition.LiveBuildSid, built.Build.IsReused, contents.AssetVersions.Count, contents.FunctionVersions.Count);
        }, cancellation);

    /// <summary>Makes the manifest's Build live in the Environment, which is created when there is none.</summary>
    /// <param name="made">The Build that <see cref="BuildAsync"/> made just now; it is deployed if what it was made over is still live.</param>
    public Task<DeployResult> DeployAsync(DeploySettings settings, BuildResult? made, CancellationToken cancellation) =>
        RunAsync(settings, async (run, manifest, options, token) =>
        {
            for (var round = 1; round <= MaxRounds; round++)
            {
                var live = new LiveEnvironment(run.Api, manifest.ServiceSid, options.Environment, token);
                var known = await live.GetEnvironmentAsync().ConfigureAwait(false);
                if (made is null || known?.BuildSid != made.LiveBuildSid)
                {
                    var built = await new BuildStep(run, manifest, options, settings.Service, host).BuildAsync(live, token).ConfigureAwait(false);
                    made = new BuildResult(manifest.ServiceSid, built.Build.Sid, built.Composition.LiveBuildSid, built.Build.IsReused, 0, 0);
                    manifest = built.Manifest;
                    if (!built.Build.IsReused)
                    {
                        continue; // that took a while: look again whether the same is live
                    }
                }

                var environment = await new EnvironmentCreator(run.Api, manifest.ServiceSid, host.Logger).GetOrCreateAsync(known, options, token).ConfigureAwait(false);
                return await GoLiveAsync(run, environment, made.BuildSid, settings, manifest, options, token).ConfigureAwait(false);
            }

            throw new AssetException(DeploymentDiagnostics.LiveBuildChanged(options.Environment, MaxRounds));
        }, cancellation);

    /// <summary>Fetches the site and compares it with the manifest.</summary>
    /// <returns>How many assets are as they should be: all of them.</returns>
    public Task<int> VerifyAsync(DeploySettings settings, CancellationToken cancellation) =>
        RunAsync(settings, async (run, manifest, options, token) =>
        {
            var live = new LiveEnvironment(run.Api, manifest.ServiceSid, options.Environment, token);
            if (await live.GetEnvironmentAsync().ConfigureAwait(false) is not { BuildSid: not null } environment)
            {
                throw new AssetException(DeploymentDiagnostics.NothingLive(options.Environment));
            }

            var problems = await VerifierOf(run, environment).VerifyAsync(manifest, Propagation, token).ConfigureAwait(false);
            return problems.Count == 0 ? manifest.Assets.Count : throw new AssetException(problems);
        }, cancellation);

    private SiteVerifier VerifierOf(ServiceRun run, EnvironmentResource environment) =>
        new(SiteAddress.Of(environment.DomainName), run.Options.Credentials, run.Options.RequestTimeout, host);

    private async Task<DeployResult> GoLiveAsync(ServiceRun run, EnvironmentResource environment, string build, DeploySettings settings, AssetManifest manifest, DeployOptions options, CancellationToken cancellation)
    {
        var deployer = new Deployer(run.Api, manifest.ServiceSid, host.Logger);
        var record = RecordFiles.Deployment(settings.Service.ManifestPath, host.Files);
        var deployment = await deployer.DeployAsync(environment, build, cancellation).ConfigureAwait(false);
        var isChanged = environment.BuildSid != build;
        var before = isChanged ? environment.BuildSid : record.Read() is { } last && last.BuildSid == build && last.EnvironmentSid == environment.Sid ? last.PreviousBuildSid : null;

        int? verified = null;
        if (options.Verify)
        {
            var problems = await VerifierOf(run, environment).VerifyAsync(manifest, Propagation, cancellation).ConfigureAwait(false);
            if (problems.Count > 0)
            {
                throw new AssetException([.. problems, await TakeBackAsync(deployer, environment, build, before, cancellation).ConfigureAwait(false)]);
            }

            verified = manifest.Assets.Count;
        }

        var url = SiteAddress.Of(environment.DomainName);
        record.Write(new DeploymentRecord
        {
            Version = DeploymentRecord.CurrentVersion,
            ServiceSid = manifest.ServiceSid,
            Environment = environment.UniqueName,
            EnvironmentSid = environment.Sid,
            Domain = environment.DomainName,
            Url = url.AbsoluteUri,
            BuildSid = build,
            DeploymentSid = deployment,
            PreviousBuildSid = before,
        });
        return new DeployResult(manifest.ServiceSid, environment.UniqueName, environment.Sid, environment.DomainName, url, build, deployment, before, isChanged, verified);
    }

    private static async Task<Diagnostic> TakeBackAsync(Deployer deployer, EnvironmentResource environment, string build, string? before, CancellationToken cancellation)
    {
        if (before is null)
        {
            return DeploymentDiagnostics.RollbackFailed(environment.UniqueName, build, "nothing was live before");
        }

        try
        {
            await deployer.DeployAsync(environment with { BuildSid = build }, before, cancellation).ConfigureAwait(false);
            return DeploymentDiagnostics.RolledBack(environment.UniqueName, build, before);
        }
        catch (Exception failure) when (failure is ApiException or AssetException)
        {
            return DeploymentDiagnostics.RollbackFailed(environment.UniqueName, build, failure.Message);
        }
    }

    /// <summary>Reads the manifest, checks that it is of the service that is meant, and opens the run.</summary>
    private async Task<T> RunAsync<T>(DeploySettings settings, Func<ServiceRun, AssetManifest, DeployOptions, CancellationToken, Task<T>> work, CancellationToken cancellation)
    {
        var problems = new List<Diagnostic>();
        var options = DeploySettingsReader.Read(settings, problems);
        _runner.Report(problems);
        var manifest = ManifestReader.Read(settings.Service.ManifestPath, host.Files);
        var service = string.IsNullOrEmpty(settings.Service.ServiceSid) && string.IsNullOrEmpty(settings.Service.ServiceName)
            ? settings.Service with { ServiceSid = manifest.ServiceSid }
            : settings.Service;
        return await _runner.RunAsync(service, new UploadProgress(), async (run, token) =>
        {
            await new ManifestOwner(run, settings.Service.ManifestPath).CheckAsync(manifest, token).ConfigureAwait(false);
            return await work(run, manifest, options, token).ConfigureAwait(false);
        }, cancellation).ConfigureAwait(false);
    }
}
