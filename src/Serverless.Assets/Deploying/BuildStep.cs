using System.Net;
using Serverless.Assets.Api;
using Serverless.Assets.Configuration;
using Serverless.Assets.Diagnostics;
using Serverless.Assets.Manifest;
using Serverless.Assets.Planning;
using Serverless.Assets.Uploading;

namespace Serverless.Assets.Deploying;

/// <summary>The seventh step: from the manifest to a complete Build that can go live without taking anything else down.</summary>
internal sealed class BuildStep(
    ServiceRun run,
    AssetManifest manifest,
    DeployOptions options,
    ServiceSettings settings,
    AssetHost host
)
{
    /// <summary>Runtimes whose deployments the service refuses by now.</summary>
    private static readonly HashSet<string> OldRuntimes = new(StringComparer.OrdinalIgnoreCase)
    {
        "node8",
        "node10",
        "node12",
        "node14",
        "node16",
        "node18",
    };

    /// <summary>Composes over what is live in the Environment, and makes the Build.</summary>
    public async Task<BuiltOver> BuildAsync(LiveEnvironment live, CancellationToken cancellation)
    {
        var environment = await live.GetEnvironmentAsync().ConfigureAwait(false);
        var liveBuild = await live.GetBuildAsync().ConfigureAwait(false);
        if (environment?.BuildSid is { } missing && liveBuild is null)
        {
            throw new AssetException(DeploymentDiagnostics.LiveBuildGone(missing, environment.UniqueName));
        }

        try
        {
            return await MakeAsync(manifest, environment, liveBuild, cancellation).ConfigureAwait(false);
        }
        catch (ApiException refused) when (IsRefusedBuild(refused))
        {
            return await RestoreAndMakeAsync(refused, environment, liveBuild, cancellation).ConfigureAwait(false);
        }
    }

    private async Task<BuiltOver> RestoreAndMakeAsync(
        ApiException refused,
        EnvironmentResource? environment,
        BuildResource? liveBuild,
        CancellationToken cancellation
    )
    {
        var file = new ManifestFile(settings.ManifestPath, host.Files, host.Logger);
        var service = new ServiceResource { Sid = manifest.ServiceSid, AccountSid = manifest.AccountSid };
        var session = new UploadSession(
            run,
            new ReachedService(service, IsNew: false),
            file,
            new UploadProgress(),
            host,
            cancellation
        );
        var restorer = new VersionRestorer(run, session, new AssetHasher(host.Files, run.State, host.Clock), host);
        if (
            await restorer
                .RestoreAsync(manifest, settings.ProjectDirectory, liveBuild, cancellation)
                .ConfigureAwait(false)
            is not { } restored
        )
        {
            throw Refused(refused);
        }

        file.Write(restored);
        try
        {
            return await MakeAsync(restored, environment, liveBuild, cancellation).ConfigureAwait(false);
        }
        catch (ApiException again) when (IsRefusedBuild(again))
        {
            throw Refused(again);
        }
    }

    private async Task<BuiltOver> MakeAsync(
        AssetManifest from,
        EnvironmentResource? environment,
        BuildResource? liveBuild,
        CancellationToken cancellation
    )
    {
        var composition = BuildComposer.Compose(from, liveBuild, options);
        if (composition.Contents.Runtime is { } runtime && OldRuntimes.Contains(runtime) && options.Runtime is null)
        {
            host.Logger.Warn(DeploymentDiagnostics.OldRuntime(runtime));
        }

        var maker = new BuildMaker(run.Api, from.ServiceSid, host.Logger, host.Clock);
        var made = await maker.MakeAsync(composition.Contents, liveBuild, cancellation).ConfigureAwait(false);
        host.Recorder?.OnBuilt(from.ServiceSid, made.Sid, composition);
        return new BuiltOver(made, composition, environment, from);
    }

    private static bool IsRefusedBuild(ApiException failure) =>
        failure.Request.Operation == ApiOperation.CreateBuild
        && failure is { Failure: ApiFailure.Refused, Status: HttpStatusCode.BadRequest or HttpStatusCode.NotFound };

    private static AssetException Refused(ApiException failure) =>
        new(DeploymentDiagnostics.BuildRefused(failure.Reason, failure.Details), failure);
}
