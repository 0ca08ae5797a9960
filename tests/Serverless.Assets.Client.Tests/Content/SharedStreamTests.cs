namespace Serverless.Assets.Client.Tests.Content;

/// <summary>
/// The service can respond before it has received a request. The client then sends the next attempt while the last one
/// may still be reading the stream of the caller.
/// </summary>
public sealed class SharedStreamTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_attempt_gets_the_whole_content_although_another_one_is_still_reading()
    {
        var bytes = new byte[500_000];
        new Random(1).NextBytes(bytes);
        var blocked = new TaskCompletionSource();
        var reached = new TaskCompletionSource();
        using var stream = new TestStream(bytes);
        stream.OnRead = async (position, _) =>
        {
            if (position > bytes.Length / 2 && reached.TrySetResult())
            {
                await blocked.Task;
            }
        };
        var content = AssetContent.FromStream(stream);
        using var first = new MemoryStream();
        using var second = new MemoryStream();

        var firstAttempt = content.WriteToAsync(first, Cancellation);
        await reached.Task.WithinAsync("the first attempt");
        var secondAttempt = content.WriteToAsync(second, Cancellation);
        blocked.SetResult();
        await Task.WhenAll(firstAttempt, secondAttempt).WithinAsync("both attempts");

        Assert.Equal(bytes, second.ToArray());
        Assert.Equal(bytes, first.ToArray());
    }

    [Fact]
    public async Task A_response_before_the_end_of_the_request_does_not_damage_the_next_attempt()
    {
        var bytes = new byte[500_000];
        new Random(2).NextBytes(bytes);
        using var stream = new TestStream(bytes);
        using var handler = new EarlyHandler(stream, blockedAt: bytes.Length / 2);
        using var client = new ServerlessClient(TestSettings.CreateClientOptions(handler, new SkippingClock()));

        await client
            .AssetVersions.CreateAsync(
                TestSettings.ServiceSid,
                TestSid.From("ZH1"),
                "/a.txt",
                Visibility.Public,
                AssetContent.FromStream(stream),
                Cancellation
            )
            .WithinAsync("the upload");

        Assert.Equal(2, handler.Bodies.Count);
        Assert.All(handler.Bodies, body => Assert.True(body.AsSpan().IndexOf(bytes) > 0));
    }

    [Fact]
    public async Task An_attempt_can_be_canceled_while_another_one_is_reading()
    {
        var blocked = new TaskCompletionSource();
        using var stream = new TestStream(new byte[100]) { OnRead = (_, _) => blocked.Task };
        var content = AssetContent.FromStream(stream);
        var first = content.WriteToAsync(Stream.Null, Cancellation);
        using var caller = new CancellationTokenSource();
        var second = content.WriteToAsync(Stream.Null, caller.Token);

        await caller.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => second);
        blocked.SetResult();
        await first.WithinAsync("the first attempt");
    }

    /// <summary>
    /// Responds 429 to the first request while it is still being sent. It is sent to its end once the second one has begun.
    /// </summary>
    private sealed class EarlyHandler : HttpMessageHandler
    {
        private readonly TaskCompletionSource _reached = new();
        private readonly TaskCompletionSource _continue = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private Task<byte[]>? _first;

        public EarlyHandler(TestStream stream, long blockedAt) =>
            stream.OnRead = (position, _) =>
                position > blockedAt && _reached.TrySetResult() ? _continue.Task : Task.CompletedTask;

        /// <summary>What was sent of each request.</summary>
        public List<byte[]> Bodies { get; } = [];

        protected override async Task<HttpResponseMessage> SendAsync(
            HttpRequestMessage request,
            CancellationToken cancellationToken
        )
        {
            if (_first is null)
            {
                _first = ReadAsync(request.Content!);
                await _reached.Task.WithinAsync("the first half of the content");
                return StubHandler.Json("{}", System.Net.HttpStatusCode.TooManyRequests);
            }

            var second = ReadAsync(request.Content!);
            _continue.SetResult();
            Bodies.AddRange(await Task.WhenAll(_first, second));
            return StubHandler.Json(Http.SampleRequests.VersionJson);
        }

        private static async Task<byte[]> ReadAsync(HttpContent content)
        {
            using var body = new MemoryStream();
            await content.CopyToAsync(body, Cancellation);
            return body.ToArray();
        }
    }
}
