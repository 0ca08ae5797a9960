using System.Text.Json;
using System.Text.Json.Nodes;
using Serverless.Assets.Deployment;
using Serverless.Assets.Diagnostics;
using Serverless.Assets.Results;
using Serverless.Assets.Settings;

namespace Serverless.Assets.Tests.Deployment;

/// <summary>
/// Runs the deployment pipeline on uploaded files against an emulator, and looks up what is deployed there. The waits of
/// runs take no time.
/// </summary>
public abstract class DeploymentTest : IAsyncLifetime
{
    internal const string Service = $"/v1/Services/{EngineWorkbench.ServiceName}";

    private EngineWorkbench? _bench;

    internal static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    internal EngineWorkbench Bench => _bench ?? throw new InvalidOperationException("The test has not started.");

    internal TestEmulator Emulator => Bench.Emulator;

    /// <summary>What the last run logged.</summary>
    internal RecordingLogger Logger { get; private set; } = new();

    internal string BuildRecordPath => Bench.PathOf("out/serverless-assets.build.json");

    internal string DeploymentRecordPath => Bench.PathOf("out/serverless-assets.deployment.json");

    public virtual ValueTask InitializeAsync() => InitializeAsync(new SkippingClock());

    internal async ValueTask InitializeAsync(SkippingClock clock) =>
        _bench = await EngineWorkbench.StartOnSharedClockAsync(clock);

    public async ValueTask DisposeAsync()
    {
        await Bench.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    /// <summary>Uploads exactly these files, named by their paths below <c>assets</c>.</summary>
    internal async Task UploadAsync(params (string File, string Content)[] files)
    {
        if (Directory.Exists(Bench.PathOf("assets")))
        {
            Directory.Delete(Bench.PathOf("assets"), recursive: true);
        }

        foreach (var (file, content) in files)
        {
            Bench.Write($"assets/{file}", content);
        }

        await Bench.UploadAsync();
    }

    internal Task<BuildResult> BuildAsync() => Pipeline().BuildAsync(Bench.Settings, Cancellation);

    internal Task<DeployResult> DeployAsync(
        PreparedBuild? prepared = null,
        CancellationToken? cancellationToken = null
    ) => Pipeline().DeployAsync(Bench.Settings, prepared, cancellationToken ?? Cancellation);

    /// <summary>Deploys a Build to <c>dev</c>, and prepares an operation that deploys another one there.</summary>
    /// <param name="operation"><c>deploy</c>, <c>rollback</c> or <c>promote</c>.</param>
    internal async Task<(string Live, Func<CancellationToken, Task> Run)> PrepareAsync(string operation)
    {
        await UploadAndDeployAsync(("a.txt", "first"));
        var live = await UploadAndDeployAsync(("a.txt", "second"));
        if (operation == "promote")
        {
            await UploadAsync(("a.txt", "third"));
            UseEnvironment("staging");
            await DeployAsync();
            UseEnvironment("dev");
            await RollbackAsync(live.BuildSid); // rewrites the record, which is about the last deployment
        }
        else if (operation == "deploy")
        {
            await UploadAsync(("a.txt", "third"));
        }

        return (
            live.BuildSid,
            operation switch
            {
                "deploy" => token => DeployAsync(cancellationToken: token),
                "rollback" => token => Pipeline().RollbackAsync(Bench.Settings, token),
                _ => token => Pipeline().PromoteAsync(Bench.Settings.With(SettingTable.PromoteFrom, "staging"), token),
            }
        );
    }

    /// <summary>The Build in the record of the last deployment.</summary>
    internal string? ReadRecordedBuild() =>
        JsonDocument.Parse(File.ReadAllText(DeploymentRecordPath)).RootElement.Text("buildSid");

    /// <summary>Uploads these files and deploys them.</summary>
    internal async Task<DeployResult> UploadAndDeployAsync(params (string File, string Content)[] files)
    {
        await UploadAsync(files);
        return await DeployAsync();
    }

    internal Task<VerifyResult> VerifyAsync() => Pipeline().VerifyAsync(Bench.Settings, Cancellation);

    internal Task<DeployResult> RollbackAsync(string? build = null) =>
        Pipeline().RollbackAsync(Bench.Settings.With(SettingTable.RollbackTo, build), Cancellation);

    internal Task<DeployResult> PromoteAsync(string from) =>
        Pipeline().PromoteAsync(Bench.Settings.With(SettingTable.PromoteFrom, from), Cancellation);

    /// <param name="olderThan">In days.</param>
    internal async Task<AssetPruneResult> PruneAsync(
        Func<AssetPruneResult, bool> consent,
        Action<PruneResult>? show = null,
        int olderThan = 0,
        int keepBuilds = 0,
        CancellationToken? cancellationToken = null
    ) =>
        (AssetPruneResult)
            await PruneAsync(
                Bench
                    .Settings.With(SettingTable.PruneOlderThan, $"{olderThan}d")
                    .With(SettingTable.PruneKeepBuilds, keepBuilds),
                found => consent((AssetPruneResult)found),
                show,
                cancellationToken
            );

    internal Task<PruneResult> PruneAsync(
        SettingValues settings,
        Func<PruneResult, bool> consent,
        Action<PruneResult>? show,
        CancellationToken? cancellationToken
    ) =>
        Maintenance()
            .PruneAsync(
                settings,
                new PrunePrompt(show ?? (_ => { }), found => Task.FromResult(consent(found))),
                cancellationToken ?? Cancellation
            );

    internal Task<RemoveResult> RemoveEnvironmentAsync(
        Func<string, bool> consent,
        CancellationToken? cancellationToken = null
    ) =>
        Maintenance()
            .RemoveEnvironmentAsync(
                Bench.Settings,
                domain => Task.FromResult(consent(domain)),
                cancellationToken ?? Cancellation
            );

    internal Task<ListResult> ListAsync() => Maintenance().ListAsync(Bench.Settings, environment: null, Cancellation);

    /// <summary>Selects the Environment of the runs that follow.</summary>
    internal void UseEnvironment(string name) => Bench.Settings = Bench.Settings.With(SettingTable.Environment, name);

    /// <summary>Deploys a Build of one new asset and nothing else, as someone else does.</summary>
    /// <returns>The SID of the Build.</returns>
    internal async Task<string> DeployAsSomeoneElseAsync(string path)
    {
        var version = await Emulator.Api.AddAsync(EngineWorkbench.ServiceName, path, "of someone else");
        var build = (await Emulator.Api.BuildAsync(EngineWorkbench.ServiceName, version)).Created().Sid();
        await DeployAsSomeoneElseAsync(build, "dev");
        return build;
    }

    /// <summary>Deploys a Build to an Environment, which is created if it does not exist, as someone else does.</summary>
    internal async Task DeployAsSomeoneElseAsync(string build, string environment)
    {
        var target =
            await FindEnvironmentAsync(environment)
            ?? await Emulator.Api.CreateEnvironmentAsync(EngineWorkbench.ServiceName, environment, environment);
        (await Emulator.Api.DeployAsync(EngineWorkbench.ServiceName, target.Sid(), build)).Created();
    }

    internal Task<JsonElement?> FindEnvironmentAsync(string name = "dev") =>
        Emulator.FindEnvironmentAsync(EngineWorkbench.ServiceName, name);

    /// <summary>The SID of the deployed Build; null: none, or there is no such Environment.</summary>
    internal async Task<string?> GetLiveBuildAsync(string environment = "dev") =>
        (await FindEnvironmentAsync(environment))?.GetProperty("build_sid").GetString();

    /// <summary>The paths of the assets that a Build contains, sorted.</summary>
    internal async Task<string[]> GetPathsAsync(string build) =>
        [
            .. (await Emulator.GetAsync($"{Service}/Builds/{build}"))
                .All("asset_versions", "path")
                .Order(StringComparer.Ordinal),
        ];

    /// <summary>Fetches a page of the site of an Environment.</summary>
    /// <returns>Status and content, such as <c>200 text</c>.</returns>
    internal async Task<string> VisitAsync(string path, string environment = "dev") =>
        await Emulator.VisitAsync((await FindEnvironmentAsync(environment))!.Value.Text("domain_name"), path);

    /// <summary>The Builds that were deployed to an Environment, the first one first.</summary>
    internal async Task<string[]> GetDeployedBuildsAsync(string environment = "dev")
    {
        var sid = (await FindEnvironmentAsync(environment))!.Value.Sid();
        return
        [
            .. (await Emulator.GetAsync($"{Service}/Environments/{sid}/Deployments"))
                .All("deployments", "build_sid")
                .Reverse(),
        ];
    }

    /// <summary>Reads a record that a run wrote beside the manifest.</summary>
    internal static string ReadRecord(string path) =>
        JsonSerializer.Serialize(JsonSerializer.Deserialize<JsonElement>(File.ReadAllText(path)));

    /// <summary>Asserts that a run fails with exactly these diagnostics.</summary>
    internal static async Task<AssetException> FailsAsync(Func<Task> run, params Diagnostic[] expected)
    {
        var failure = await Assert.ThrowsAsync<AssetException>(run);
        DiagnosticAssert.Same(failure.Diagnostics, expected);
        return failure;
    }

    /// <summary>Answers every request of this kind with an error of the service.</summary>
    internal void Refuse(HttpMethod method, string pathEnd, int status, string message) =>
        Bench.HttpHandler = () =>
            InterceptingHandler.Replace(request =>
                request.Method == method && request.RequestUri!.AbsolutePath.EndsWith(pathEnd, StringComparison.Ordinal)
                    ? StubHandler.Json(
                        $$"""{ "code": 20001, "message": "{{message}}", "status": {{status}} }""",
                        (System.Net.HttpStatusCode)status
                    )
                    : null
            );

    /// <summary>Changes the JSON of every response to a GET request of this kind.</summary>
    internal void ChangeResponses(string pathEnd, Action<JsonNode> change) =>
        Bench.HttpHandler = () =>
            new InterceptingHandler(
                async (request, _) =>
                {
                    if (
                        request.Method != HttpMethod.Get
                        || !request.RequestUri!.AbsolutePath.EndsWith(pathEnd, StringComparison.Ordinal)
                    )
                    {
                        return null;
                    }

                    var response = await Emulator.GetAsync(request.RequestUri.PathAndQuery);
                    var changed = JsonNode.Parse(response.GetRawText())!;
                    change(changed);
                    return StubHandler.Json(changed.ToJsonString());
                }
            );

    /// <summary>Runs an action before the nth request of this kind, from 1, is sent.</summary>
    internal void RunBefore(HttpMethod method, string pathEnd, Func<int, Task> act)
    {
        var number = 0;
        Bench.HttpHandler = () =>
            new InterceptingHandler(
                async (request, _) =>
                {
                    if (
                        request.Method == method
                        && request.RequestUri!.AbsolutePath.EndsWith(pathEnd, StringComparison.Ordinal)
                    )
                    {
                        await act(++number);
                    }

                    return null;
                }
            );
    }

    private DeploymentPipeline Pipeline() => new(CreateContext());

    private MaintenancePipeline Maintenance() => new(CreateContext());

    private EngineContext CreateContext()
    {
        Logger = new RecordingLogger();
        return Bench.CreateContext(Logger);
    }
}
