namespace Serverless.Assets.Emulator.Tests.Sites;

public sealed class ConditionalRequestTests
{
    private const string Tag = "\"2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824\""; // of hello

    [Theory]
    [InlineData(Tag, 304)]
    [InlineData("W/" + Tag, 304)]
    [InlineData("*", 304)]
    [InlineData("\"other\", W/\"another\", " + Tag, 304)]
    [InlineData("\"other\"", 200)]
    [InlineData("not a tag", 200)]
    public async Task Unchanged_content_is_not_sent_again(string tags, int status)
    {
        await using var site = await DeployedSite.StartAsync();
        await site.DeployAsync(("/a.txt", "hello", "public"));

        var answer = await site.SendAsync(HttpMethod.Get, "/a.txt", ("If-None-Match", tags));

        Assert.Equal(status, answer.Status);
        Assert.Equal(Tag, answer.Headers["ETag"]);
        Assert.Equal(status == 304 ? "" : "hello", answer.Text);
    }

    [Fact]
    public async Task Changed_content_is_sent()
    {
        await using var site = await DeployedSite.StartAsync();
        await site.DeployAsync(("/a.txt", "hello", "public"));
        await site.DeployAsync(("/a.txt", "changed", "public"));

        var answer = await site.SendAsync(HttpMethod.Get, "/a.txt", ("If-None-Match", Tag));

        Assert.Equal((200, "changed"), (answer.Status, answer.Text));
    }

    [Fact]
    public async Task A_POST_ignores_the_condition()
    {
        await using var site = await DeployedSite.StartAsync();
        await site.DeployAsync(("/a.txt", "hello", "public"));

        var answer = await site.SendAsync(HttpMethod.Post, "/a.txt", ("If-None-Match", Tag));

        Assert.Equal((200, "hello"), (answer.Status, answer.Text));
    }

    [Fact]
    public async Task An_unsigned_request_for_a_protected_file_cannot_find_out_whether_it_has_changed()
    {
        await using var site = await DeployedSite.StartAsync();
        await site.DeployAsync(("/a.txt", "hello", "protected"));

        var answer = await site.SendAsync(HttpMethod.Get, "/a.txt", ("If-None-Match", Tag));

        Assert.Equal(403, answer.Status);
        Assert.DoesNotContain("ETag", answer.Headers.Keys);
    }

    [Fact]
    public async Task Without_ETags_all_content_is_sent_again()
    {
        await using var site = await DeployedSite.StartAsync(configure: options =>
            options with
            {
                Behavior = new EmulatorBehavior { SendsETags = false },
            }
        );
        await site.DeployAsync(("/a.txt", "hello", "public"));

        var answer = await site.SendAsync(HttpMethod.Get, "/a.txt", ("If-None-Match", "*"));

        Assert.Equal((200, "hello"), (answer.Status, answer.Text));
        Assert.DoesNotContain("ETag", answer.Headers.Keys);
    }
}
