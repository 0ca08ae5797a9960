using System.Globalization;
using System.Net;
using System.Text;
using Microsoft.Extensions.Time.Testing;

namespace Serverless.Assets.Client.Tests.Http;

public sealed class RetryTests : ClientTest
{
    private const string Once = "once";
    private const string EightTimes = "8 times";

    [Theory]
    [InlineData("refused", nameof(ApiFailure.Unreachable), EightTimes, EightTimes)]
    [InlineData("proxy", nameof(ApiFailure.Unreachable), EightTimes, EightTimes)]
    [InlineData("name-later", nameof(ApiFailure.Unreachable), EightTimes, EightTimes)]
    [InlineData("name", nameof(ApiFailure.UnknownHost), Once, Once)]
    [InlineData("tls", nameof(ApiFailure.Insecure), Once, Once)]
    [InlineData("tls-by-kind", nameof(ApiFailure.Insecure), Once, Once)]
    [InlineData("cut", nameof(ApiFailure.Ambiguous), EightTimes, Once)]
    [InlineData("socket", nameof(ApiFailure.Ambiguous), EightTimes, Once)]
    [InlineData("cut-body", nameof(ApiFailure.Ambiguous), EightTimes, Once)]
    [InlineData("gzip", nameof(ApiFailure.Ambiguous), EightTimes, Once)]
    [InlineData("json", nameof(ApiFailure.Ambiguous), EightTimes, Once)]
    [InlineData("null", nameof(ApiFailure.Ambiguous), EightTimes, Once)]
    [InlineData("html", nameof(ApiFailure.Ambiguous), EightTimes, Once)]
    [InlineData("408", nameof(ApiFailure.Ambiguous), EightTimes, Once)]
    [InlineData("500", nameof(ApiFailure.Ambiguous), EightTimes, Once)]
    [InlineData("502", nameof(ApiFailure.Ambiguous), EightTimes, Once)]
    [InlineData("503", nameof(ApiFailure.Ambiguous), EightTimes, Once)]
    [InlineData("504", nameof(ApiFailure.Ambiguous), EightTimes, Once)]
    [InlineData("302", nameof(ApiFailure.Refused), Once, Once)]
    [InlineData("304", nameof(ApiFailure.Refused), Once, Once)]
    [InlineData("400", nameof(ApiFailure.Refused), Once, Once)]
    [InlineData("401", nameof(ApiFailure.Refused), Once, Once)]
    [InlineData("403", nameof(ApiFailure.Refused), Once, Once)]
    [InlineData("409", nameof(ApiFailure.Refused), Once, Once)]
    [InlineData("413", nameof(ApiFailure.Refused), Once, Once)]
    public async Task Retries_depend_on_the_failure_and_on_whether_the_request_is_idempotent(
        string failure,
        string kind,
        string repeatable,
        string creation
    )
    {
        await AssertAttemptsAsync(
            api => api.Builds.FetchStatusAsync(Service, TestSid.From("ZB1"), Cancellation),
            repeatable
        );
        await AssertAttemptsAsync(
            api =>
                api.AssetVersions.CreateAsync(
                    Service,
                    TestSid.From("ZH1"),
                    "/a",
                    Visibility.Public,
                    AssetContent.FromBytes(Encoding.UTF8.GetBytes("x")),
                    Cancellation
                ),
            repeatable
        );
        await AssertAttemptsAsync(
            api => api.Assets.DeleteAsync(Service, TestSid.From("ZH1"), Cancellation),
            repeatable
        );
        await AssertAttemptsAsync(api => api.Assets.CreateAsync(Service, "/a", Cancellation), creation);
        await AssertAttemptsAsync(api => api.Services.CreateAsync("name", Cancellation), creation);

        async Task AssertAttemptsAsync(Func<ServerlessClient, Task> send, string attempts)
        {
            var handler = new StubHandler(_ => Fail(failure));
            var thrown = await Assert.ThrowsAsync<ServerlessApiException>(() => send(CreateClient(handler)));
            Assert.Equal(Enum.Parse<ApiFailure>(kind), thrown.Failure);
            Assert.Equal(attempts == Once ? 1 : 8, handler.Requests.Count);
        }
    }

    /// <summary>The first attempt deleted it, and its response was lost.</summary>
    [Theory]
    [InlineData("Asset")]
    [InlineData("Environment")]
    public async Task A_deletion_whose_response_was_lost_succeeds(string resource)
    {
        var answers = new Queue<string>(["cut", "404"]);
        var handler = new StubHandler(_ => Fail(answers.Dequeue()));
        var client = CreateClient(handler);

        await (
            resource == "Asset"
                ? client.Assets.DeleteAsync(Service, TestSid.From("ZH1"), Cancellation)
                : client.Environments.DeleteAsync(Service, TestSid.From("ZE1"), Cancellation)
        );

        Assert.Equal(2, handler.Requests.Count);
    }

    [Fact]
    public async Task A_429_is_repeated_for_as_long_as_it_takes()
    {
        var reads = Failing("429", 30, """{ "sid": "ZB00000000000000000000000000000001", "status": "completed" }""");
        Assert.Equal(
            BuildStatus.Completed,
            (await CreateClient(reads).Builds.FetchStatusAsync(Service, TestSid.From("ZB1"), Cancellation)).Status
        );
        Assert.Equal(31, reads.Requests.Count);

        var creations = Failing("429", 30, AssetJson);
        Assert.Equal(
            "ZH00000000000000000000000000000001",
            (await CreateClient(creations).Assets.CreateAsync(Service, "/a.txt", Cancellation)).Sid
        );
        Assert.Equal(31, creations.Requests.Count);
        Assert.Single(creations.Requests.Select(request => request.Body).Distinct());
    }

    [Fact]
    public async Task A_429_does_not_count_among_the_eight_attempts()
    {
        var answers = new Queue<string>([.. Enumerable.Repeat("503", 7), "429", .. Enumerable.Repeat("503", 7)]);
        var handler = new StubHandler(_ =>
            answers.TryDequeue(out var failure)
                ? Fail(failure)
                : StubHandler.Json("""{ "sid": "ZB00000000000000000000000000000001", "status": "failed" }""")
        );
        Assert.Equal(
            BuildStatus.Failed,
            (await CreateClient(handler).Builds.FetchStatusAsync(Service, TestSid.From("ZB1"), Cancellation)).Status
        );
        Assert.Equal(16, handler.Requests.Count);
    }

    [Fact]
    public async Task Success_after_failures_is_success()
    {
        var status = Failing("cut", 7, """{ "sid": "ZB00000000000000000000000000000001", "status": "building" }""");
        Assert.Equal(
            BuildStatus.Building,
            (await CreateClient(status).Builds.FetchStatusAsync(Service, TestSid.From("ZB1"), Cancellation)).Status
        );
        Assert.Equal(8, status.Requests.Count);

        var creation = Failing("refused", 7, AssetJson);
        Assert.Equal(
            "ZH00000000000000000000000000000001",
            (await CreateClient(creation).Assets.CreateAsync(Service, "/a.txt", Cancellation)).Sid
        );
        Assert.Equal(8, creation.Requests.Count);
    }

    [Fact]
    public async Task The_waits_are_short_and_never_longer_than_ten_seconds()
    {
        await CreateClient(
            Failing("429", 40, """{ "sid": "ZB00000000000000000000000000000001", "status": "building" }""")
        )
            .Builds.FetchStatusAsync(Service, TestSid.From("ZB1"), Cancellation);
        Assert.Equal(40, Clock.Waits.Count);
        Assert.All(Clock.Waits, wait => Assert.InRange(wait, TimeSpan.Zero, TimeSpan.FromSeconds(10)));
        Assert.True(Clock.Waits.Take(3).Max() < TimeSpan.FromSeconds(5), "the first ones are short");
    }

    [Theory]
    [InlineData(HttpStatusCode.TooManyRequests, "7", 7)]
    [InlineData(HttpStatusCode.ServiceUnavailable, "7", 7)]
    [InlineData(HttpStatusCode.TooManyRequests, "90", 90)]
    [InlineData(HttpStatusCode.TooManyRequests, "86400", 300)]
    [InlineData(HttpStatusCode.TooManyRequests, "date+45", 45)]
    [InlineData(HttpStatusCode.TooManyRequests, "date+3600", 300)]
    [InlineData(HttpStatusCode.TooManyRequests, "2147483647", 300)]
    [InlineData(HttpStatusCode.RequestTimeout, "7", 7)]
    [InlineData(HttpStatusCode.GatewayTimeout, "date+45", 45)]
    public async Task Retry_After_is_honoured_up_to_five_minutes(HttpStatusCode status, string retryAfter, int seconds)
    {
        var isFirst = true;
        var handler = new StubHandler(_ =>
        {
            var answer = isFirst
                ? StubHandler.Json("{}", status)
                : StubHandler.Json("""{ "sid": "ZB00000000000000000000000000000001", "status": "building" }""");
            answer.Headers.TryAddWithoutValidation(
                "Retry-After",
                retryAfter.StartsWith("date+", StringComparison.Ordinal)
                    ? (
                        Clock.GetUtcNow()
                        + TimeSpan.FromSeconds(int.Parse(retryAfter[5..], CultureInfo.InvariantCulture))
                    ).ToString("R", CultureInfo.InvariantCulture)
                    : retryAfter
            );
            isFirst = false;
            return answer;
        });
        await CreateClient(handler).Builds.FetchStatusAsync(Service, TestSid.From("ZB1"), Cancellation);
        Assert.Equal([TimeSpan.FromSeconds(seconds)], Clock.Waits);
        Assert.Equal(2, handler.Requests.Count);
    }

    [Theory]
    [InlineData("-5")]
    [InlineData("soon")]
    [InlineData("Thu, 01 Jan 1970 00:00:00 GMT")]
    [InlineData("Mon, 01 Jan 0001 00:00:00 GMT")]
    [InlineData("99999999999999999999")]
    [InlineData("2.5")]
    [InlineData("10, 20")]
    [InlineData("")]
    public async Task A_Retry_After_without_a_usable_value_keeps_the_default_delay(string retryAfter)
    {
        var isFirst = true;
        var handler = new StubHandler(_ =>
        {
            var answer = StubHandler.Json(
                """{ "sid": "ZB00000000000000000000000000000001", "status": "building" }""",
                isFirst ? HttpStatusCode.TooManyRequests : HttpStatusCode.OK
            );
            answer.Headers.TryAddWithoutValidation("Retry-After", retryAfter);
            isFirst = false;
            return answer;
        });
        await CreateClient(handler).Builds.FetchStatusAsync(Service, TestSid.From("ZB1"), Cancellation);
        Assert.InRange(Assert.Single(Clock.Waits), TimeSpan.FromTicks(1), TimeSpan.FromSeconds(2));
    }

    /// <summary>Five uploads that were told to retry at once sent 31,121 requests in ten seconds.</summary>
    [Theory]
    [InlineData("0")]
    [InlineData("now")]
    public async Task A_requested_delay_that_is_shorter_than_our_own_does_not_cause_a_busy_loop(string retryAfter)
    {
        var left = 30;
        var handler = new StubHandler(_ =>
        {
            var response = StubHandler.Json(
                """{ "sid": "ZB00000000000000000000000000000001", "status": "building" }""",
                --left >= 0 ? HttpStatusCode.TooManyRequests : HttpStatusCode.OK
            );
            response.Headers.TryAddWithoutValidation(
                "Retry-After",
                retryAfter == "now" ? Clock.GetUtcNow().ToString("R", CultureInfo.InvariantCulture) : retryAfter
            );
            return response;
        });

        await CreateClient(handler).Builds.FetchStatusAsync(Service, TestSid.From("ZB1"), Cancellation);

        Assert.Equal(30, Clock.Waits.Count);
        Assert.InRange(Clock.Waits[0], TimeSpan.FromMilliseconds(100), TimeSpan.FromMilliseconds(200));
        Assert.All(
            Clock.Waits.Skip(6),
            wait => Assert.InRange(wait, TimeSpan.FromSeconds(5), TimeSpan.FromSeconds(10))
        );
    }

    [Fact]
    public async Task A_request_without_progress_is_given_up()
    {
        var clock = new FakeTimeProvider();
        var arrived = new TaskCompletionSource();
        var handler = new StubHandler(
            async (_, token) =>
            {
                arrived.SetResult();
                await new TaskCompletionSource<HttpResponseMessage>().Task.WaitAsync(token);
                return null!;
            }
        );
        var creation = CreateClient(handler, clock).Assets.CreateAsync(Service, "/a", Cancellation);
        await arrived.Task;
        clock.Advance(TestSettings.RequestTimeout - TimeSpan.FromSeconds(1));
        Assert.False(creation.IsCompleted);
        clock.Advance(TimeSpan.FromSeconds(1));
        var failure = await Assert.ThrowsAsync<ServerlessApiException>(() => creation);
        Assert.Equal(
            (ApiFailure.Ambiguous, "no byte was sent or received for 3600 seconds", "no response"),
            (failure.Failure, failure.Reason, failure.Details)
        );
    }

    [Fact]
    public void Progress_restarts_the_timeout()
    {
        var clock = new FakeTimeProvider();
        using var idle = new IdleTimeout(TimeSpan.FromSeconds(60), clock, Cancellation);
        for (var i = 0; i < 3; i++)
        {
            clock.Advance(TimeSpan.FromSeconds(59));
            idle.OnProgress();
        }

        clock.Advance(TimeSpan.FromSeconds(59));
        Assert.False(idle.HasExpired || idle.Token.IsCancellationRequested);
        clock.Advance(TimeSpan.FromSeconds(1));
        Assert.True(idle.HasExpired && idle.Token.IsCancellationRequested);
    }

    [Fact]
    public async Task Cancellation_by_the_caller_is_not_a_request_failure()
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
        var handler = CancelWhileSending(stop);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() =>
            CreateClient(handler).Builds.FetchStatusAsync(Service, TestSid.From("ZB1"), stop.Token)
        );
        Assert.Single(handler.Requests);
    }

    [Fact]
    public async Task A_request_is_sent_again_before_others_that_wait()
    {
        var (hasFirstFailed, hasSecondArrived, hasSecondEnded) = (Source(), Source(), Source());
        var failures = 1;
        var handler = new StubHandler(
            async (request, _) =>
            {
                if (request.Line.Contains(TestSid.From("ZB2"), StringComparison.Ordinal))
                {
                    hasSecondArrived.SetResult();
                    await hasSecondEnded.Task;
                }
                else if (failures-- > 0)
                {
                    await hasFirstFailed.Task;
                    return Fail("503");
                }

                return StubHandler.Json($$"""{ "sid": "{{request.Line.Split('/')[^2]}}", "status": "building" }""");
            }
        );
        var options = TestSettings.CreateClientOptions(handler, Clock);
        options.MaxConcurrency = 1;
        var client = Track(new ServerlessClient(options));
        var all = Task.WhenAll(
            new[] { "ZB1", "ZB2", "ZB3" }.Select(build =>
                client.Builds.FetchStatusAsync(Service, TestSid.From(build), Cancellation)
            )
        );

        await TwoWaitAsync();
        hasFirstFailed.SetResult();
        await hasSecondArrived.Task.WithinAsync("the second request");
        await TwoWaitAsync();
        hasSecondEnded.SetResult();
        await all.WithinAsync("all responses");

        string[] order = ["ZB1", "ZB2", "ZB1", "ZB3"];
        Assert.Equal(
            order.Select(build => $"GET /v1/Services/{Service}/Builds/{TestSid.From(build)}/Status"),
            handler.Lines
        );

        static TaskCompletionSource Source() => new(TaskCreationOptions.RunContinuationsAsynchronously);

        Task TwoWaitAsync() =>
            Task.Run(async () =>
                {
                    while (client.Gate.Waiting != 2)
                    {
                        await Task.Yield();
                    }
                })
                .WithinAsync("two requests that wait");
    }
}
