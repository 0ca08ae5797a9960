using System.Collections.Concurrent;
using Serverless.Assets.Emulator;
using Serverless.Assets.Files;
using Serverless.Assets.State;

namespace Serverless.Assets.Cli.Tests;

/// <summary>
/// A crash at any moment: the next run goes on. What was recorded as uploaded is not sent again, and neither the state
/// nor the manifest is ever torn.
/// </summary>
public sealed class CrashTests
{
    private const int Files = 150;
    private const int MostInFlight = 8;

    /// <summary>Uploads that have arrived, over all runs, when the next run is killed.</summary>
    private static readonly int[] Kills = [1, 25, 26, 60, 110, 140];

    /// <summary>
    /// Slow enough for requests to be in flight at each kill. The 10th request, an Asset or a version, never gets a
    /// response: a run can't be done before the kill, however long that takes to come.
    /// </summary>
    private static readonly EmulatorFaults SlowWithoutEnd = new() { LatencyMs = 10, HangNthRequest = 10 };

    [Fact]
    public async Task A_first_upload_that_is_killed_again_and_again_gets_done()
    {
        await using var bench = await Workbench.StartAsync();
        var contents = Write(bench, "first");

        await KillAgainAndAgainAsync(bench);

        Assert.False(File.Exists(bench.ManifestPath + ".previous"));
        await AssertGetsDoneAsync(bench, contents);
    }

    [Fact]
    public async Task An_upload_of_changes_that_is_killed_again_and_again_gets_done()
    {
        await using var bench = await Workbench.StartAsync();
        Write(bench, "first");
        (await bench.RunAsync("upload", "--quiet")).SucceededSilently();
        var first = File.ReadAllText(bench.ManifestPath);
        var contents = Write(bench, "changed");
        await bench.Emulator.ResetStatsAsync();

        await KillAgainAndAgainAsync(bench);

        Assert.Equal(first, File.ReadAllText(bench.ManifestPath + ".previous"));
        await AssertGetsDoneAsync(bench, contents);
    }

    /// <summary>Before anything was to be uploaded the manifest is right, and stays.</summary>
    [Fact]
    public async Task A_run_that_is_killed_without_anything_to_upload_keeps_the_manifest()
    {
        await using var bench = await Workbench.StartAsync();
        bench.Write("assets/a.txt", "first");
        (await bench.RunAsync("upload", "--quiet")).SucceededSilently();
        var manifest = File.ReadAllText(bench.ManifestPath);
        await bench.Emulator.ResetStatsAsync();
        bench.Emulator.Faults = new EmulatorFaults { HangNthRequest = 1 };
        using var program = bench.Start(bench.Arguments("upload"));
        await bench.Emulator.WaitForRequestsAsync(1, program.Exited);

        await program.KillAsync();

        Assert.Equal(manifest, File.ReadAllText(bench.ManifestPath));
    }

    /// <summary>Else a crash would cost more than what is in flight.</summary>
    [Fact]
    public async Task A_completed_upload_is_recorded_before_the_next_one_starts()
    {
        await using var bench = await Workbench.StartAsync();
        Write(bench, "first");
        var unrecorded = new ConcurrentBag<int>();
        var sent = 0;
        bench.HttpHandler = () =>
            InterceptingHandler.Observe(request =>
            {
                if (request.RequestUri!.AbsolutePath.EndsWith("/Versions", StringComparison.Ordinal))
                {
                    unrecorded.Add(sent++ - ReadJournal(bench).Count(entry => entry.Upload is not null));
                }
            });

        (await bench.RunAsync("upload", "--quiet", "--max-concurrency", "1")).SucceededSilently();

        Assert.Equal(Enumerable.Repeat(0, Files), unrecorded);
    }

    private static Dictionary<string, string> Write(Workbench bench, string what)
    {
        var contents = new Dictionary<string, string>();
        for (var i = 0; i < Files; i++)
        {
            contents[$"/f/{i}.txt"] = $"{what} content of {i}{new string('.', i * 11)}";
            bench.Write($"assets/f/{i}.txt", contents[$"/f/{i}.txt"]);
        }

        return contents;
    }

    private static string[] UploadArguments(Workbench bench) =>
        bench.Arguments("upload", "--quiet", "--max-concurrency", $"{MostInFlight}");

    private static async Task KillAgainAndAgainAsync(Workbench bench)
    {
        foreach (var uploads in Kills)
        {
            bench.Emulator.Faults = SlowWithoutEnd;
            using var program = bench.Start(UploadArguments(bench));
            await bench.Emulator.WaitForUploadsAsync(uploads, program.Exited);

            await program.KillAsync();

            Assert.False(File.Exists(bench.ManifestPath));
            ReadJournal(bench);
        }
    }

    /// <summary>The entries of the state, which must be whole.</summary>
    private static IReadOnlyList<JournalEntry> ReadJournal(Workbench bench)
    {
        var journal = new Journal(bench.JournalPath, new PhysicalFileSystem(), TimeProvider.System).Read();
        Assert.Equal((0, false), (journal.BrokenLines, journal.IsUnreadable));
        return journal.Entries;
    }

    private static async Task AssertGetsDoneAsync(Workbench bench, Dictionary<string, string> contents)
    {
        bench.Emulator.Faults = new EmulatorFaults();
        using var last = bench.Start(UploadArguments(bench));
        Assert.Equal("", (await last.EndAsync()).SucceededSilently().Out);

        Assert.InRange(await bench.Emulator.CountUploadsAsync(), Files, Files + (Kills.Length * MostInFlight));
        Assert.InRange(await bench.Emulator.GetMostInFlightAsync(), 1, MostInFlight);
        await bench.Emulator.AssertHoldsAsync(bench.ManifestPath, Workbench.ServiceName, contents);
        AssertNoLeftovers(bench);

        await bench.Emulator.ResetStatsAsync();
        (await bench.RunAsync("upload", "--quiet")).SucceededSilently();
        Assert.Equal(0, await bench.Emulator.CountUploadsAsync());
    }

    private static void AssertNoLeftovers(Workbench bench)
    {
        string[] expected = ["serverless-assets.manifest.json", "serverless-assets.manifest.json.previous"];
        Assert.All(Directory.GetFiles(bench.Project), file => Assert.Contains(Path.GetFileName(file), expected));
        Assert.Equal(
            ["uploads.journal", "uploads.journal.lock"],
            Directory
                .GetFiles(Path.GetDirectoryName(bench.JournalPath)!)
                .Select(file => Path.GetFileName(file))
                .Order(StringComparer.Ordinal)
        );
    }
}
