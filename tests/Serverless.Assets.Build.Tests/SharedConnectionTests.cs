using System.Collections.Concurrent;
using Serverless.Assets.Build.Tasks;
using Serverless.Assets.Settings;

namespace Serverless.Assets.Build.Tests;

/// <summary>The tasks of a project share one run: connections, learned concurrency and upload state.</summary>
public sealed class SharedConnectionTests
{
    [Fact]
    public async Task An_upload_its_Build_and_its_deployment_use_one_connection_and_each_has_its_own_log()
    {
        await using var bench = await Workbench.StartAsync();
        var clients = CountClients(bench);
        var build = new ConcurrentDictionary<object, object>();

        var (upload, create, deploy) = UploadAndDeploy(bench, () => new CapturingBuildEngine { TaskObjects = build });

        Assert.Equal(1, clients());
        AssertShown(upload, "Created the Service ", "Serverless assets: Uploaded ", "Site -> ");
        AssertShown(create, "Serverless assets: Created Build ");
        AssertShown(deploy, "Created the Environment ", "Serverless assets: Deployed ", "Site -> ");
        Assert.Contains(upload.All, message => message.Message.Contains("/Versions", StringComparison.Ordinal));
        Assert.DoesNotContain(deploy.All, message => message.Message.Contains("/Versions", StringComparison.Ordinal));
        Assert.Contains(deploy.All, message => message.Message.Contains("/Deployments", StringComparison.Ordinal));
        Assert.DoesNotContain(
            upload.Log,
            message => message.Message.Contains("/Deployments", StringComparison.Ordinal)
        );
    }

    /// <summary>As in task hosts that end with their task.</summary>
    [Fact]
    public async Task Each_task_opens_its_own_connection_when_the_engine_keeps_no_objects()
    {
        await using var bench = await Workbench.StartAsync();
        var clients = CountClients(bench);

        UploadAndDeploy(bench, () => new CapturingBuildEngine());

        Assert.Equal(3, clients());
        Assert.NotNull((await bench.Emulator.GetLiveAsync()).Build);
    }

    [Fact]
    public async Task A_task_with_other_settings_of_the_connection_opens_its_own()
    {
        await using var bench = await Workbench.StartAsync();
        var clients = CountClients(bench);
        var engine = new CapturingBuildEngine();
        Run(bench.UploadTask(engine, bench.Collect(Workbench.Item(bench.Write("a.txt", "a")))), engine);

        var other = bench.UploadTask(engine, bench.Collect(Workbench.Item(bench.Write("a.txt", "b"))));
        other.Set(SettingTable.MaxConcurrency, "1");
        Run(other, engine);

        Assert.Equal(2, clients());
    }

    /// <summary>A build that is killed later must not have lost what a finished task recorded.</summary>
    [Fact]
    public async Task The_upload_state_is_on_the_disk_when_a_task_ends()
    {
        await using var bench = await Workbench.StartAsync();
        var file = bench.Write("a.txt", "a");
        File.SetLastWriteTimeUtc(file, bench.Clock.GetUtcNow().UtcDateTime.AddDays(-1)); // a hash is recorded of old files
        var engine = new CapturingBuildEngine();

        Run(bench.UploadTask(engine, bench.Collect(Workbench.Item(file))), engine);

        var journal = File.ReadAllText(Path.Combine(bench.StatePath, "uploads.journal"));
        Assert.Contains("{\"upload\"", journal, StringComparison.Ordinal);
        Assert.Contains("{\"hash\"", journal, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_end_of_the_build_closes_the_connection()
    {
        await using var bench = await Workbench.StartAsync();
        var closed = 0;
        bench.HttpHandler = () => new ClosingHandler(() => closed++) { InnerHandler = new SocketsHttpHandler() };
        var engine = new CapturingBuildEngine();
        Run(bench.UploadTask(engine, bench.Collect(Workbench.Item(bench.Write("a.txt", "a")))), engine);
        Assert.Equal(0, closed);

        foreach (var registered in engine.TaskObjects.Values.OfType<IDisposable>())
        {
            registered.Dispose(); // as MSBuild does
        }

        Assert.Equal(1, closed);
    }

    private static (
        CapturingBuildEngine Upload,
        CapturingBuildEngine Create,
        CapturingBuildEngine Deploy
    ) UploadAndDeploy(Workbench bench, Func<CapturingBuildEngine> createEngine)
    {
        var (uploading, creating, deploying) = (createEngine(), createEngine(), createEngine());
        Run(bench.UploadTask(uploading, bench.Collect(Workbench.Item(bench.Write("a.txt", "a")))), uploading);
        var build = bench.CreateTask<BuildServerlessAssets>(creating);
        Run(build, creating);
        var deploy = bench.CreateTask<DeployServerlessAssets>(deploying);
        deploy.Builds = build.Builds;
        Run(deploy, deploying);
        return (uploading, creating, deploying);
    }

    private static void Run(AssetTask task, CapturingBuildEngine engine) =>
        Assert.True(task.Execute(), string.Join('\n', engine.Log));

    private static Func<int> CountClients(Workbench bench)
    {
        var count = 0;
        bench.HttpHandler = () =>
        {
            Interlocked.Increment(ref count);
            return new SocketsHttpHandler();
        };
        return () => count;
    }

    private static void AssertShown(CapturingBuildEngine engine, params string[] beginnings)
    {
        Assert.Equal(beginnings.Length, engine.Log.Count);
        Assert.All(
            engine.Log.Zip(beginnings),
            pair => Assert.StartsWith(pair.Second, pair.First.Message, StringComparison.Ordinal)
        );
    }

    private sealed class ClosingHandler(Action onClosed) : DelegatingHandler
    {
        protected override void Dispose(bool disposing)
        {
            if (disposing)
            {
                onClosed();
            }

            base.Dispose(disposing);
        }
    }
}
