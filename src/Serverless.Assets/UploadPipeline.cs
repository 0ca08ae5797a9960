using Serverless.Assets.CodeGeneration;
using Serverless.Assets.Deployment;
using Serverless.Assets.Diagnostics;
using Serverless.Assets.Discovery;
using Serverless.Assets.Manifest;
using Serverless.Assets.Mapping;
using Serverless.Assets.Planning;
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
internal sealed class UploadPipeline(EngineContext context)
{
    private readonly ServiceRunner _runner = new(context);

    /// <summary>How far the upload is; may be read at any time.</summary>
    public UploadProgress Progress { get; } = new();

    /// <summary>Finds the files, maps each to path, visibility and content type, and checks all limits. No network.</summary>
    /// <param name="checksService">Whether an upload follows: its settings are checked too, to report all problems at once.</param>
    /// <param name="checksDeployment">Whether a deployment follows: its settings are checked too.</param>
    /// <param name="cancellationToken">Looked at between files; then <see cref="OperationCanceledException"/> is thrown.</param>
    /// <returns>Sorted by path, ordinal.</returns>
    public IReadOnlyList<LocalAsset> Collect(
        CollectRequest request,
        bool checksService = false,
        bool checksDeployment = false,
        CancellationToken cancellationToken = default
    )
    {
        var settings = request.Settings;
        var problems = new List<Diagnostic>(settings.FindProblems());
        if (checksService)
        {
            var findings = new List<Diagnostic>();
            ServiceSettingsValidator.Validate(settings, context, findings);
            problems.AddRange(findings.Where(finding => finding.Severity == DiagnosticSeverity.Error)); // the upload warns
        }

        if (checksDeployment)
        {
            DeploymentSettingsValidator.Validate(settings, createsEnvironment: true, problems);
        }

        var assets = Map(request, problems, out var published, cancellationToken);
        new AssetValidator(context.Files, problems).Validate(assets, cancellationToken);
        var guard = new SecretGuard(settings.Get(SettingTable.Allow), request.Published?.Folder, problems);
        foreach (var asset in assets.DistinctBy(asset => (asset.File, asset.Visibility)))
        {
            cancellationToken.ThrowIfCancellationRequested();
            guard.Check(asset);
        }

        if (assets.Count == 0 && problems.All(problem => problem.Severity == DiagnosticSeverity.Warning))
        {
            problems.Add(
                DiscoveryDiagnostics.NothingFound(
                    request.Sources is not [] ? "the folders and patterns match no file"
                    : request.Published is { } site ? $"{site.Folder} has no files"
                    : $"{request.Settings.Project.Directory} has no folder assets or static with files"
                )
            );
        }

        _runner.Report([.. problems.Distinct()]); // a file at two paths has its problems twice
        if (published is not null)
        {
            context.Logger.Log(LogLevel.Summary, published.Summary);
        }

        return assets;
    }

    /// <summary>Writes a C# source file with a constant for each asset path. No network; nothing is written when it would not change.</summary>
    /// <param name="outputFile">Full path of the source file.</param>
    /// <param name="request">What is collected. Only what has to do with names is checked: the rest is for <see cref="Collect"/> to say.</param>
    /// <param name="cancellationToken">Looked at between files; then <see cref="OperationCanceledException"/> is thrown.</param>
    public void GenerateConstants(
        CollectRequest request,
        string outputFile,
        CancellationToken cancellationToken = default
    )
    {
        var problems = new List<Diagnostic>(
            request.Settings.FindProblems(SettingTable.PathCharacters, SettingTable.VisibilityFromFileName)
        );
        var assets = Map(request, problems, out _, cancellationToken);
        _runner.Report(problems.Where(problem => problem.Severity == DiagnosticSeverity.Error).ToList());
        var settings = request.Settings;
        var baseUrl = RecordFiles.Deployment(settings.ManifestPath, context.Files).Read()?.Url.TrimEnd('/');
        var source = ConstantsSource.Generate(
            assets.Select(asset => asset.Path).Distinct(),
            settings.Get(SettingTable.ConstantsNamespace),
            settings.Get(SettingTable.ConstantsClass),
            baseUrl
        );
        new ConstantsFile(outputFile, context.Files).Write(source);
    }

    /// <summary>Tells what an upload and a deployment would do. Sends nothing but GETs.</summary>
    public Task<UploadPlan> PlanAsync(
        IReadOnlyList<LocalAsset> assets,
        SettingValues settings,
        CancellationToken cancellationToken
    )
    {
        var problems = new List<Diagnostic>();
        var options = DeploymentSettingsValidator.Validate(settings, createsEnvironment: false, problems);
        _runner.Report(problems);
        return _runner.RunAsync(
            "plan",
            settings,
            Started(assets),
            async (run, token) =>
            {
                var plan = await new PlanStep(run, options!, context).PlanAsync(assets, token).ConfigureAwait(false);
                context.Recorder?.OnPlanned(plan);
                return plan;
            },
            cancellationToken
        );
    }

    /// <summary>Uploads what is new or changed, and writes the manifest.</summary>
    /// <returns>Null when there are no assets: nothing was done, and a manifest that says otherwise is withdrawn.</returns>
    public async Task<UploadResult?> UploadAsync(
        IReadOnlyList<LocalAsset> assets,
        SettingValues settings,
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
                    var source = SourceFinder.FindAsync(settings.Project.Directory, context.Environment, token);
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
                        var result = new UploadResult(
                            service.Sid,
                            service.AccountSid,
                            uploaded,
                            settings.ManifestPath,
                            isWritten,
                            context.Clock.GetElapsedTime(started)
                        );
                        context.Recorder?.OnUploaded(result);
                        return result;
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
        List<Diagnostic> problems,
        out PublishedSource? published,
        CancellationToken cancellationToken
    )
    {
        published = request.Published is { } site ? PublishedSource.Open(site, context.Files, problems) : null;
        IReadOnlyList<AssetSource> named = [.. published?.Sources ?? [], .. request.Sources];
        var sources = named is [] && published is null ? DefaultFolders.In(request.Settings.Project.Directory) : named;
        var mapper = new AssetMapper(request.Settings, problems);
        var found = AssetDiscovery.Discover(sources, request.Settings.Project.Directory, problems, cancellationToken);
        var mapped = new List<(DiscoveredFile File, LocalAsset Asset)>();
        foreach (var file in published?.WithoutLeftOut(found) ?? found)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (
                !file.FullPath.Equals(request.Settings.Project.ConfigFile, PathResolver.Comparison)
                && mapper.Map(file) is { } asset
            )
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
