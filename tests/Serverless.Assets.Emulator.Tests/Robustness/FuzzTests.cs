using System.Runtime;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Http;
using Serverless.Assets.Emulator.Faults;

namespace Serverless.Assets.Emulator.Tests.Robustness;

/// <summary>No request can break the emulator, whatever its bytes are. Measures the memory of the process.</summary>
[Collection(typeof(FuzzTests))]
[CollectionDefinition(DisableParallelization = true)]
public sealed partial class FuzzTests
{
    private const int Seed = 20261128;
    private const int Count = 10_000;

    /// <summary>The first one fills caches, pools and the log of the latest requests.</summary>
    private const int Rounds = 4;

    /// <summary>
    /// Of the objects below 85 KB, in bytes, from the first round to any later one. A connection that leaks with its pipes
    /// has about 8 KB, so the 7,500 of the later rounds would exceed it by far.
    /// </summary>
    private const long MaxGrowth = 8_000_000;

    /// <summary>
    /// Of all live objects, large ones and pooled buffers included. The pools of this process, which also sends the
    /// requests, take some rounds to reach their size.
    /// </summary>
    private const long MaxTotalGrowth = 32_000_000;

    /// <summary>
    /// The heap that the program gets, in bytes, for everything including its pools. It is enough for the requests of a
    /// moment, however many have been sent: half of it is.
    /// </summary>
    private const long MaxHeap = 128 * 1024 * 1024;

    [Fact]
    public async Task Hostile_requests_are_refused_and_leave_nothing_behind()
    {
        using var folder = new TempFolder();
        var (begun, ended, changed) = (0, 0, new Signal());
        HostileTraffic? traffic = null;
        await using (
            var emulator = await TestEmulator.StartAsync(
                configure: options => options with { KeepsRequests = false, Middleware = ObserveAsync },
                folder: folder["outer/data"]
            )
        )
        {
            traffic = new HostileTraffic(Seed, emulator.Port);
            var targets = await HostileTargets.DeployAsync(emulator.Api);
            var requests = new HostileRequests(Seed, emulator.Port, targets);
            var (first, firstTotal) = (0L, 0L);
            for (var round = 0; round < Rounds; round++)
            {
                await traffic.SendAsync(requests.Create, round * Count / Rounds, (round + 1) * Count / Rounds);
                await changed.WaitForAsync(() => begun == ended, "the end of all requests");
                var (memory, total) = GetMemory();
                (first, firstTotal) = round == 0 ? (memory, total) : (first, firstTotal);
                Assert.InRange(memory - first, long.MinValue, MaxGrowth);
                Assert.InRange(total - firstTotal, long.MinValue, MaxTotalGrowth);
            }

            traffic.AssertNoProblems();
            await AssertWorksAsync(emulator.Api, targets);
        }

        Assert.Equal(begun, ended);
        AssertOnlyOwnFiles(folder);

        async Task ObserveAsync(HttpContext context, Func<Task> next)
        {
            Interlocked.Increment(ref begun);
            try
            {
                await next();
            }
            finally
            {
                Interlocked.Increment(ref ended);
                changed.Set();
            }

            if (HostileTraffic.IsFailure(context.Response.StatusCode))
            {
                traffic?.Report($"{context.Response.StatusCode} for {context.Request.Method} {context.Request.Path}");
            }
        }
    }

    [Fact]
    public async Task The_program_answers_hostile_requests_with_a_small_heap()
    {
        using var folder = new TempFolder();
        using var program = await LimitedProgram.StartAsync(folder["outer/data"], MaxHeap);
        var traffic = new HostileTraffic(Seed, program.Port);
        var targets = await HostileTargets.DeployAsync(program.Api);

        await traffic.SendAsync(new HostileRequests(Seed, program.Port, targets).Create, 0, Count);

        traffic.AssertNoProblems();
        await AssertWorksAsync(program.Api, targets);
        Assert.Equal((0, ""), await program.EndAsync());
        AssertOnlyOwnFiles(folder);
    }

    [Fact]
    public void Counting_faults_keeps_no_text_of_the_requests()
    {
        const int Length = 2_000_000; // of each text, in characters: all together would have 80 MB
        const long PooledBuffers = 20_000_000;
        var plan = new FaultPlan(new EmulatorFaults { Rate500 = 0.5 });
        var (_, before) = GetMemory();

        for (var i = 0; i < 20; i++)
        {
            plan.Draw("Service.Create", $"/v1/Services?0#{new string('n', Length)}{i}");
        }

        var (_, after) = GetMemory();
        GC.KeepAlive(plan);
        Assert.InRange(after - before, long.MinValue, PooledBuffers);
    }

    private static async Task AssertWorksAsync(ApiClient api, HostileTargets targets)
    {
        Assert.Equal("ok", (await api.GetAsync("/__emulator/health")).Succeeded().Text("status"));
        var version = await api.AddAsync(targets.Service, "/after.txt", "still works");
        Assert.Equal("still works", (await api.GetAsync($"/__emulator/versions/{version}/content")).Text);
    }

    /// <summary>Nothing outside the data folder, and nothing in it that is incomplete.</summary>
    private static void AssertOnlyOwnFiles(TempFolder folder) =>
        Assert.All(folder.Files(), file => Assert.Matches(OwnFile(), file));

    /// <returns>The size of the live objects without and with the large and the pinned ones.</returns>
    private static (long Small, long Total) GetMemory()
    {
        for (var i = 0; i < 2; i++)
        {
            GCSettings.LargeObjectHeapCompactionMode = GCLargeObjectHeapCompactionMode.CompactOnce;
            GC.Collect(GC.MaxGeneration, GCCollectionMode.Forced, blocking: true, compacting: true);
            GC.WaitForPendingFinalizers();
        }

        var sizes = new List<long>();
        foreach (var generation in GC.GetGCMemoryInfo(GCKind.FullBlocking).GenerationInfo)
        {
            sizes.Add(generation.SizeAfterBytes - generation.FragmentationAfterBytes);
        }

        return (sizes.Take(GC.MaxGeneration + 1).Sum(), sizes.Sum());
    }

    [GeneratedRegex(@"\Aouter/data/(emulator\.(db|lock|port)|content/(?<start>[0-9a-f]{2})/\k<start>[0-9a-f]{62})\z")]
    private static partial Regex OwnFile();
}
