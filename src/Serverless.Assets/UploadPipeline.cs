using Serverless.Assets.CodeGeneration;
using Serverless.Assets.Deployment;
using Serverless.Assets.Diagnostics;
using Serverless.Assets.Discovery;
using Serverless.Assets.Manifest;
using Serverless.Assets.Mapping;
using Serverless.Assets.Planning;
using Serverless.Assets.Results;
using Serverless.Assets.Settings;
using Serverless.Assets.StaticWebAssets;
using Serverless.Assets.Upload;
using Serverless.Assets.Validation;

namespace Serverless.Assets;

/// <summary>
/// The one orchestration: discover, map, validate, plan, upload, manifest. The MSBuild tasks and the command line are
/// two thin fronts to it.
/// </summary>
/// <remarks>Each method throws <see cref="AssetException"/> with all problems that it found.</remarks>
public sealed class UploadPipeline(EngineContext context)
{
    private readonly ServiceRunner _runner = new(context);

    /// <summary>How far the upload is; may be read at any time.</summary>
    public UploadProgress Progress { get; } = new();

    /// <summary>Finds the files, maps each to path, visibility and content type, and checks all limits. No network.</summary>
    /// <param name="settings">When set, the settings of the upload to come are checked too, so that all problems are told at once.</param>
    /// <param name="deployment">When set, the settings of the deployment to come are checked too.</param>
    /// <param name="cancellationToken">Looked at between files; then <see cref="OperationCanceledException"/> is thrown.</param>
    /// <returns>Sorted by path, ordinal.</returns>
    public IReadOnlyList<LocalAsset> Collect(
        CollectRequest request,
        ServiceSettings? settings = null,
        DeploymentSettings? deployment = null,
        CancellationToken cancellationToken = default
    )
    {
        var problems = new DiagnosticBag();
        if (settings is not null)
        {
            var findings = new DiagnosticBag();
            ServiceSettingsValidator.Read(settings, context, findings);
            problems.AddRange(findings.Errors); // the upload reports the warnings
        }

        if (deployment is not null)
        {
            DeploymentSettingsValidator.Read(deployment, createsEnvironment: true, problems);
        }

        var assets = Map(request, problems, out var published, cancellationToken);
        new AssetValidator(context.Files, problems).Validate(assets, cancellationToken);
        var guard = new SecretGuard(request.Allow, request.Published?.Folder, problems);
        foreach (var asset in assets.DistinctBy(asset => (asset.File, asset.Visibility)))
        {
            cancellationToken.ThrowIfCancellationRequested();
            guard.Check(asset);
        }

        if (assets.Count == 0 && !problems.HasErrors)
        {
            problems.Add(
                DiscoveryDiagnostics.NothingFound(
                    request.Sources is not [] ? "the folders and patterns match no files"
                    : request.Published is { } site ? $"{site.Folder} has no files"
                    : $"{request.ProjectDirectory} has no files in a folder assets or static"
                )
            );
        }

        problems.Report(context.Logger);
        if (published is not null)
        {
            context.Logger.Log(LogLevel.Summary, published.Summary);
        }

        return assets;
    }

    /// <summary>Writes a C# source file with a constant for each asset path. No network; nothing is written when it would not change.</summary>
    /// <param name="request">What is collected. Only what has to do with names is checked: the rest is for <see cref="Collect"/> to say.</param>
    /// <param name="cancellationToken">Looked at between files; then <see cref="OperationCanceledException"/> is thrown.</param>
    public void GenerateConstants(
        CollectRequest request,
        ConstantsSettings settings,
        CancellationToken cancellationToken = default
    )
    {
        var problems = new DiagnosticBag();
        var assets = Map(request, problems, out _, cancellationToken);
        problems.ThrowIfErrors();
        var baseUrl = RecordFiles.Deployment(settings.ManifestPath, context.Files).Read()?.Url.TrimEnd('/');
        var source = ConstantsSource.Generate(
            assets.Select(asset => asset.Path).Distinct(),
            settings.Namespace,
            settings.ClassName,
            baseUrl
        );
        new ConstantsFile(settings.OutputFile, context.Files).Write(source);
    }

    /// <summary>Tells what an upload and a deployment would do. Sends nothing but GETs.</summary>
    public Task<UploadPlan> PlanAsync(
        IReadOnlyList<LocalAsset> assets,
        DeploymentSettings settings,
        CancellationToken cancellationToken
    )
    {
        var problems = new DiagnosticBag();
        var options = DeploymentSettingsValidator.Read(settings, createsEnvironment: false, problems);
        problems.Report(context.Logger);
        return _runner.RunAsync(
            "plan",
            settings.Service,
            Started(assets),
            (run, token) => new PlanStep(run, options, context).PlanAsync(assets, token),
            cancellationToken
        );
    }

    /// <summary>Uploads what is new or changed, and writes the manifest.</summary>
    /// <returns>Null when there are no assets: nothing was done, and a manifest that says otherwise is withdrawn.</returns>
    public async Task<UploadResult?> UploadAsync(
        IReadOnlyList<LocalAsset> assets,
        ServiceSettings settings,
        CancellationToken cancellationToken
    )
    {
        var started = context.Clock.GetTimestamp();
        var manifest = new ManifestFile(settings.ManifestPath, context.Files, context.Logger);
        if (assets.Count == 0)
        {
            manifest.Withdraw();
            return null;
        }

        return await _runner
            .RunAsync(
                "upload",
                settings,
                Started(assets),
                async (run, token) =>
                {
                    var source = SourceFinder.FindAsync(settings.ProjectDirectory, context.Environment, token);
                    UploadSession? session = null;
                    var engine = new UploadEngine(
                        new AssetHasher(context.Files, run.State, context.Clock),
                        Progress,
                        run.Options,
                        context
                    );
                    try
                    {
                        var uploaded = await engine
                            .RunAsync(
                                assets,
                                async open => session = await OpenAsync(run, manifest, open).ConfigureAwait(false),
                                token
                            )
                            .ConfigureAwait(false);
                        var service = session!.Service;
                        var isWritten = manifest.Write(
                            ManifestBuilder.Create(service, uploaded, await source.ConfigureAwait(false))
                        );
                        return new UploadResult(
                            service.Sid,
                            service.AccountSid,
                            uploaded,
                            settings.ManifestPath,
                            isWritten,
                            context.Clock.GetElapsedTime(started)
                        );
                    }
                    finally
                    {
                        session?.Turn?.Leave();
                    }
                },
                cancellationToken
            )
            .ConfigureAwait(false);
    }

    private async Task<UploadSession> OpenAsync(
        ServiceRun run,
        ManifestFile manifest,
        CancellationToken cancellationToken
    )
    {
        var reached = await run.Finder.FindOrCreateAsync(cancellationToken).ConfigureAwait(false);
        var turn = context.LockDirectory is { } folder
            ? new AssetCreationLock(folder, reached.Service.Sid, context, cancellationToken)
            : null;
        return new UploadSession(run, reached, manifest, Progress, context, cancellationToken, turn);
    }

    private List<LocalAsset> Map(
        CollectRequest request,
        DiagnosticBag problems,
        out PublishedSource? published,
        CancellationToken cancellationToken
    )
    {
        published = request.Published is { } site ? PublishedSource.Open(site, context.Files, problems) : null;
        IReadOnlyList<AssetSource> named = [.. published?.Sources ?? [], .. request.Sources];
        var sources = named is [] && published is null ? DefaultFolders.In(request.ProjectDirectory) : named;
        var mapper = new AssetMapper(request, problems);
        var found = AssetDiscovery.Discover(sources, request.ProjectDirectory, problems, cancellationToken);
        var mapped = new List<(DiscoveredFile File, LocalAsset Asset)>();
        foreach (var file in published?.WithoutLeftOut(found) ?? found)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (!file.FullPath.Equals(request.SettingsFile, PathResolver.Comparison) && mapper.Map(file) is { } asset)
            {
                mapped.Add((file, asset));
            }
        }

        var assets = AssetMerger.Of(mapped);
        return published?.WithExtraPaths(assets, cancellationToken) ?? assets;
    }

    private UploadProgress Started(IReadOnlyList<LocalAsset> assets)
    {
        Progress.Total = assets.Count;
        return Progress;
    }
}
