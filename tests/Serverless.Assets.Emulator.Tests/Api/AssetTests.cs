using System.Text.RegularExpressions;

namespace Serverless.Assets.Emulator.Tests.Api;

public sealed class AssetTests
{
    [Theory]
    [InlineData("Assets", "asset_versions")]
    [InlineData("Functions", "function_versions")]
    public async Task One_is_created_with_these_fields(string collection, string link)
    {
        await using var emulator = await TestEmulator.StartAsync();
        var service = (await emulator.Api.CreateServiceAsync()).Sid();

        var created = (
            await emulator.Api.PostAsync($"/v1/Services/{service}/{collection}", ("FriendlyName", "/a.txt"))
        ).Created();

        var url = $"{emulator.Server.BaseAddress}v1/Services/{service}/{collection}/{created.Sid()}";
        Assert.Matches(new Regex("^ZH[0-9a-f]{32}$"), created.Sid());
        JsonAssert.Same(
            $$"""
            {
              "sid": "{{created.Sid()}}",
              "account_sid": "{{ApiClient.Account}}",
              "service_sid": "{{service}}",
              "friendly_name": "/a.txt",
              "date_created": "2026-03-01T12:00:00Z",
              "date_updated": "2026-03-01T12:00:00Z",
              "url": "{{url}}",
              "links": {
                "{{link}}": "{{url}}/Versions"
              }
            }
            """,
            created
        );
    }

    [Fact]
    public async Task Names_need_not_be_unique()
    {
        await using var emulator = await TestEmulator.StartAsync();
        var service = (await emulator.Api.CreateServiceAsync()).Sid();

        var first = await emulator.Api.CreateAssetAsync(service, "same");
        var second = await emulator.Api.CreateAssetAsync(service, "same");

        var list = (await emulator.Api.GetAsync($"/v1/Services/{service}/Assets")).Ok();
        Assert.Equal([second, first], list.All("assets", "sid"));
        Assert.Equal(["same", "same"], list.All("assets", "friendly_name"));
    }

    [Fact]
    public async Task A_name_has_1_to_255_characters()
    {
        await using var emulator = await TestEmulator.StartAsync();
        var address = $"/v1/Services/{(await emulator.Api.CreateServiceAsync()).Sid()}/Assets";

        (await emulator.Api.PostAsync(address, ("FriendlyName", new string('n', 255)))).Created();
        (await emulator.Api.PostAsync(address, ("FriendlyName", new string('n', 256)))).Refused(
            400,
            20001,
            "FriendlyName is longer than 255 characters"
        );
        (await emulator.Api.PostAsync(address)).Refused(
            400,
            20001,
            "Missing required parameter FriendlyName in the post body"
        );
    }

    [Fact]
    public async Task An_update_renames()
    {
        await using var emulator = await TestEmulator.StartAsync();
        var service = (await emulator.Api.CreateServiceAsync()).Sid();
        var address = $"/v1/Services/{service}/Assets/{await emulator.Api.CreateAssetAsync(service)}";
        emulator.Clock.Advance(TimeSpan.FromMinutes(1));

        (await emulator.Api.PostAsync(address, ("FriendlyName", "/b.txt"))).Ok();

        var fetched = (await emulator.Api.GetAsync(address)).Ok();
        Assert.Equal("/b.txt", fetched.Text("friendly_name"));
        Assert.Equal("2026-03-01T12:00:00Z", fetched.Text("date_created"));
        Assert.Equal("2026-03-01T12:01:00Z", fetched.Text("date_updated"));
    }

    [Fact]
    public async Task A_deleted_asset_takes_its_versions_along()
    {
        await using var emulator = await TestEmulator.StartAsync();
        var service = (await emulator.Api.CreateServiceAsync()).Sid();
        var version = await emulator.Api.AddAsync(service, "/a.txt", "a");
        var asset = (await emulator.Api.GetAsync($"/v1/Services/{service}/Assets")).Ok().All("assets", "sid")[0];

        Assert.Equal(204, (await emulator.Api.DeleteAsync($"/v1/Services/{service}/Assets/{asset}")).Status);

        Assert.Equal(404, (await emulator.Api.DeleteAsync($"/v1/Services/{service}/Assets/{asset}")).Status);
        Assert.Equal(404, (await emulator.Api.GetAsync($"/__emulator/versions/{version}")).Status);
    }

    [Theory]
    [InlineData("/v1/Services/unknown/Assets")]
    [InlineData("/v1/Services/shop/Assets/ZH00000000000000000000000000000000")]
    [InlineData("/v1/Services/shop/Assets/ZH00000000000000000000000000000000/Versions")]
    [InlineData("/v1/Services/shop/Builds/ZB00000000000000000000000000000000")]
    [InlineData("/v1/Services/shop/Environments/ZE00000000000000000000000000000000/Deployments")]
    public async Task A_request_for_a_missing_resource_is_not_found(string address)
    {
        await using var emulator = await TestEmulator.StartAsync();
        await emulator.Api.CreateServiceAsync();

        (await emulator.Api.GetAsync(address)).Refused(404, 20404, $"The requested resource {address} was not found");
    }

    [Fact]
    public async Task Functions_are_not_Assets_and_Assets_belong_to_their_Service()
    {
        await using var emulator = await TestEmulator.StartAsync();
        await emulator.Api.CreateServiceAsync();
        await emulator.Api.CreateServiceAsync("other");
        var function = await emulator.Api.CreateAssetAsync("shop", "f", "Functions");
        var asset = await emulator.Api.CreateAssetAsync("shop");

        Assert.Equal(404, (await emulator.Api.GetAsync($"/v1/Services/shop/Assets/{function}")).Status);
        Assert.Equal(404, (await emulator.Api.GetAsync($"/v1/Services/other/Assets/{asset}")).Status);
        Assert.Equal([asset], (await emulator.Api.GetAsync("/v1/Services/shop/Assets")).Ok().All("assets", "sid"));
        Assert.Equal(
            [function],
            (await emulator.Api.GetAsync("/v1/Services/shop/Functions")).Ok().All("functions", "sid")
        );
    }
}
