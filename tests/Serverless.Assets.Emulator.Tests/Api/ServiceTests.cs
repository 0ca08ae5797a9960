using System.Text.RegularExpressions;

namespace Serverless.Assets.Emulator.Tests.Api;

public sealed class ServiceTests
{
    [Fact]
    public async Task A_service_is_created_with_these_fields()
    {
        await using var emulator = await TestEmulator.StartAsync();

        var service = await emulator.Api.CreateServiceAsync("My-Shop");

        var sid = service.Sid();
        var url = $"{emulator.Server.BaseAddress}v1/Services/{sid}";
        Assert.Matches(new Regex("^ZS[0-9a-f]{32}$"), sid);
        Assert.Matches(new Regex("^my-shop-[0-9]{4}$"), service.Text("domain_base"));
        JsonAssert.Same(
            $$"""
            {
              "sid": "{{sid}}",
              "account_sid": "{{ApiClient.Account}}",
              "friendly_name": "The My-Shop",
              "unique_name": "My-Shop",
              "include_credentials": true,
              "ui_editable": false,
              "domain_base": "{{service.Text("domain_base")}}",
              "date_created": "2026-03-01T12:00:00Z",
              "date_updated": "2026-03-01T12:00:00Z",
              "url": "{{url}}",
              "links": {
                "environments": "{{url}}/Environments",
                "functions": "{{url}}/Functions",
                "assets": "{{url}}/Assets",
                "builds": "{{url}}/Builds"
              }
            }
            """,
            service
        );
    }

    [Theory]
    [InlineData("FriendlyName", "Missing required parameter UniqueName in the post body")]
    [InlineData("UniqueName", "Missing required parameter FriendlyName in the post body")]
    public async Task Both_names_are_needed(string given, string message)
    {
        await using var emulator = await TestEmulator.StartAsync();

        (await emulator.Api.PostAsync("/v1/Services", (given, "x"))).Refused(400, 20001, message);
    }

    [Theory]
    [InlineData("under_score")]
    [InlineData("a b")]
    [InlineData("caf\u00e9")]
    public async Task A_unique_name_has_letters_digits_and_dashes(string name)
    {
        await using var emulator = await TestEmulator.StartAsync();

        (await emulator.Api.PostAsync("/v1/Services", ("UniqueName", name), ("FriendlyName", "x"))).Refused(
            400,
            20001,
            "UniqueName may only contain letters, digits and dashes"
        );
    }

    [Fact]
    public async Task A_unique_name_has_at_most_50_characters()
    {
        await using var emulator = await TestEmulator.StartAsync();

        await emulator.Api.CreateServiceAsync(new string('a', 50));

        (
            await emulator.Api.PostAsync("/v1/Services", ("UniqueName", new string('a', 51)), ("FriendlyName", "x"))
        ).Refused(400, 20001, "UniqueName is longer than 50 characters");
    }

    [Fact]
    public async Task A_unique_name_is_taken_once()
    {
        await using var emulator = await TestEmulator.StartAsync();
        await emulator.Api.CreateServiceAsync();

        (await emulator.Api.PostAsync("/v1/Services", ("UniqueName", "shop"), ("FriendlyName", "x"))).Refused(
            409,
            20409,
            "Service with unique name shop already exists"
        );
    }

    [Fact]
    public async Task There_are_at_most_50_services()
    {
        await using var emulator = await TestEmulator.StartAsync();
        for (var i = 0; i < 50; i++)
        {
            await emulator.Api.CreateServiceAsync($"shop-{i}");
        }

        (await emulator.Api.PostAsync("/v1/Services", ("UniqueName", "one-more"), ("FriendlyName", "x"))).Refused(
            400,
            20001,
            "An account can have at most 50 Services"
        );
    }

    [Fact]
    public async Task The_unique_name_stands_for_the_sid()
    {
        await using var emulator = await TestEmulator.StartAsync();
        var sid = (await emulator.Api.CreateServiceAsync()).Sid();

        Assert.Equal(sid, (await emulator.Api.GetAsync("/v1/Services/shop")).Ok().Sid());
        var asset = (await emulator.Api.PostAsync("/v1/Services/shop/Assets", ("FriendlyName", "a"))).Created();
        Assert.Equal(sid, asset.Text("service_sid"));
    }

    [Fact]
    public async Task An_update_changes_what_it_names()
    {
        await using var emulator = await TestEmulator.StartAsync();
        var service = await emulator.Api.CreateServiceAsync();
        emulator.Clock.Advance(TimeSpan.FromSeconds(5));

        var updated = (await emulator.Api.PostAsync($"/v1/Services/{service.Sid()}", ("UiEditable", "true"))).Ok();

        Assert.True(updated.GetProperty("ui_editable").GetBoolean());
        Assert.True(updated.GetProperty("include_credentials").GetBoolean());
        Assert.Equal("The shop", updated.Text("friendly_name"));
        Assert.Equal("2026-03-01T12:00:00Z", updated.Text("date_created"));
        Assert.Equal("2026-03-01T12:00:05Z", updated.Text("date_updated"));
        Assert.Equal(updated.GetRawText(), (await emulator.Api.GetAsync("/v1/Services/shop")).Ok().GetRawText());
        (await emulator.Api.PostAsync("/v1/Services/shop", ("UiEditable", "maybe"))).Refused(
            400,
            20001,
            "UiEditable is not a valid boolean"
        );
    }

    [Fact]
    public async Task A_deleted_service_takes_everything_along()
    {
        await using var emulator = await TestEmulator.StartAsync();
        var service = (await emulator.Api.CreateServiceAsync()).Sid();
        await emulator.Api.AddAsync(service, "/a.txt", "a");

        var deleted = await emulator.Api.DeleteAsync($"/v1/Services/{service}");

        Assert.Equal(204, deleted.Status);
        Assert.Empty(deleted.Body);
        var address = $"/v1/Services/{service}/Assets";
        (await emulator.Api.GetAsync(address)).Refused(404, 20404, $"The requested resource {address} was not found");
        Assert.Equal("""{"services":[]}""", (await emulator.Api.GetAsync("/__emulator/services")).Text);
    }
}
