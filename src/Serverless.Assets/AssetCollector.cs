using Serverless.Assets.Diagnostics;
using Serverless.Assets.Discovery;
using Serverless.Assets.Mapping;
using Serverless.Assets.Settings;
using Serverless.Assets.StaticWebAssets;
using Serverless.Assets.Validation;

namespace Serverless.Assets;

/// <summary>
/// The part of a run that needs no network: discovers the files, maps each to a path, a visibility and a content type,
/// and checks everything that the service would reject.
/// </summary>
internal sealed class AssetCollector(EngineContext context)
{
    /// <summary>Collects the assets, reports warnings, and fails if there are errors.</summary>
    /// <returns>The assets sorted by path (ordinal).</returns>
    /// <exception cref="AssetException">There are errors. The exception contains all of them.</exception>
    /// <exception cref="OperationCanceledException">The token was canceled.</exception>
    public IReadOnlyList<LocalAsset> Collect(CollectRequest request, CancellationToken cancellationToken = default)
    {
        var fileProblems = new DiagnosticBag();
        var mapped = Map(request, fileProblems, cancellationToken);

        // Problems of the settings come first, but whether they matter depends on whether there are assets.
        var problems = new DiagnosticBag();
        var files = AssignToServices(request, mapped.Files, problems);
        CheckSettings(request, files, fileProblems.HasErrors, problems);
        problems.AddRange(fileProblems);
        var assets = Validate(request, files, problems, cancellationToken);
        Report(request, mapped, problems);
        return assets;
    }

    /// <summary>Only the rules of the project that uploads the files apply.</summary>
    private static IReadOnlyList<MappedFile> AssignToServices(
        CollectRequest request,
        IReadOnlyList<MappedFile> files,
        DiagnosticBag problems
    )
    {
        if (!request.UploadsFiles)
        {
            return files;
        }

        var assigned = ServiceRulesReader.Read(request.Settings, problems).Assign(files);
        foreach (var rule in files.Count == 0 ? [] : assigned.Unused)
        {
            var otherCase = files.FirstOrDefault(file =>
                file.Path.StartsWith(rule.Prefix, StringComparison.OrdinalIgnoreCase)
                && !file.Path.StartsWith(rule.Prefix, StringComparison.Ordinal)
            );
            problems.Add(DiscoveryDiagnostics.UnusedServiceRule(rule.Prefix, rule.Service, otherCase?.Path));
        }

        return assigned.Files;
    }

    /// <summary>Discovers and maps the files without validating them.</summary>
    internal MappedFiles Map(CollectRequest request, DiagnosticBag problems, CancellationToken cancellationToken)
    {
        var webRoot = request.Published is { } site ? PublishedWebRoot.Open(site, context.Files, problems) : null;
        var mapper = new AssetMapper(request.Settings, problems);
        var found = AssetDiscovery.Discover(request, webRoot?.Source, problems, context.Logger, cancellationToken);
        if (webRoot is null)
        {
            return new MappedFiles(AddRootIndex(request, mapper.Map(found, cancellationToken)), Summary: null);
        }

        var selection = webRoot.Select(found);
        var mapped = AddRootIndex(request, mapper.Map(selection.Files, cancellationToken));
        return webRoot.AddAliases(selection, mapped, context.Files, problems, cancellationToken);
    }

    private static IReadOnlyList<MappedFile> AddRootIndex(CollectRequest request, IReadOnlyList<MappedFile> mapped) =>
        request.UploadsFiles && request.Settings.Get(SettingTable.RootIndex) ? RootIndex.AddTo(mapped) : mapped;

    private IReadOnlyList<LocalAsset> Validate(
        CollectRequest request,
        IReadOnlyList<MappedFile> mapped,
        DiagnosticBag problems,
        CancellationToken cancellationToken
    )
    {
        var assets = new AssetValidator(
            context.Files,
            request.Settings.Get(SettingTable.ServiceLimits),
            problems
        ).Validate(mapped, cancellationToken);
        if (request.ForbidsSecrets)
        {
            new SecretGuard(request.Settings, request.Published?.Folder, problems).Check(mapped, cancellationToken);
        }

        return assets;
    }

    private void CheckSettings(
        CollectRequest request,
        IReadOnlyList<MappedFile> files,
        bool hasUnreadableFiles,
        DiagnosticBag problems
    )
    {
        var settings = request.Settings;
        problems.AddRange(settings.FindProblems());

        // A project that gets the package from Directory.Packages.props may have no assets, and then needs no Service.
        var lastStep = files.Count > 0 || hasUnreadableFiles ? request.LastStep : LastStep.Collect;
        if (lastStep >= LastStep.Upload)
        {
            var findings = new DiagnosticBag();
            var isDefaultUsed = files.Count == 0 || files.Any(file => file.Service is null);
            ServiceSettingsValidator.Validate(settings, context, findings, isServiceElsewhere: !isDefaultUsed);

            // The upload validates the settings again and reports the warnings.
            problems.AddRange(findings.Errors);
        }

        if (lastStep >= LastStep.Build)
        {
            DeploymentSettingsValidator.Validate(settings, createsEnvironment: lastStep == LastStep.Deploy, problems);
        }
    }

    /// <summary>False if an upload was started only because the project has the package.</summary>
    private static bool ExpectsAssets(CollectRequest request) =>
        request.LastStep == LastStep.Collect
        || request.Sources is not []
        || request.Published is not null
        || request.Settings.NamesService
        || request.Settings.Get(SettingTable.Emulator);

    private void Report(CollectRequest request, MappedFiles mapped, DiagnosticBag problems)
    {
        if (mapped.Files.Count == 0 && !problems.HasErrors && ExpectsAssets(request))
        {
            problems.Add(
                DiscoveryDiagnostics.NoAssetsFound(
                    request.Sources is not [] ? "the folders and patterns match no files"
                    : request.Published is { } site ? $"{site.Folder} has no files"
                    : DescribeDefaultFolders(request.Settings.Project.Directory)
                )
            );
        }

        problems.Report(context.Logger);
        if (mapped.Summary is { } summary)
        {
            context.Logger.Log(LogLevel.Summary, summary);
        }
    }

    private static string DescribeDefaultFolders(string projectDirectory) =>
        $"{projectDirectory} has no files in a folder assets or static"
        + (
            DefaultFolders.FindOtherCase(projectDirectory) is var (folder, name)
                ? $", and '{Path.GetFileName(folder)}' is not '{name}', because names are case-sensitive on this system"
                : ""
        );
}
