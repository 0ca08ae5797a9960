using Microsoft.Build.Framework;
using Microsoft.Build.Utilities;
using Serverless.Assets.Build.Tasks;
using Serverless.Assets.Emulator;
using Serverless.Assets.Settings;

namespace Serverless.Assets.Build.Tests;

/// <summary>Creates tasks that work on a project folder, with an emulator or without.</summary>
internal sealed class Workbench : ProjectWorkbench
{
    private Workbench(TimeProvider? clock) => Clock = clock ?? CreateClock();

    public string ManifestPath => PathOf("out/serverless-assets.manifest.json");

    public override TimeProvider Clock { get; }

    /// <summary>
    /// Creates a clock that stands still while a run does not wait, so that it takes 0.0 seconds, and skips waits: on
    /// one that only stands still, a retry that the test does not expect would never begin. Requests time out after a
    /// minute by default; shorter timers are waits.
    /// </summary>
    public static SkippingClock CreateClock() => new(longest: TimeSpan.FromMinutes(1));

    /// <summary>Creates a workbench without an emulator.</summary>
    /// <param name="clock">The clock of the runs; null for that of <see cref="CreateClock"/>.</param>
    public static Workbench Create(TimeProvider? clock = null) => new(clock);

    /// <inheritdoc cref="Create"/>
    public static async Task<Workbench> StartAsync(EmulatorFaults? faults = null, TimeProvider? clock = null)
    {
        var bench = new Workbench(clock);
        await bench.StartEmulatorAsync(faults);
        return bench;
    }

    /// <summary>An item as MSBuild passes it to a task: with its special characters escaped.</summary>
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

    /// <summary>Creates a task that has settings.</summary>
    public T CreateTask<T>(CapturingBuildEngine engine)
        where T : SettingsTask, new() => Prepare(new T { BuildEngine = engine, ContextFactory = CreateContext });

    /// <summary>Uploads one file <c>a.txt</c> with this text, and deploys it.</summary>
    public DeployServerlessAssets Deploy(string text)
    {
        Upload(text);
        var engine = new CapturingBuildEngine();
        var task = CreateTask<DeployServerlessAssets>(engine);
        Assert.True(task.Execute(), string.Join('\n', engine.Log));
        return task;
    }

    /// <summary>Uploads one file <c>a.txt</c> with this text.</summary>
    /// <returns>The SID of the Service.</returns>
    public string Upload(string text)
    {
        var task = UploadTask(new CapturingBuildEngine(), Collect(Item(Write("a.txt", text))));
        Assert.True(task.Execute());
        return task.ServiceSid;
    }

    /// <summary>The collected assets of files without problems.</summary>
    public ITaskItem[] Collect(params ITaskItem[] files)
    {
        var engine = new CapturingBuildEngine();
        var task = CollectTask(engine, files);
        Assert.True(task.Execute());
        Assert.Empty(engine.Log);
        return task.Assets;
    }

    private T Prepare<T>(T task)
        where T : SettingsTask
    {
        task.ProjectFile = PathOf("Site.csproj");
        task.Set(SettingTable.StatePath, StatePath);
        task.Set(SettingTable.ManifestPath, ManifestPath);
        task.Set(SettingTable.ServiceName, ServiceName);
        task.Set(SettingTable.CreateService, "true");
        if (HasEmulator)
        {
            task.Set(SettingTable.ApiBaseUrl, Emulator.Url);
            task.Set(SettingTable.UploadBaseUrl, Emulator.Url);
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
