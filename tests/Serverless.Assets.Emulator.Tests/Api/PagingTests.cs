using System.Text.Json;

namespace Serverless.Assets.Emulator.Tests.Api;

public sealed class PagingTests
{
    [Fact]
    public async Task An_empty_list_has_one_page()
    {
        await using var emulator = await TestEmulator.StartAsync();
        var url = $"{emulator.Server.BaseAddress}v1/Services";

        JsonAssert.Same(
            $$"""
            {
              "services": [],
              "meta": {
                "first_page_url": "{{url}}?PageSize=50&Page=0",
                "key": "services",
                "next_page_url": null,
                "page": 0,
                "page_size": 50,
                "previous_page_url": null,
                "url": "{{url}}?PageSize=50&Page=0"
              }
            }
            """,
            (await emulator.Api.GetAsync("/v1/Services")).Json
        );
    }

    [Fact]
    public async Task The_default_size_is_50()
    {
        await using var emulator = await TestEmulator.StartAsync();
        var service = await ServiceWithAssetsAsync(emulator, 51);

        var list = (await emulator.Api.GetAsync($"/v1/Services/{service}/Assets")).Ok();

        Assert.Equal(50, list.GetProperty("assets").GetArrayLength());
        var next = (await emulator.Api.GetAsync(Meta(list, "next_page_url")!)).Ok();
        Assert.Equal(["/0"], next.All("assets", "friendly_name"));
        Assert.Null(Meta(next, "next_page_url"));
    }

    [Theory]
    [InlineData("PageSize=0")]
    [InlineData("PageSize=1001")]
    [InlineData("PageSize=-1")]
    [InlineData("PageSize=many")]
    public async Task A_size_is_from_1_to_1000(string query)
    {
        await using var emulator = await TestEmulator.StartAsync();

        Assert.Equal(200, (await emulator.Api.GetAsync("/v1/Services?PageSize=1000")).Status);
        (await emulator.Api.GetAsync($"/v1/Services?{query}")).Refused(
            400,
            20001,
            "PageSize must be between 1 and 1000"
        );
    }

    [Theory]
    [InlineData("P")]
    [InlineData("PA")]
    [InlineData("PC1")]
    [InlineData("PA1x")]
    public async Task A_token_that_is_none_is_refused(string token)
    {
        await using var emulator = await TestEmulator.StartAsync();

        (await emulator.Api.GetAsync($"/v1/Services?Page=1&PageToken={token}")).Refused(
            400,
            20001,
            "PageToken is not valid"
        );
    }

    [Fact]
    public async Task Pages_lead_on_and_back_and_what_is_added_meanwhile_shifts_nothing()
    {
        await using var emulator = await TestEmulator.StartAsync();
        var service = await ServiceWithAssetsAsync(emulator, 5);

        var first = (await emulator.Api.GetAsync($"/v1/Services/{service}/Assets?PageSize=2")).Ok();
        await emulator.Api.CreateAssetAsync(service, "/added");
        var second = (await emulator.Api.GetAsync(Meta(first, "next_page_url")!)).Ok();
        await emulator.Api.CreateAssetAsync(service, "/added too");
        var third = (await emulator.Api.GetAsync(Meta(second, "next_page_url")!)).Ok();
        var back = (await emulator.Api.GetAsync(Meta(third, "previous_page_url")!)).Ok();

        Assert.Equal(["/4", "/3"], first.All("assets", "friendly_name"));
        Assert.Equal(["/2", "/1"], second.All("assets", "friendly_name"));
        Assert.Equal(["/0"], third.All("assets", "friendly_name"));
        Assert.Equal(["/2", "/1"], back.All("assets", "friendly_name"));
        Assert.Null(Meta(first, "previous_page_url"));
        Assert.Null(Meta(third, "next_page_url"));
        Assert.Equal(Meta(second, "next_page_url"), Meta(back, "next_page_url"));
        Assert.Equal([0, 1, 2, 1], new[] { first, second, third, back }.Select(Number));
    }

    [Fact]
    public async Task A_page_number_alone_is_counted_from_the_newest()
    {
        await using var emulator = await TestEmulator.StartAsync();
        var service = await ServiceWithAssetsAsync(emulator, 5);

        var second = (await emulator.Api.GetAsync($"/v1/Services/{service}/Assets?PageSize=2&Page=1")).Ok();

        Assert.Equal(["/2", "/1"], second.All("assets", "friendly_name"));
    }

    [Fact]
    public async Task The_highest_page_number_remains()
    {
        await using var emulator = await TestEmulator.StartAsync();
        var service = await ServiceWithAssetsAsync(emulator, 3);

        var list = await emulator.GetAsync(
            $"/v1/Services/{service}/Assets?PageSize=1&Page={int.MaxValue}&PageToken=PA{long.MaxValue}"
        );

        Assert.Contains($"&Page={int.MaxValue}&PageToken=PA", Meta(list, "next_page_url"), StringComparison.Ordinal);
    }

    private static async Task<string> ServiceWithAssetsAsync(TestEmulator emulator, int count)
    {
        var service = (await emulator.Api.CreateServiceAsync()).Sid();
        for (var i = 0; i < count; i++)
        {
            await emulator.Api.CreateAssetAsync(service, $"/{i}");
        }

        return service;
    }

    private static string? Meta(JsonElement list, string name) => list.GetProperty("meta").Text(name);

    private static int Number(JsonElement list) => list.GetProperty("meta").GetProperty("page").GetInt32();
}
