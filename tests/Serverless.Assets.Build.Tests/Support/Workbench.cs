using Microsoft.Build.Framework;
using Microsoft.Build.Utilities;
using Microsoft.Extensions.Time.Testing;
using Serverless.Assets.Build.Tasks;
using Serverless.Assets.Client;
using Serverless.Assets.Diagnostics;
using Serverless.Assets.Emulator;
using Serverless.Assets.Settings;
using Serverless.Assets.Verification;

namespace Serverless.Assets.Build.Tests.Support;

/// <summary>A project folder, an emulator, an environment with credentials, and tasks that see nothing but these.</summary>
internal sealed class Workbench : IAsyncDisposable
{
    public const string User = "SK0123456789abcdef0123456789abcdef";
    public const string Secret = "kept-to-itself-7f3a";
    public const string ServiceName = "site";

    private readonly string _root = Directory.CreateTempSubdirectory("build-tests-").FullName;
    private TestEmulator? _emulator;

    private Workbench()
    {
        Folder = Path.Combine(_root, "site");
        Directory.CreateDirectory(Folder);
    }

    public static CancellationToken Token => TestContext.Current.CancellationToken;

    /// <summary>The folder of the project.</summary>
    public string Folder { get; }

    /// <summary>The emulator's data.</summary>
    public string Data => Path.Combine(_root, "data");

    public string ManifestPath => Path.Combine(Folder, "out", "serverless-assets.manifest.json");

    public Dictionary<string, string> Environment { get; } =
        new() { ["TWILIO_API_KEY"] = User, ["TWILIO_API_SECRET"] = Secret };

    /// <summary>Stands still, so that a run takes 0.0 seconds.</summary>
    public FakeTimeProvider Clock { get; } = new(new DateTimeOffset(2026, 3, 1, 12, 0, 0, TimeSpan.Zero));

    /// <summary>Makes what the client sends through.</summary>
    public Func<HttpMessageHandler> HttpHandler { get; set; } = ApiConnection.CreateHandler;

    /// <summary>Makes what sites are fetched through.</summary>
    public Func<HttpMessageHandler> SiteHandler { get; set; } = SiteHttpHandler.Create;

    public TestEmulator Emulator => _emulator ?? throw new InvalidOperationException("No emulator was started.");

    public static Workbench Create() => new();

    public static async Task<Workbench> StartAsync(EmulatorFaults? faults = null)
    {
        var bench = new Workbench();
        bench._emulator = await TestEmulator.StartAsync(bench.Data, faults);
        return bench;
    }

    public string Write(string file, string text)
    {
        var path = PathOf(file);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, text);
        return path;
    }

    /// <summary>A path of the project, as the tasks show it.</summary>
    public string PathOf(string file) => Path.Combine([Folder, .. file.Split('/')]);

    /// <summary>An item as MSBuild passes it: its special characters are escaped.</summary>
    public static ITaskItem Item(string include, params (string Name, string Value)[] metadata)
    {
        var item = new TaskItem(Escape(include));
        foreach (var (name, value) in metadata)
        {
            item.SetMetadata(name, Escape(value));
        }

        return item;
    }

    public CollectServerlessAssets CollectTask(CapturingBuildEngine engine, params ITaskItem[] files) =>
        Prepare(
            new CollectServerlessAssets
            {
                BuildEngine = engine,
                ContextFactory = CreateContext,
                Files = files,
            }
        );

    public UploadServerlessAssets UploadTask(CapturingBuildEngine engine, params ITaskItem[] assets) =>
        Prepare(
            new UploadServerlessAssets
            {
                BuildEngine = engine,
                ContextFactory = CreateContext,
                Assets = assets,
            }
        );

    /// <summary>A task of the way from the manifest to the live site.</summary>
    public T LiveTask<T>(CapturingBuildEngine engine)
        where T : SettingsTask, new() => Prepare(new T { BuildEngine = engine, ContextFactory = CreateContext });

    /// <summary>Uploads one file <c>a.txt</c> with this text, and deploys it.</summary>
    public DeployServerlessAssets Deploy(string text)
    {
        Upload(text);
        var engine = new CapturingBuildEngine();
        var task = LiveTask<DeployServerlessAssets>(engine);
        Assert.True(task.Execute(), string.Join('\n', engine.Log));
        return task;
    }

    /// <summary>Uploads one file <c>a.txt</c> with this text.</summary>
    /// <returns>SID of the Service.</returns>
    public string Upload(string text)
    {
        var task = UploadTask(new CapturingBuildEngine(), Collect(Item(Write("a.txt", text))));
        Assert.True(task.Execute());
        return task.ServiceSid;
    }

    /// <summary>The collected assets of the files, which must be in order.</summary>
    public ITaskItem[] Collect(params ITaskItem[] files)
    {
        var engine = new CapturingBuildEngine();
        var task = CollectTask(engine, files);
        Assert.True(task.Execute());
        Assert.Empty(engine.Log);
        return task.Assets;
    }

    public EngineContext CreateContext(IAssetLogger logger) =>
        new()
        {
            Logger = logger,
            Clock = Clock,
            Environment = name => Environment.GetValueOrDefault(name),
            HttpHandler = HttpHandler,
            SiteHandler = SiteHandler,
        };

    public async ValueTask DisposeAsync()
    {
        if (_emulator is not null)
        {
            await _emulator.DisposeAsync();
        }

        Directory.Delete(_root, recursive: true);
    }

    private T Prepare<T>(T task)
        where T : SettingsTask
    {
        task.ProjectFile = Path.Combine(Folder, "Site.csproj");
        task.Set(SettingTable.StatePath, Path.Combine(Folder, "obj", "serverless-assets"));
        task.Set(SettingTable.ManifestPath, ManifestPath);
        task.Set(SettingTable.ServiceName, ServiceName);
        task.Set(SettingTable.CreateService, "true");
        if (_emulator is not null)
        {
            task.Set(SettingTable.ApiBaseUrl, _emulator.Url);
            task.Set(SettingTable.UploadBaseUrl, _emulator.Url);
        }

        return task;
    }

    private static string Escape(string value) =>
        string.Concat(
            value.Select(character =>
                "%*?@$();'".Contains(character, StringComparison.Ordinal) ? $"%{(int)character:x2}" : $"{character}"
            )
        );
}

internal static class SettingsTaskExtensions
{
    /// <summary>Sets a value as the targets do.</summary>
    public static void Set(this SettingsTask task, Setting setting, string value) =>
        task.Settings = [
            .. task.Settings.Where(item => item.ItemSpec != setting.Name),
            Workbench.Item(setting.Name, ("Value", value)),
        ];
}
