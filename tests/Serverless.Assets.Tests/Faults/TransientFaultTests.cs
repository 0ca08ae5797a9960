using System.Net.Sockets;
using System.Text;
using System.Text.Json.Nodes;
using Serverless.Assets.Client;
using Serverless.Assets.Emulator;
using Serverless.Assets.Upload;

namespace Serverless.Assets.Tests.Faults;

/// <summary>What passes by itself must not fail a run, lose a file or make two Assets of one name.</summary>
public sealed class TransientFaultTests
{
    private const int Files = 30;

    public static TheoryData<string, int> Faults()
    {
        var data = new TheoryData<string, int>();
        foreach (var fault in (string[])["500", "502", "503", "reset", "resetAfterWork", "truncated", "brokenJson"])
        {
            for (var seed = 1; seed <= 3; seed++)
            {
                data.Add(fault, seed);
            }
        }

        return data;
    }

    [Theory]
    [MemberData(nameof(Faults))]
    public async Task One_kind_of_fault_in_a_quarter_of_all_requests_is_survived(string fault, int seed)
    {
        await using var service = await StartAsync();
        service.Emulator.Faults = WithRate(fault, 0.25) with { Seed = seed };

        var result = await service.UploadAsync();

        Assert.All(result.Assets, asset => Assert.Equal(AssetStatus.Uploaded, asset.Status));
        Assert.InRange((await service.Emulator.CountFaultsAsync()).GetValueOrDefault(fault), 5, int.MaxValue);
        await service.AssertCompleteAsync(Files);
    }

    /// <summary>A proxy can respond to an upload or to the creation of an Asset with the SID of another.</summary>
    [Theory]
    [InlineData("/Versions")]
    [InlineData("/Assets")]
    public async Task A_SID_that_the_run_has_got_before_is_not_believed(string pathEnd)
    {
        await using var service = await StartAsync();
        service.HttpHandler = () => new RepeatedSidHandler(pathEnd);

        await service.UploadAsync();

        await service.AssertCompleteAsync(Files);
    }

    [Fact]
    public async Task The_version_of_an_earlier_run_is_not_believed()
    {
        await using var service = await StartAsync();
        var handler = new RepeatedSidHandler("/Versions");
        service.HttpHandler = () => new SharedHandler(handler);
        await service.UploadAsync();
        service.WriteFile(0, "changed");
        handler.RepeatNext();

        await service.UploadAsync();

        await service.AssertCompleteAsync(Files);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    public async Task All_kinds_of_faults_at_once_are_survived(int seed)
    {
        await using var service = await StartAsync();
        service.Emulator.Faults = new EmulatorFaults
        {
            Seed = seed,
            Rate500 = 0.05,
            Rate503Html = 0.03,
            Rate502Html = 0.02,
            RateReset = 0.03,
            RateResetAfterWork = 0.03,
            RateTruncated = 0.03,
            RateBrokenJson = 0.03,
            AllowedConcurrency = 4,
        };

        await service.UploadAsync();

        await service.AssertCompleteAsync(Files);
    }

    [Theory]
    [InlineData(null, false)]
    [InlineData(1, false)]
    [InlineData(null, true)]
    [InlineData(1, true)]
    public async Task A_storm_of_429_is_survived_and_each_file_is_processed_once(int? retryAfter, bool hasHeader)
    {
        await using var service = await StartAsync();
        service.Emulator.Faults = new EmulatorFaults
        {
            AllowedConcurrency = 1,
            LatencyMs = 5,
            RetryAfterSeconds = retryAfter,
            ConcurrencyHeader = hasHeader,
        };

        await service.UploadAsync();

        var requests = await service.Emulator.CountRequestsAsync();
        var throttled = (await service.Emulator.CountFaultsAsync())["429"];
        Assert.Equal(
            2 * Files,
            requests["Asset.Create"]
                + requests["AssetVersion.Create"]
                + requests["Service.Fetch"]
                + requests["Service.Create"]
                + requests["Asset.List"]
                - throttled
                - 3
        );
        await service.AssertCompleteAsync(Files);
    }

    [Fact]
    public async Task A_refused_connection_is_tried_again()
    {
        await using var service = await StartAsync();
        using var handler = InterceptingHandler.Fail(number => number % 3 == 1 ? Refused() : null);
        service.HttpHandler = () => handler;

        await service.UploadAsync();

        await service.AssertCompleteAsync(Files);
    }

    [Fact]
    public async Task A_request_without_a_response_times_out_and_is_retried()
    {
        await using var service = await StartAsync();
        service.Emulator.Faults = new EmulatorFaults { HangNthRequest = 20 };
        using var handler = new InterceptingHandler();
        service.HttpHandler = () => handler;

        var upload = service.UploadAsync();
        await service.Emulator.WaitForHangAsync();
        await handler.WaitForInFlightAsync(1); // all the others have their responses
        service.Advance(EngineWorkbench.RequestTimeout);
        await upload;

        Assert.Equal(1, (await service.Emulator.CountFaultsAsync())["hang"]);
        await service.AssertCompleteAsync(Files);
    }

    [Fact]
    public async Task A_list_page_that_fails_once_is_requested_again()
    {
        await using var service = await StartAsync();
        service.Emulator.Faults = new EmulatorFaults { FailListPageOnce = 1 };

        await service.UploadAsync();

        Assert.Equal(2, (await service.Emulator.CountRequestsAsync())["Asset.List"]); // at the end: a new Service has none to list before
        await service.AssertCompleteAsync(Files);
    }

    private static async Task<EngineWorkbench> StartAsync()
    {
        var service = await EngineWorkbench.StartAsync();
        service.SkipWaits();
        service.WriteFiles(Files);
        return service;
    }

    private static EmulatorFaults WithRate(string fault, double rate) =>
        fault switch
        {
            "500" => new EmulatorFaults { Rate500 = rate },
            "502" => new EmulatorFaults { Rate502Html = rate },
            "503" => new EmulatorFaults { Rate503Html = rate },
            "reset" => new EmulatorFaults { RateReset = rate },
            "resetAfterWork" => new EmulatorFaults { RateResetAfterWork = rate },
            "truncated" => new EmulatorFaults { RateTruncated = rate },
            "brokenJson" => new EmulatorFaults { RateBrokenJson = rate },
            _ => throw new ArgumentOutOfRangeException(nameof(fault)),
        };

    private static HttpRequestException Refused() =>
        new(
            HttpRequestError.ConnectionError,
            "Connection refused",
            new SocketException((int)SocketError.ConnectionRefused)
        );

    /// <summary>Changes the SID in the second and the fifth response of a kind to that in the first.</summary>
    private sealed class RepeatedSidHandler(string pathEnd) : DelegatingHandler(ApiConnection.CreateHandler())
    {
        /// <summary>By this response, the client has long processed the first one, and knows its SID.</summary>
        private const int Repeated = 20;

        private int _number;
        private string? _first;

        public void RepeatNext() => _number = Repeated - 1;

        protected override async Task<HttpResponseMessage> SendAsync(
            HttpRequestMessage request,
            CancellationToken cancellationToken
        )
        {
            var response = await base.SendAsync(request, cancellationToken);
            if (
                request.Method == HttpMethod.Post
                && request.RequestUri!.AbsolutePath.EndsWith(pathEnd, StringComparison.Ordinal)
            )
            {
                var json = JsonNode.Parse(await response.Content.ReadAsStringAsync(cancellationToken))!;
                _first ??= json["sid"]!.GetValue<string>();
                if (Interlocked.Increment(ref _number) is Repeated or Repeated + 3)
                {
                    json["sid"] = _first;
                }

                response.Content = new StringContent(json.ToJsonString(), Encoding.UTF8, "application/json");
            }

            return response;
        }
    }

    /// <summary>Lets several clients, which dispose their handlers, use one.</summary>
    private sealed class SharedHandler(HttpMessageHandler shared) : HttpMessageHandler
    {
        private readonly HttpMessageInvoker _shared = new(shared, disposeHandler: false);

        protected override Task<HttpResponseMessage> SendAsync(
            HttpRequestMessage request,
            CancellationToken cancellationToken
        ) => _shared.SendAsync(request, cancellationToken);
    }
}
