using System.Collections.Concurrent;
using System.Globalization;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Http;

namespace Serverless.Assets.Emulator.Tests.Robustness;

/// <summary>No request can break the emulator, whatever its bytes are. Measures the memory of the process.</summary>
[Collection(typeof(FuzzTests))]
[CollectionDefinition(DisableParallelization = true)]
public sealed partial class FuzzTests
{
    private const int Seed = 20261128;
    private const int Count = 10_000;
    private const int Parallel = 16;

    /// <summary>Requests before the first measurement, which fill caches, pools and the log of the latest requests.</summary>
    private const int WarmUp = 2_500;

    /// <summary>
    /// The log of the latest requests and small buffers vary by a few megabytes. A connection that leaks with its pipes
    /// has about 8 KB, so 10,000 of them would exceed it by far.
    /// </summary>
    private const long MaxGrowth = 12_000_000;

    [Fact]
    public async Task Hostile_requests_are_refused_and_leave_nothing_behind()
    {
        using var folder = new TempFolder();
        var problems = new ConcurrentQueue<string>();
        var (begun, ended) = (0, 0);
        await using (
            var emulator = await TestEmulator.StartAsync(
                configure: options => options with { KeepsRequests = false, Middleware = ObserveAsync },
                folder: folder["outer/data"]
            )
        )
        {
            var targets = await DeployAsync(emulator);
            var requests = new HostileRequests(Seed, emulator.Port, targets);
            await SendAsync(emulator, requests, 0, WarmUp, problems);
            var before = GetMemory();

            await SendAsync(emulator, requests, WarmUp, Count, problems);

            Assert.True(problems.IsEmpty, string.Join('\n', problems.Take(20)));
            Assert.InRange(GetMemory() - before, long.MinValue, MaxGrowth);
            Assert.Equal("ok", (await emulator.GetAsync("/__emulator/health")).Text("status"));
            var version = await emulator.Api.AddAsync(targets.Service, "/after.txt", "still works");
            Assert.Equal("still works", (await emulator.Api.GetAsync($"/__emulator/versions/{version}/content")).Text);
        }

        Assert.Equal(begun, ended);
        Assert.All(folder.Files(), file => Assert.Matches(OwnFile(), file));

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
            }

            if (context.Response.StatusCode >= 500 && !IsFunction(context.Response.StatusCode))
            {
                problems.Enqueue(
                    $"seed {Seed}: {context.Response.StatusCode} for {context.Request.Method} {context.Request.Path}"
                );
            }
        }
    }

    /// <summary>
    /// The live objects without the large ones: of those, the shared pool keeps some for each thread and each size, which
    /// takes more requests to reach its end.
    /// </summary>
    private static long GetMemory()
    {
        GC.Collect(GC.MaxGeneration, GCCollectionMode.Forced, blocking: true);
        GC.WaitForPendingFinalizers();
        GC.Collect(GC.MaxGeneration, GCCollectionMode.Forced, blocking: true);
        var total = 0L;
        foreach (var generation in GC.GetGCMemoryInfo(GCKind.FullBlocking).GenerationInfo[..(GC.MaxGeneration + 1)])
        {
            total += generation.SizeAfterBytes - generation.FragmentationAfterBytes;
        }

        return total;
    }

    private static async Task SendAsync(
        TestEmulator emulator,
        HostileRequests requests,
        int first,
        int end,
        ConcurrentQueue<string> problems
    ) =>
        await System.Threading.Tasks.Parallel.ForAsync(
            first,
            end,
            new ParallelOptions { MaxDegreeOfParallelism = Parallel, CancellationToken = TestEmulator.Token },
            async (number, cancellationToken) =>
            {
                var request = requests.Create(number);
                try
                {
                    var received = await HostileClient.SendAsync(emulator.Port, request, cancellationToken);
                    if (FindProblem(request, received) is { } problem)
                    {
                        problems.Enqueue(Describe(number, request, problem));
                    }
                }
                catch (TimeoutException)
                {
                    problems.Enqueue(
                        Describe(number, request, "the server neither answered nor closed the connection")
                    );
                }
            }
        );

    private static string? FindProblem(HostileRequest request, string received)
    {
        var statuses = HostileClient.GetStatuses(received);
        return received.Contains("Unexpected error", StringComparison.Ordinal) ? received
            : statuses.Any(status => status >= 500 && !IsFunction(status) && !IsVersion(status)) ? received
            : request.Ending == Ending.Read && statuses.Count == 0 ? "no response"
            : null;
    }

    /// <summary>The emulator runs no Functions.</summary>
    private static bool IsFunction(int status) => status == 501;

    /// <summary>The server does not support the version of HTTP in the request.</summary>
    private static bool IsVersion(int status) => status == 505;

    private static string Describe(int number, HostileRequest request, string problem)
    {
        var text = string.Concat(
            request.Bytes.Take(1_000).Select(b => b is >= 32 and < 127 or 10 ? $"{(char)b}" : $"\\x{b:x2}")
        );
        return string.Create(
            CultureInfo.InvariantCulture,
            $"seed {Seed}, request {number} ({request.Kind}, {request.Ending}): {problem}\n{text}\n"
        );
    }

    private static async Task<HostileTargets> DeployAsync(TestEmulator emulator)
    {
        var api = emulator.Api;
        var service = (await api.CreateServiceAsync()).Sid();
        var asset = await api.CreateAssetAsync(service, "/target.txt");
        var version = (await api.UploadAsync(service, asset, "/target.txt", "public", "target"u8.ToArray()))
            .Created()
            .Sid();
        var function = await api.CreateAssetAsync(service, "/target", "Functions");
        var functionVersion = (
            await api.UploadAsync(service, function, "/function", "public", "code"u8.ToArray(), collection: "Functions")
        )
            .Created()
            .Sid();
        string[] assets =
        [
            version,
            await api.AddAsync(service, "/a.txt", new string('a', 5_000)),
            await api.AddAsync(service, "/private.txt", "private", "private"),
            await api.AddAsync(service, "/signed.txt", "protected", "protected"),
        ];
        var build = (
            await api.PostAsync(
                $"/v1/Services/{service}/Builds",
                [.. assets.Select(sid => ("AssetVersions", sid)), ("FunctionVersions", functionVersion)]
            )
        )
            .Created()
            .Sid();
        var environment = await api.CreateEnvironmentAsync(service);
        (await api.DeployAsync(service, environment.Sid(), build)).Created();
        return new HostileTargets(
            service,
            asset,
            version,
            function,
            build,
            environment.Sid(),
            environment.Text("domain_name")!
        );
    }

    [GeneratedRegex(@"\Aouter/data/(emulator\.(db|lock|port)|content/(?<start>[0-9a-f]{2})/\k<start>[0-9a-f]{62})\z")]
    private static partial Regex OwnFile();
}
