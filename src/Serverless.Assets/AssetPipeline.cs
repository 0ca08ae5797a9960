using Serverless.Assets.Api;
using Serverless.Assets.Configuration;
using Serverless.Assets.Diagnostics;
using Serverless.Assets.Discovery;
using Serverless.Assets.Manifest;
using Serverless.Assets.Mapping;
using Serverless.Assets.Planning;
using Serverless.Assets.State;
using Serverless.Assets.Uploading;
using Serverless.Assets.Validation;

namespace Serverless.Assets;

/// <summary>
/// The one orchestration: discover, map, validate, plan, upload, manifest. The MSBuild tasks and the command line are
/// two thin fronts to it.
/// </summary>
/// <remarks>Each method throws <see cref="AssetException"/> with all problems that it found.</remarks>
public sealed class AssetPipeline(AssetHost host)
{
    /// <summary>How far the upload is; may be read at any time.</summary>
    public UploadProgress Progress { get; } = new();

    /// <summary>Finds the files, maps each to path, visibility and content type, and checks all limits. No network.</summary>
    /// <param name="settings">When set, the settings of the upload to come are checked too, so that all problems are told at once.</param>
    /// <returns>Sorted by path, ordinal.</returns>
    public IReadOnlyList<LocalAsset> Collect(CollectRequest request, ServiceSettings? settings = null)
    {
        var problems = new List<Diagnostic>();
        if (settings is not null)
        {
            ServiceSettingsReader.Read(settings, host, problems);
        }

        var sources = request.Sources is [] ? DefaultFolders.In(request.ProjectDirectory) : request.Sources;
        var mapper = new AssetMapper(request, problems);
        var assets = AssetDiscovery.Discover(sources, problems)
            .Select(mapper.Map)
            .OfType<LocalAsset>()
            .OrderBy(asset => asset.Path, StringComparer.Ordinal)
            .ToList();

        new AssetValidator(host.Files, problems).Validate(assets);
        var guard = new SecretGuard(request.Allow, problems);
        assets.ForEach(guard.Check);
        if (assets.Count == 0 && problems.Count == 0)
        {
            problems.Add(DiscoveryDiagnostics.NothingFound(request.Sources is [] ? $"{request.ProjectDirectory} has no folder assets or static with files" : "the folders and patterns match no file"));
        }

        Report(problems);
        return assets;
    }

    /// <summary>Uploads what is new or changed, and writes the manifest.</summary>
    /// <returns>Null when there are no assets: nothing was done, and a manifest that says otherwise is withdrawn.</returns>
    public async Task<UploadResult?> UploadAsync(IReadOnlyList<LocalAsset> assets, ServiceSettings settings, CancellationToken cancellation)
    {
        var started = host.Clock.GetTimestamp();
        var manifest = new ManifestFile(settings.ManifestPath, host.Files, host.Logger);
        if (assets.Count == 0)
        {
            manifest.Withdraw();
            return null;
        }

        var options = ReadSettings(settings);
        using var timeout = new CancellationTokenSource(options.Timeout, host.Clock);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancellation);
        using var connection = new ApiConnection(options, host);
        using var state = UploadState.Open(settings.StatePath, host.Files, host.Logger, host.Clock);
        try
        {
            var source = SourceFinder.FindAsync(settings.ProjectDirectory, host.Environment, stop.Token);
            var api = new ServerlessApi(connection);
            ServiceResource? service = null;
            var engine = new UploadEngine(new AssetHasher(host.Files, state, host.Clock), Progress, host);
            var uploaded = await engine.RunAsync(
                assets,
                async token =>
                {
                    service = await new ServiceFinder(api, options, host.Logger).FindOrCreateAsync(token).ConfigureAwait(false);
                    return new UploadSession(api, service, options.Environment, state, manifest, Progress, host, token);
                },
                stop.Token).ConfigureAwait(false);

            var isWritten = manifest.Write(ManifestBuilder.Create(service!, uploaded, await source.ConfigureAwait(false)));
            return new UploadResult(service!.Sid, service.AccountSid, uploaded, settings.ManifestPath, isWritten, host.Clock.GetElapsedTime(started));
        }
        catch (ApiException failure)
        {
            throw new AssetException(ServiceFailures.Explain(failure, options), failure);
        }
        catch (OperationCanceledException) when (timeout.IsCancellationRequested && !cancellation.IsCancellationRequested)
        {
            throw new AssetException(ServiceDiagnostics.TimedOut(options.Timeout, Progress.Uploaded + Progress.Unchanged, Progress.Total));
        }
        catch (OperationCanceledException)
        {
            host.Logger.Warn(ServiceDiagnostics.Cancelled(Progress.Uploaded + Progress.Unchanged, assets.Count));
            throw;
        }
    }

    private ServiceOptions ReadSettings(ServiceSettings settings)
    {
        var problems = new List<Diagnostic>();
        var options = ServiceSettingsReader.Read(settings, host, problems);
        Report(problems);
        return options!;
    }

    private void Report(List<Diagnostic> problems)
    {
        foreach (var warning in problems.Where(problem => problem.Severity == DiagnosticSeverity.Warning))
        {
            host.Logger.Warn(warning);
        }

        var errors = problems.Where(problem => problem.Severity == DiagnosticSeverity.Error).ToList();
        if (errors.Count > 0)
        {
            throw new AssetException(errors);
        }
    }
}
