namespace Serverless.Assets.Emulator.Tests.Sites;

public sealed class SiteMethodTests
{
    private static readonly EmulatorBehavior WithHead = new() { AnswersHead = true };

    [Theory]
    [InlineData(false, "GET, POST, OPTIONS")]
    [InlineData(true, "GET, HEAD, POST, OPTIONS")]
    public async Task A_method_that_sites_do_not_support_is_refused(bool answersHead, string allowed)
    {
        await using var site = await StartAsync(new EmulatorBehavior { AnswersHead = answersHead });

        var answer = await site.SendAsync(HttpMethod.Delete, "/a.txt");

        Assert.Equal((405, allowed), (answer.Status, answer.Headers["Allow"]));
    }

    [Fact]
    public async Task HEAD_is_refused_unless_it_is_turned_on()
    {
        await using var site = await StartAsync(new EmulatorBehavior());

        var answer = await site.SendAsync(HttpMethod.Head, "/a.txt");

        Assert.Equal((405, "GET, POST, OPTIONS"), (answer.Status, answer.Headers["Allow"]));
        Assert.Empty(answer.Body);
    }

    [Theory]
    [InlineData("/a.txt", "", 200)]
    [InlineData("/a.txt", "br", 200)]
    [InlineData("/secret.txt", "", 404)]
    [InlineData("/members.txt", "", 403)]
    public async Task HEAD_has_the_headers_of_GET_and_no_body(string path, string encodings, int status)
    {
        await using var site = await StartAsync(WithHead);

        var get = await site.SendAsync(HttpMethod.Get, path, ("Accept-Encoding", encodings));
        var head = await site.SendAsync(HttpMethod.Head, path, ("Accept-Encoding", encodings));

        Assert.Equal((status, status), (get.Status, head.Status));
        Assert.Equal(
            get.Headers.Where(header => header.Key != "Date").Select(header => $"{header}").Order(),
            head.Headers.Where(header => header.Key != "Date").Select(header => $"{header}").Order()
        );
        Assert.Contains("Content-Length", head.Headers.Keys);
        Assert.Empty(head.Body);
    }

    [Fact]
    public async Task HEAD_answers_conditions_like_GET()
    {
        await using var site = await StartAsync(WithHead);

        var answer = await site.SendAsync(HttpMethod.Head, "/a.txt", ("If-None-Match", "*"));

        Assert.Equal(304, answer.Status);
    }

    private static async Task<DeployedSite> StartAsync(EmulatorBehavior behavior)
    {
        var site = await DeployedSite.StartAsync(configure: options => options with { Behavior = behavior });
        await site.DeployAsync(
            ("/a.txt", new string('a', 5_000), "public"),
            ("/secret.txt", "s", "private"),
            ("/members.txt", "m", "protected")
        );
        return site;
    }
}
