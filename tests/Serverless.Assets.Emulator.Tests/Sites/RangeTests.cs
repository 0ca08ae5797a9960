namespace Serverless.Assets.Emulator.Tests.Sites;

public sealed class RangeTests
{
    private static readonly byte[] Audio = [.. Enumerable.Range(0, 200).Select(i => (byte)i)];

    [Theory]
    [InlineData("bytes=0-9", 0, 10)]
    [InlineData("bytes=190-", 190, 10)]
    [InlineData("bytes=-5", 195, 5)]
    [InlineData("bytes=150-999", 150, 50)]
    public async Task A_player_can_seek(string range, int start, int length)
    {
        await using var site = await StartAsync();

        var answer = await site.SendAsync(HttpMethod.Get, "/hold.mp3", ("Range", range));

        Assert.Equal(206, answer.Status);
        Assert.Equal($"bytes {start}-{start + length - 1}/200", answer.Headers["Content-Range"]);
        Assert.Equal($"{length}", answer.Headers["Content-Length"]);
        Assert.Equal("audio/mpeg", answer.Headers["Content-Type"]);
        Assert.Equal(Audio[start..(start + length)], answer.Body);
    }

    [Fact]
    public async Task A_response_tells_that_ranges_are_supported()
    {
        await using var site = await StartAsync();

        var answer = await site.GetAsync("/hold.mp3");

        Assert.Equal((200, "bytes"), (answer.Status, answer.Headers["Accept-Ranges"]));
        Assert.Equal(Audio, answer.Body);
    }

    [Fact]
    public async Task A_range_after_the_end_is_not_satisfiable()
    {
        await using var site = await StartAsync();

        var answer = await site.SendAsync(HttpMethod.Get, "/hold.mp3", ("Range", "bytes=200-"));

        Assert.Equal((416, "bytes */200"), (answer.Status, answer.Headers["Content-Range"]));
        Assert.Empty(answer.Body);
    }

    [Theory]
    [InlineData("bytes=0-1,5-6")]
    [InlineData("lines=1-2")]
    [InlineData("bytes=9-3")]
    public async Task Other_ranges_get_all_content(string range)
    {
        await using var site = await StartAsync();

        var answer = await site.SendAsync(HttpMethod.Get, "/hold.mp3", ("Range", range));

        Assert.Equal(200, answer.Status);
        Assert.Equal(Audio, answer.Body);
    }

    [Theory]
    [InlineData(true, 206)]
    [InlineData(false, 200)]
    public async Task A_range_of_content_that_has_changed_gets_all_content(bool isCurrent, int status)
    {
        await using var site = await StartAsync();
        var tag = isCurrent ? (await site.GetAsync("/hold.mp3")).Headers["ETag"] : "\"old\"";

        var answer = await site.SendAsync(HttpMethod.Get, "/hold.mp3", ("Range", "bytes=0-9"), ("If-Range", tag));

        Assert.Equal(status, answer.Status);
    }

    [Fact]
    public async Task Without_range_support_the_header_is_ignored()
    {
        await using var site = await StartAsync(new EmulatorBehavior { ServesRanges = false });

        var answer = await site.SendAsync(HttpMethod.Get, "/hold.mp3", ("Range", "bytes=0-9"));

        Assert.Equal(200, answer.Status);
        Assert.Equal(Audio, answer.Body);
        Assert.DoesNotContain("Accept-Ranges", answer.Headers.Keys);
    }

    private static async Task<DeployedSite> StartAsync(EmulatorBehavior? behavior = null)
    {
        var site = await DeployedSite.StartAsync(configure: options =>
            options with
            {
                Behavior = behavior ?? new EmulatorBehavior(),
            }
        );
        await site.DeployAsync("/hold.mp3", Audio, "audio/mpeg");
        return site;
    }
}
