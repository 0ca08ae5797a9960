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
}
