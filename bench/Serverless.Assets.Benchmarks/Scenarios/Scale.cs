using System.Diagnostics;
using System.Globalization;
using Serverless.Assets.Client;
using Serverless.Assets.Connection;
using Serverless.Assets.Discovery;
using Serverless.Assets.Files;
using Serverless.Assets.Mapping;
using Serverless.Assets.Planning;
using Serverless.Assets.Settings;
using Serverless.Assets.State;
using Serverless.Assets.Upload;
using Serverless.Assets.Validation;

namespace Serverless.Assets.Benchmarks.Scenarios;

/// <summary>
/// Far more files and entries of the upload state than a Service can have, without requests: twice as many must take
/// about twice as long. Measures processor time, which other programs on the machine hardly influence.
/// </summary>
internal sealed class Scale : IScenario
{
    private const int Few = 10_000;
    private const double MaxRatio = 2.5;

    private static readonly ServiceIdentity Service = new(
        Sid.Parse("ZS00000000000000000000000000000001"),
        Sid.Parse("AC00000000000000000000000000000001")
    );

    private static readonly EngineContext Context = new() { Logger = new QuietLogger() };

    public string Name => "scale";

    public async Task<IReadOnlyList<Figure>> RunAsync()
    {
        await MeasureAsync(1000, entries: 1000).ConfigureAwait(false); // compiles the code
        var few = await MeasureAsync(Few, entries: 5 * Few).ConfigureAwait(false);
        var many = await MeasureAsync(2 * Few, entries: 10 * Few).ConfigureAwait(false);
        var figures = new List<Figure>();
        foreach (var (step, seconds) in many)
        {
            figures.Add(Figure.AtMost($"{step}, twice as many", seconds / few[step], MaxRatio, "times"));
            figures.Add(Figure.AtMost("  in", seconds, 20, "s"));
        }

        return figures;
    }

    /// <returns>Processor time of each step, in seconds.</returns>
    private static async Task<Dictionary<string, double>> MeasureAsync(int files, int entries)
    {
        var folder = Directory.CreateTempSubdirectory("serverless-assets-bench-").FullName;
        try
        {
            Write(folder, files);
            var settings = new SettingValues(new ProjectContext(folder))
                .With(SettingTable.Emulator, true)
                .With(SettingTable.ServiceLimits, nameof(ServiceLimits.Warn));
            var times = new Dictionary<string, double>();
            var assets = Measure(
                times,
                "collect 20,000 files",
                () => new AssetCollector(Context).Collect(new CollectRequest { Settings = settings })
            );
            using var state = OpenState(folder);
            var hashed = await MeasureAsync(times, "hash 20,000 files", () => HashAsync(assets, state))
                .ConfigureAwait(false);
            var uploads = Measure(times, "record 20,000 uploads", () => Record(hashed, state));
            await MeasureAsync(times, "plan 20,000 files", () => PlanAsync(hashed, state)).ConfigureAwait(false);
            FillJournal(folder, entries);
            using var full = Measure(times, "open a state of 100,000 uploads", () => OpenState(folder));
            Measure(times, "forget 20,000 of them", () => Forget(uploads, full));
            return times;
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static void Write(string folder, int files)
    {
        for (var i = 0; i < files; i++)
        {
            var name = string.Create(CultureInfo.InvariantCulture, $"{i}.txt");
            var file = Path.Combine(folder, "assets", $"folder-{i % 100}", name);
            Directory.CreateDirectory(Path.GetDirectoryName(file)!);
            File.WriteAllText(file, $"the content of {name}");
            File.SetLastWriteTimeUtc(file, DateTime.UtcNow.AddHours(-1)); // hashes of files that were just written are not kept
        }
    }

    private static UploadState OpenState(string folder) =>
        UploadState.Open(
            Path.Combine(folder, "state"),
            folder,
            new PhysicalFileSystem(),
            Context.Logger,
            TimeProvider.System
        );

    private static async Task<List<HashedAsset>> HashAsync(IReadOnlyList<LocalAsset> assets, UploadState state)
    {
        var files = new PhysicalFileSystem();
        await using var hashing = FileHashing.Start(
            assets,
            new AssetHasher(files, state, TimeProvider.System),
            files,
            new UploadProgress(assets.Count),
            CancellationToken.None
        );
        return await hashing
            .ReadAllAsync(CancellationToken.None)
            .Select(result => result.Hashed!)
            .ToListAsync()
            .ConfigureAwait(false);
    }

    private static List<RememberedUpload> Record(List<HashedAsset> assets, UploadState state)
    {
        var planner = CreatePlanner(new ServerlessClient(CreateOptions()), state);
        var uploads = assets.Select((asset, number) => CreateUpload(planner.GetKey(asset), number)).ToList();
        uploads.ForEach(state.RecordUpload);
        state.Flush();
        return uploads;
    }

    private static async Task<int> PlanAsync(List<HashedAsset> assets, UploadState state)
    {
        using var client = new ServerlessClient(CreateOptions());
        var planner = CreatePlanner(client, state);
        var unchanged = 0;
        foreach (var asset in assets)
        {
            var decision = await planner.PlanAsync(asset, CancellationToken.None).ConfigureAwait(false);
            unchanged += decision.Action == PlannedAction.Unchanged ? 1 : 0;
        }

        return unchanged == assets.Count ? unchanged : throw new InvalidOperationException("Files are to be uploaded.");
    }

    private static int Forget(List<RememberedUpload> uploads, UploadState state)
    {
        uploads.ForEach(upload => state.Forget(upload.AssetVersionSid));
        return uploads.Count;
    }

    /// <summary>Adds the uploads of other projects that use the same folder.</summary>
    private static void FillJournal(string folder, int entries)
    {
        var journal = new Journal(
            Path.Combine(folder, "state", UploadState.FileName),
            new PhysicalFileSystem(),
            TimeProvider.System
        );
        journal.Append([
            .. Enumerable
                .Range(0, entries)
                .Select(number => new StateKey(
                    Service.AccountSid,
                    Service.Sid,
                    AssetPath.Parse($"/others/{number}.txt"),
                    Visibility.Public,
                    "text/plain; charset=utf-8",
                    $"{number:x64}"
                ))
                .Select((key, number) => new JournalEntry { Upload = CreateUpload(key, 1_000_000 + number) }),
        ]);
    }

    private static RememberedUpload CreateUpload(StateKey key, int number) =>
        new(key, Sid.Parse($"ZH{number:x32}"), Sid.Parse($"ZN{number:x32}"), DateTimeOffset.UtcNow);

    private static AssetPlanner CreatePlanner(ServerlessClient client, UploadState state) =>
        new(
            client,
            Service,
            new LiveBuild(client, Service.Sid, "dev", CancellationToken.None),
            state,
            NoSharedUploads.Instance
        );

    private static ServerlessClientOptions CreateOptions() =>
        new() { Credentials = TwilioCredentials.ApiKey("SK00000000000000000000000000000001", "not used") };

    private static T Measure<T>(Dictionary<string, double> times, string step, Func<T> work) =>
        MeasureAsync(times, step, () => Task.FromResult(work())).GetAwaiter().GetResult();

    private static async Task<T> MeasureAsync<T>(Dictionary<string, double> times, string step, Func<Task<T>> work)
    {
        GC.Collect();
        var before = GetProcessorTime();
        var result = await work().ConfigureAwait(false);
        times[step] = (GetProcessorTime() - before).TotalSeconds;
        return result;
    }

    private static TimeSpan GetProcessorTime()
    {
        using var process = Process.GetCurrentProcess();
        return process.TotalProcessorTime;
    }

    /// <summary>The warning that the service does not accept so many is expected.</summary>
    private sealed class QuietLogger : Diagnostics.IAssetLogger
    {
        public bool IsTraceEnabled => false;

        public void Warn(Diagnostics.Diagnostic warning) { }

        public void Log(Diagnostics.LogLevel level, Diagnostics.SanitizedText message) { }
    }
}
