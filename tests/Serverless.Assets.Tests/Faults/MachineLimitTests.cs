using Serverless.Assets.Client;
using Serverless.Assets.Discovery;
using Serverless.Assets.Emulator;
using Serverless.Assets.State;
using Serverless.Assets.Upload;

namespace Serverless.Assets.Tests.Faults;

/// <summary>The runs of an account on one machine share its limit on requests.</summary>
public sealed class MachineLimitTests
{
    private const int Files = 40;
    private const string OtherAccount = "AC99999999999999999999999999999999";

    [Theory]
    [InlineData(6, 3)]
    [InlineData(100, 4)] // until the other run has made room
    public async Task A_run_uses_its_part(int total, int most)
    {
        Assert.Equal(most, await CountConcurrentRequestsAsync(ApiClient.Account, total));
    }

    [Fact]
    public async Task Until_the_limit_is_known_it_looks_for_it()
    {
        var most = await CountConcurrentRequestsAsync(ApiClient.Account, total: null);

        Assert.InRange(most, AdaptiveConcurrency.Start, Files);
    }

    [Fact]
    public async Task Runs_of_another_account_do_not_matter()
    {
        Assert.InRange(await CountConcurrentRequestsAsync(OtherAccount, total: 6), AdaptiveConcurrency.Start, Files);
    }

    /// <summary>Runs while another one sends requests too. No time passes, so the runs know each other all the time.</summary>
    private static async Task<int> CountConcurrentRequestsAsync(string account, int? total)
    {
        using var machine = new TempFolder();
        await using var bench = await EngineWorkbench.StartAsync();
        bench.LockDirectory = machine.Path;
        bench.WriteFiles(Files);
        bench.Emulator.Faults = new EmulatorFaults { LatencyMs = 20 };
        using var counter = new RequestCounter(new SocketsHttpHandler());
        var context = bench.CreateContext(bench.Logger) with { Clock = new ManualClock(), HttpHandler = () => counter };
        var others = LocalRuns.Open(ConcurrencyKey.From(account, new Uri(bench.Emulator.Url)), context)!;
        await others.ExchangeAsync(new RunUsage("0", 8, IsBusy: true));
        if (total is { } known)
        {
            await others.PublishAsync(known);
        }

        var assets = new AssetCollector(context).Collect(new CollectRequest { Settings = bench.Settings });
        await new UploadPipeline(context)
            .UploadAsync(
                assets,
                bench.Settings,
                new UploadProgress(assets.Count),
                TestContext.Current.CancellationToken
            )
            .WithinAsync("the upload");

        await bench.AssertCompleteAsync(Files);
        Assert.Equal(
            ["0"],
            (await others.ExchangeAsync(new RunUsage("1", 1, IsBusy: true)))!.Runs.Select(run => run.Id)
        );
        return counter.Most;
    }

    private sealed class RequestCounter(HttpMessageHandler inner) : DelegatingHandler(inner)
    {
        private readonly Lock _lock = new();
        private int _now;

        /// <summary>The most requests at a time.</summary>
        public int Most { get; private set; }

        protected override async Task<HttpResponseMessage> SendAsync(
            HttpRequestMessage request,
            CancellationToken cancellationToken
        )
        {
            Count(1);
            try
            {
                return await base.SendAsync(request, cancellationToken);
            }
            finally
            {
                Count(-1);
            }
        }

        private void Count(int change)
        {
            lock (_lock)
            {
                _now += change;
                Most = Math.Max(Most, _now);
            }
        }
    }
}
