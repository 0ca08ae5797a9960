using Serverless.Assets.Client;
using Serverless.Assets.Connection;
using Serverless.Assets.Deployment;
using Serverless.Assets.Diagnostics;
using Serverless.Assets.Discovery;
using Serverless.Assets.Files;
using Serverless.Assets.Manifest;
using Serverless.Assets.Mapping;
using Serverless.Assets.Results;
using Serverless.Assets.Settings;
using Serverless.Assets.Upload;

namespace Serverless.Assets;

/// <summary>
/// The operations of the service on the versions of one Asset: create, get and list. If no setting names the Service,
/// the manifest does, if there is one.
/// </summary>
/// <remarks>
/// <see cref="VersionSettings.Asset"/> must be set. Each method throws an <see cref="AssetException"/> that contains all
/// problems.
/// </remarks>
internal sealed class AssetVersionPipeline(EngineContext context)
{
    private readonly OperationRunner _runner = new(context);

    /// <summary>
    /// Maps and checks the file of a new version, with the rules of an upload, and the settings of
    /// <see cref="CreateAsync"/>. No network.
    /// </summary>
    /// <param name="settings">
    /// With <see cref="VersionSettings.VersionPath"/>, unless <see cref="VersionSettings.Asset"/> is a path.
    /// </param>
    /// <param name="file">Full path.</param>
    public LocalAsset Collect(SettingValues settings, string file, CancellationToken cancellationToken)
    {
        settings = NameService(settings);
        CheckKind(settings, file);
        var path = settings.Get(VersionSettings.VersionPath);
        var source = new FileSource(
            file,
            Path.GetFileName(file),
            path.Length > 0 ? path : settings.Get(VersionSettings.Asset)!.Path!,
            settings.Get(VersionSettings.VersionContentType),
            Visibility: settings.Get(SettingTable.Visibility)
        );
        var request = new CollectRequest
        {
            Settings = settings,
            Sources = [source],
            LastStep = LastStep.Upload,
        };
        return new AssetCollector(context).Collect(request, cancellationToken).Single();
    }

    /// <summary>Uploads a file as a new version, and creates the Asset if the settings name it by its path.</summary>
    /// <param name="local">The result of <see cref="Collect"/>.</param>
    /// <param name="progress">Of this upload; may be read at any time.</param>
    public Task<CreatedVersionResult> CreateAsync(
        LocalAsset local,
        SettingValues settings,
        UploadProgress progress,
        CancellationToken cancellationToken
    )
    {
        settings = NameService(settings);
        var problems = new DiagnosticBag();
        var service = ServiceSettingsValidator.Validate(settings, context, problems);
        problems.Report(context.Logger);

        // A path whose characters the mapping has replaced names the Asset as it does in an upload.
        var asset = settings.Get(VersionSettings.Asset)!;
        if (asset.Sid is null && !settings.IsGiven(VersionSettings.VersionPath))
        {
            asset = AssetReference.FromPath(local.Path);
        }

        return _runner.RunAsync(
            "versions create",
            service!,
            async (operation, token) =>
            {
                var (serviceSid, isNew) = await FindOrCreateServiceAsync(operation, token).ConfigureAwait(false);
                return await new VersionCreator(operation, serviceSid, isNew)
                    .CreateAsync(local, asset, token)
                    .ConfigureAwait(false);
            },
            cancellationToken,
            progress
        );
    }

    /// <summary>Gets versions by their SIDs.</summary>
    public Task<AssetVersionsResult> GetAsync(
        SettingValues settings,
        IReadOnlyList<Sid> versions,
        CancellationToken cancellationToken
    ) =>
        ReadAsync(
            "versions get",
            settings,
            (reader, asset, token) => reader.GetAsync(asset, versions, token),
            cancellationToken
        );

    /// <summary>Lists the newest versions, at most <see cref="VersionSettings.VersionLimit"/>.</summary>
    public Task<AssetVersionsResult> ListAsync(SettingValues settings, CancellationToken cancellationToken)
    {
        var limit = settings.Get(VersionSettings.VersionLimit);
        var pageSize = settings.Get(VersionSettings.VersionPageSize);
        return ReadAsync(
            "versions list",
            settings,
            (reader, asset, token) => reader.ListAsync(asset, limit == 0 ? null : limit, pageSize, token),
            cancellationToken
        );
    }

    private Task<AssetVersionsResult> ReadAsync(
        string name,
        SettingValues settings,
        Func<VersionReader, AssetReference, CancellationToken, Task<AssetVersionsResult>> read,
        CancellationToken cancellationToken
    ) =>
        _runner.RunAsync(
            name,
            DeploymentInput.Read(settings, context).Service,
            async (operation, token) =>
            {
                var serviceSid = await operation.ServiceResolver.GetSidAsync(token).ConfigureAwait(false);
                return await read(new VersionReader(operation, serviceSid), settings.Get(VersionSettings.Asset)!, token)
                    .ConfigureAwait(false);
            },
            cancellationToken
        );

    /// <summary>Needs no request if the settings contain the SID.</summary>
    private static async Task<(Sid Sid, bool IsNew)> FindOrCreateServiceAsync(
        OperationContext operation,
        CancellationToken cancellationToken
    )
    {
        if (operation.Settings.ServiceSid is { } known)
        {
            return (known, false);
        }

        var resolved = await operation.ServiceResolver.FindOrCreateAsync(cancellationToken).ConfigureAwait(false);
        return (resolved.Service.Sid, resolved.IsNew);
    }

    private SettingValues NameService(SettingValues settings) =>
        settings.NamesService || !context.Files.Exists(settings.ManifestPath)
            ? settings
            : settings.With(
                SettingTable.ServiceSid,
                ManifestReader.Read(settings.ManifestPath, context.Files).ServiceSid
            );

    /// <summary>Reports a file that discovery ignores or reports as one of many.</summary>
    private void CheckKind(SettingValues settings, string file)
    {
        var kind = FileStatus.GetKind(file);
        var problem =
            kind is not (FileKind.Regular or FileKind.None)
                ? DiscoveryDiagnostics.VersionNotRegularFile(file, kind.Describe(), file)
            : file.Equals(settings.Project.ConfigFile, PathResolver.Comparison)
                ? DiscoveryDiagnostics.VersionOfConfigFile(file, file)
            : null;
        if (problem is not null)
        {
            var problems = new DiagnosticBag();
            ServiceSettingsValidator.Validate(settings, context, problems);
            problems.Add(problem);
            problems.Report(context.Logger);
        }
    }
}
