using Serverless.Assets.Emulator.Api;
using Serverless.Assets.Emulator.Hosting;
using Serverless.Assets.Emulator.Sites;
using Serverless.Assets.Emulator.Storage;

namespace Serverless.Assets.Emulator.Seeding;

/// <summary>
/// Makes the files below a folder a deployed site, without requests. What exists is used: a folder whose files have not
/// changed since the last time creates nothing.
/// </summary>
internal sealed class FolderSeeder(EmulatorState state)
{
    private const string EnvironmentName = "dev";
    private const string Index = "/index.html";

    /// <summary>The path of the Asset that answers <c>/</c>.</summary>
    private const string RootIndex = "/assets/index.html";

    private readonly Stores _stores = state.Stores;

    /// <exception cref="IOException">A file can't be read.</exception>
    /// <exception cref="InvalidDataException">Files can't be Assets, or there are too many.</exception>
    public async Task<(Service Service, DeployEnvironment Environment, string BuildSid)> SeedAsync(
        string folder,
        string serviceName,
        CancellationToken cancellationToken
    )
    {
        var files = AddRootIndex(SeedFile.Find(folder));
        List<(SeedFile File, IncomingContent Content)> received = [];
        try
        {
            foreach (var file in files)
            {
                received.Add((file, await ReceiveAsync(file, cancellationToken)));
            }

            return state.Contents.Keep(
                [.. received.Select(it => it.Content)],
                () => _stores.InTransaction(() => Deploy(serviceName, received))
            );
        }
        catch (ApiException exception)
        {
            throw new InvalidDataException($"The folder '{folder}' can't be deployed: {exception.Message}.", exception);
        }
        finally
        {
            received.ForEach(it => it.Content.Dispose());
        }
    }

    private static IReadOnlyList<SeedFile> AddRootIndex(IReadOnlyList<SeedFile> files) =>
        files.FirstOrDefault(file => file.Path == Index) is { } index && files.All(file => file.Path != RootIndex)
            ? [.. files, index with { Path = RootIndex }]
            : files;

    private async Task<IncomingContent> ReceiveAsync(SeedFile file, CancellationToken cancellationToken)
    {
        await using var stream = File.OpenRead(file.File);
        return await state.Contents.ReceiveAsync(
            stream,
            ServiceLimits.MaxPublicOrProtectedSize,
            file.ContentType,
            cancellationToken
        );
    }

    private (Service Service, DeployEnvironment Environment, string BuildSid) Deploy(
        string serviceName,
        IReadOnlyList<(SeedFile File, IncomingContent Content)> files
    )
    {
        var now = state.Clock.Now;
        var service = FindOrCreateService(serviceName, now);
        var environment = FindOrCreateEnvironment(service, now);
        var existing = _stores
            .AssetVersions.GetNewestOfEach(service.Sid, int.MaxValue)
            .Select(it => it.Version)
            .DistinctBy(version => version.Path)
            .ToDictionary(version => version.Path, StringComparer.Ordinal);
        var versions = files
            .Select(it =>
                FindOrCreateVersion(service, it.File, it.Content, existing.GetValueOrDefault(it.File.Path), now)
            )
            .ToList();
        BuildRules.CheckVersions(versions, state.Behavior.Current);
        if (environment.BuildSid is { } live && HasVersions(live, versions))
        {
            return (service, environment, live);
        }

        var build = CreateBuild(service, versions, now);
        _stores.Deployments.Insert(
            new Deployment(Sid.Create("ZD"), service.AccountSid, service.Sid, environment.Sid, build.Sid, now, now)
        );
        _stores.Environments.SetUpdated(environment.Sid, now);
        return (service, environment, build.Sid);
    }

    private Service FindOrCreateService(string name, DateTimeOffset now)
    {
        var account = state.Options.AccountSid;
        if (_stores.Services.Find(account, name) is { } existing)
        {
            return existing;
        }

        var service = new Service(
            Sid.Create("ZS"),
            account,
            name,
            FriendlyName: name,
            IncludeCredentials: true,
            UiEditable: false,
            _stores.Services.CreateDomainBase(name),
            now,
            now
        );
        _stores.Services.Insert(service);
        return service;
    }

    private DeployEnvironment FindOrCreateEnvironment(Service service, DateTimeOffset now)
    {
        if (
            _stores.Environments.GetAll(service.Sid).FirstOrDefault(it => it.UniqueName == EnvironmentName) is
            { } existing
        )
        {
            return existing;
        }

        var environment = new DeployEnvironment(
            Sid.Create("ZE"),
            service.AccountSid,
            service.Sid,
            EnvironmentName,
            DomainSuffix: EnvironmentName,
            SiteHost.CreateDomain(service, EnvironmentName),
            now,
            now,
            BuildSid: null
        );
        _stores.Environments.Insert(environment);
        return environment;
    }

    private ResourceVersion FindOrCreateVersion(
        Service service,
        SeedFile file,
        IncomingContent content,
        ResourceVersion? existing,
        DateTimeOffset now
    )
    {
        if (
            existing is not null
            && (existing.Sha256, existing.Visibility, existing.ContentType)
                == (content.Sha256, file.Visibility, file.ContentType)
        )
        {
            return existing;
        }

        var version = new ResourceVersion(
            Sid.Create("ZN"),
            service.AccountSid,
            service.Sid,
            existing?.ResourceSid ?? CreateAsset(service, file, now),
            ResourceKind.Asset,
            file.Path,
            file.Visibility,
            file.ContentType,
            content.Sha256,
            content.Size,
            now
        );
        _stores.AssetVersions.Insert(version);
        return version;
    }

    private string CreateAsset(Service service, SeedFile file, DateTimeOffset now)
    {
        var asset = new Resource(
            Sid.Create("ZH"),
            service.AccountSid,
            service.Sid,
            ResourceKind.Asset,
            FriendlyName: file.Path,
            now,
            now
        );
        _stores.Assets.Insert(asset);
        return asset.Sid;
    }

    private bool HasVersions(string buildSid, IReadOnlyList<ResourceVersion> versions) =>
        _stores
            .Builds.GetVersions(buildSid)
            .Select(version => version.Sid)
            .ToHashSet(StringComparer.Ordinal)
            .SetEquals(versions.Select(version => version.Sid));

    private Build CreateBuild(Service service, IReadOnlyList<ResourceVersion> versions, DateTimeOffset now)
    {
        var rules = state.Behavior.Current;
        var runtime = BuildRules.GetRuntime(requested: null, _stores.Builds.FindLastCompleted(service.Sid, now), rules);
        var dependencies = DependencyRules.Resolve(Dependency.ParseRequest(null), runtime, rules.WithdrawnDependencies);
        var build = new Build(
            Sid.Create("ZB"),
            service.AccountSid,
            service.Sid,
            runtime,
            Dependency.Serialize(dependencies.Packages),
            now,
            Ready: now,
            Fails: false
        );
        _stores.Builds.Insert(build, versions);
        return build;
    }
}
