using System.Text.Json.Serialization;
using Serverless.Assets.Emulator.Faults;
using Serverless.Assets.Emulator.Hosting;
using Serverless.Assets.Emulator.Storage;

namespace Serverless.Assets.Emulator.Api;

/// <summary><c>/v1/Services/{service}/Builds</c>.</summary>
internal sealed class BuildEndpoints(
    Stores stores,
    ContentLibrary contents,
    FaultControl faults,
    BehaviorControl behavior
)
{
    private const string Builds = "/v1/Services/{service}/Builds";
    private const string Item = $"{Builds}/{{build}}";

    public void Map(ApiRoutes routes)
    {
        routes.Get(Builds, "Build.List", List);
        routes.Post(Builds, "Build.Create", Create);
        routes.Get(Item, "Build.Fetch", call => ApiResponse.Ok(Describe(call.GetBuild(), call)));
        routes.Delete(Item, "Build.Delete", Delete);
        routes.Get(
            $"{Item}/Status",
            "BuildStatus.Fetch",
            call => ApiResponse.Ok(BuildStatusResponse.From(call.GetBuild(), call))
        );
    }

    private ApiResponse List(ApiCall call) =>
        Paging.List(call, "builds", cursor => stores.Builds.GetPage(call.GetService().Sid, cursor), Describe);

    private ApiResponse Create(ApiCall call)
    {
        var requested = Dependency.ParseRequest(call.Form.Find("Dependencies"));
        var settings = faults.Settings;
        var rules = behavior.Current;
        return stores.InTransaction(() =>
        {
            var service = call.GetService();
            CheckRate(call, rules.BuildsPerHour);
            var last = stores.Builds.FindLastCompleted(service.Sid, call.Now);
            var runtime = BuildRules.GetRuntime(call.Form.Find("Runtime"), last, rules);
            var dependencies = DependencyRules.Resolve(requested, runtime, rules.WithdrawnDependencies);
            ResourceVersion[] versions =
            [
                .. FindVersions(call, service, ResourceKind.Asset),
                .. FindVersions(call, service, ResourceKind.Function),
            ];
            BuildRules.CheckVersions(versions, rules);
            var build = new Build(
                Sid.Create("ZB"),
                call.AccountSid,
                service.Sid,
                runtime,
                Dependency.Serialize(dependencies.Packages),
                call.Now,
                Ready: call.Now + TimeSpan.FromSeconds(settings.BuildSeconds),
                Fails: settings.FailBuilds || dependencies.IsTooOld
            );
            stores.Builds.Insert(build, versions);
            return ApiResponse.Created(Describe(build, call));
        });
    }

    private void CheckRate(ApiCall call, int limit)
    {
        if (limit > 0 && stores.Builds.GetCount(call.AccountSid, after: call.Now - TimeSpan.FromHours(1)) >= limit)
        {
            throw ApiException.TooMany(
                faults.Settings.ThrottledBody,
                $"An account can create at most {limit} Builds in an hour"
            );
        }
    }

    private ApiResponse Delete(ApiCall call)
    {
        var response = stores.InTransaction(() =>
        {
            var build = call.GetBuild();
            if (stores.Environments.GetAll(build.ServiceSid).Any(environment => environment.BuildSid == build.Sid))
            {
                throw ApiException.Invalid($"Build {build.Sid} is part of an active Deployment and cannot be deleted");
            }

            stores.Builds.Delete(build.Sid);
            return ApiResponse.NoContent;
        });
        contents.DeleteUnused();
        return response;
    }

    /// <summary>The versions that the form's <c>AssetVersions</c> or <c>FunctionVersions</c> name.</summary>
    private IEnumerable<ResourceVersion> FindVersions(ApiCall call, Service service, ResourceKind kind) =>
        call
            .Form.FindAll($"{kind}Versions")
            .Where(sid => sid.Length > 0)
            .Distinct()
            .Select(sid =>
                stores.GetVersions(kind).Find(service.Sid, sid)
                ?? throw ApiException.Invalid($"{kind} Version {sid} was not found in Service {service.Sid}")
            );

    private BuildResponse Describe(Build build, ApiCall call) =>
        BuildResponse.From(build, stores.Builds.GetVersions(build.Sid), call);
}

internal sealed record BuildResponse(
    string Sid,
    string AccountSid,
    string ServiceSid,
    string Status,
    IReadOnlyList<BuildVersionResponse> AssetVersions,
    IReadOnlyList<BuildVersionResponse> FunctionVersions,
    IReadOnlyList<Dependency> Dependencies,
    string Runtime,
    DateTimeOffset DateCreated,
    DateTimeOffset DateUpdated,
    string Url,
    IReadOnlyDictionary<string, string> Links
)
{
    public static BuildResponse From(Build build, IReadOnlyList<ResourceVersion> versions, ApiCall call)
    {
        var url = CreateUrl(build, call);
        return new BuildResponse(
            build.Sid,
            build.AccountSid,
            build.ServiceSid,
            build.GetStatus(call.Now),
            GetVersions(ResourceKind.Asset),
            GetVersions(ResourceKind.Function),
            Dependency.Parse(build.Dependencies),
            build.Runtime,
            build.Created,
            call.Now < build.Ready ? build.Created : build.Ready,
            url,
            new Dictionary<string, string> { ["build_status"] = $"{url}/Status" }
        );

        BuildVersionResponse[] GetVersions(ResourceKind kind) =>
            [.. versions.Where(version => version.Kind == kind).Select(BuildVersionResponse.From)];
    }

    public static string CreateUrl(Build build, ApiCall call) =>
        $"{call.GetServiceUrl(build.ServiceSid)}/Builds/{build.Sid}";
}

/// <summary>
/// An Asset Version or a Function Version of a Build. Unlike in <see cref="VersionResponse"/>, the visibility is in
/// upper case, and there is no URL.
/// </summary>
internal sealed record BuildVersionResponse(
    string Sid,
    string AccountSid,
    string ServiceSid,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? AssetSid,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? FunctionSid,
    string Path,
    string Visibility,
    DateTimeOffset DateCreated
)
{
    public static BuildVersionResponse From(ResourceVersion version) =>
        new(
            version.Sid,
            version.AccountSid,
            version.ServiceSid,
            version.AssetSid,
            version.FunctionSid,
            version.Path,
            version.Visibility.ToUpperInvariant(),
            version.Created
        );
}

internal sealed record BuildStatusResponse(string Sid, string AccountSid, string ServiceSid, string Status, string Url)
{
    public static BuildStatusResponse From(Build build, ApiCall call) =>
        new(
            build.Sid,
            build.AccountSid,
            build.ServiceSid,
            build.GetStatus(call.Now),
            $"{BuildResponse.CreateUrl(build, call)}/Status"
        );
}
