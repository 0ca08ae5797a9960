using System.Net;
using System.Net.Http.Headers;

namespace Serverless.Assets.Client.Tests.Operations;

/// <summary>How long a request is retried. Only delays move the clock.</summary>
public sealed class RetryTimeoutTests : ClientTest
{
    private static readonly TimeSpan RetryTimeout = TimeSpan.FromMinutes(2);

    [Fact]
    public async Task Endless_429s_end_with_the_last_one()
    {
        var start = Clock.GetUtcNow();
        var handler = new StubHandler(_ => Fail("429"));

        var failure = await Assert.ThrowsAsync<ServerlessApiException>(() =>
            CreateClient(handler, RetryTimeout).Assets.CreateAsync(Service, "/a.txt", Cancellation)
        );

        Assert.Equal((HttpStatusCode.TooManyRequests, false), (failure.Status, failure.WasProcessed));
        Assert.InRange(Clock.GetUtcNow() - start, RetryTimeout, RetryTimeout + TimeSpan.FromSeconds(10));
        Assert.True(handler.Requests.Count >= 12, "at least one in ten seconds");
    }

    [Theory]
    [InlineData("503")]
    [InlineData("refused")]
    public async Task Other_failures_end_too(string fault)
    {
        var handler = new StubHandler(_ => Fail(fault));

        await Assert.ThrowsAsync<ServerlessApiException>(() =>
            CreateClient(handler, TimeSpan.FromMilliseconds(1)).Assets.ListAllAsync(Service, Cancellation)
        );

        Assert.Equal(2, handler.Requests.Count); // the second one is after the delay, and the last
    }

    /// <summary>A call that waited would not end before the timeout, and could not succeed after it.</summary>
    [Theory]
    [InlineData("429")]
    [InlineData("503")]
    public async Task A_service_that_asks_to_wait_for_longer_is_not_waited_for(string fault)
    {
        var start = Clock.GetUtcNow();
        var handler = new StubHandler(_ =>
        {
            var response = Fail(fault);
            response.Headers.RetryAfter = new RetryConditionHeaderValue(RetryTimeout + TimeSpan.FromSeconds(1));
            return response;
        });

        await Assert.ThrowsAsync<ServerlessApiException>(() =>
            CreateClient(handler, RetryTimeout).Assets.ListAllAsync(Service, Cancellation)
        );

        Assert.Single(handler.Requests);
        Assert.Equal(start, Clock.GetUtcNow());
    }

    [Fact]
    public async Task FindOrCreate_ends_too()
    {
        var handler = new StubHandler(request =>
            request.Method == "POST"
                ? Fail("503")
                : StubHandler.Json("""{ "meta": { "key": "assets" }, "assets": [] }""")
        );

        await Assert.ThrowsAsync<ServerlessApiException>(() =>
            CreateClient(handler, TimeSpan.FromMilliseconds(1)).Assets.FindOrCreateAsync(Service, "/a", Cancellation)
        );

        Assert.Equal(2, handler.Requests.Count(request => request.Method == "POST"));
    }

    [Fact]
    public async Task An_infinite_timeout_ends_when_the_caller_cancels()
    {
        using var caller = new CancellationTokenSource();
        var number = 0;
        var handler = new StubHandler(
            async (_, _) =>
            {
                if (++number == 500)
                {
                    await caller.CancelAsync();
                }

                return Fail("429");
            }
        );

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() =>
            CreateClient(handler, Timeout.InfiniteTimeSpan).Assets.ListAllAsync(Service, caller.Token)
        );

        Assert.Equal(500, handler.Requests.Count);
    }

    [Fact]
    public async Task The_time_before_the_first_attempt_does_not_count()
    {
        var first = new TaskCompletionSource<HttpResponseMessage>();
        var arrived = new TaskCompletionSource();
        var number = 0;
        var handler = new StubHandler(
            async (_, token) =>
            {
                switch (Interlocked.Increment(ref number))
                {
                    case 1:
                        arrived.SetResult();
                        return await first.Task.WaitAsync(token);
                    case 2:
                        return Fail("429");
                    default:
                        return StubHandler.Json(AssetJson);
                }
            }
        );
        var client = CreateClient(handler, RetryTimeout, maxConcurrency: 1);
        var sent = client.Assets.CreateAsync(Service, "/a.txt", Cancellation);
        await arrived.Task.WithinAsync("the first request");
        var waiting = client.Assets.FetchAsync(Service, TestSid.From("ZH1"), Cancellation);

        Clock.Advance(2 * RetryTimeout);
        first.SetResult(Fail("400"));

        await Assert.ThrowsAsync<ServerlessApiException>(() => sent);
        Assert.Equal("/a.txt", (await waiting.WithinAsync("the second call")).FriendlyName);
        Assert.Equal(3, handler.Requests.Count);
    }

    private ServerlessClient CreateClient(StubHandler handler, TimeSpan retryTimeout, int? maxConcurrency = null)
    {
        var options = TestSettings.CreateClientOptions(handler, Clock);
        options.RetryTimeout = retryTimeout;
        options.MaxConcurrency = maxConcurrency;
        return Track(new ServerlessClient(options));
    }
}
