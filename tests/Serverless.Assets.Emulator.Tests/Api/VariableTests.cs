using System.Text.Json;
using System.Text.RegularExpressions;

namespace Serverless.Assets.Emulator.Tests.Api;

public sealed class VariableTests : IAsyncLifetime
{
    private TestEmulator _emulator = null!;
    private string _service = "";
    private string _environment = "";

    private ApiClient Api => _emulator.Api;

    private string Variables => $"/v1/Services/{_service}/Environments/{_environment}/Variables";

    public async ValueTask InitializeAsync()
    {
        _emulator = await TestEmulator.StartAsync();
        _service = (await Api.CreateServiceAsync()).Sid();
        _environment = (await Api.CreateEnvironmentAsync(_service)).Sid();
    }

    public ValueTask DisposeAsync() => _emulator.DisposeAsync();

    [Fact]
    public async Task A_variable_is_created_with_these_fields()
    {
        var variable = await CreateAsync("COLOR", "red");

        var url = $"{_emulator.Url}{Variables}/{variable.Sid()}";
        Assert.Matches(new Regex("^ZV[0-9a-f]{32}$"), variable.Sid());
        JsonAssert.Same(
            $$"""
            {
              "sid": "{{variable.Sid()}}",
              "account_sid": "{{ApiClient.Account}}",
              "service_sid": "{{_service}}",
              "environment_sid": "{{_environment}}",
              "key": "COLOR",
              "value": "red",
              "date_created": "2026-03-01T12:00:00Z",
              "date_updated": "2026-03-01T12:00:00Z",
              "url": "{{url}}"
            }
            """,
            variable
        );
        Assert.Equal(variable.GetRawText(), (await Api.GetAsync(url)).Ok().GetRawText());
    }

    [Fact]
    public async Task Pages_of_the_list_are_newest_first()
    {
        foreach (var key in new[] { "A", "B", "C" })
        {
            await CreateAsync(key, "value");
        }

        var first = (await Api.GetAsync($"{Variables}?PageSize=2")).Ok();
        var next = (await Api.GetAsync(first.GetProperty("meta").Text("next_page_url"))).Ok();

        Assert.Equal("variables", first.GetProperty("meta").Text("key"));
        Assert.Equal(["C", "B"], first.All("variables", "key"));
        Assert.Equal(["A"], next.All("variables", "key"));
        Assert.Equal(JsonValueKind.Null, next.GetProperty("meta").GetProperty("next_page_url").ValueKind);
    }

    [Theory]
    [InlineData("SIZE", null, "SIZE", "red")]
    [InlineData(null, "blue", "COLOR", "blue")]
    [InlineData(null, "", "COLOR", "")]
    [InlineData("SIZE", "large", "SIZE", "large")]
    [InlineData(null, null, "COLOR", "red")]
    public async Task An_update_changes_what_it_names(string? key, string? value, string newKey, string newValue)
    {
        var variable = await CreateAsync("COLOR", "red");
        var other = await CreateAsync("COLOR", "other");
        _emulator.Clock.Advance(TimeSpan.FromSeconds(5));

        var updated = (
            await Api.PostAsync(
                $"{Variables}/{variable.Sid()}",
                [.. new[] { ("Key", key), ("Value", value) }.Where(field => field.Item2 is not null)!]
            )
        ).Ok();

        Assert.Equal((newKey, newValue), (updated.Text("key"), updated.Text("value")));
        Assert.Equal("2026-03-01T12:00:00Z", updated.Text("date_created"));
        Assert.Equal("2026-03-01T12:00:05Z", updated.Text("date_updated"));
        Assert.Equal(updated.GetRawText(), (await FetchAsync(variable)).Ok().GetRawText());
        Assert.Equal(other.GetRawText(), (await FetchAsync(other)).Ok().GetRawText());
    }

    [Fact]
    public async Task A_deleted_variable_is_gone()
    {
        var variable = await CreateAsync("COLOR", "red");
        var kept = await CreateAsync("SIZE", "large");

        Assert.Equal(204, (await Api.DeleteAsync($"{Variables}/{variable.Sid()}")).Status);

        Assert.Equal(404, (await FetchAsync(variable)).Status);
        Assert.Equal(404, (await Api.DeleteAsync($"{Variables}/{variable.Sid()}")).Status);
        Assert.Equal([kept.Sid()], (await Api.GetAsync(Variables)).Ok().All("variables", "sid"));
    }

    [Fact]
    public async Task A_variable_belongs_to_one_environment()
    {
        var variable = await CreateAsync("COLOR", "red");
        var other = (await Api.CreateEnvironmentAsync(_service, "other", "other")).Sid();
        var address = $"/v1/Services/{_service}/Environments/{other}/Variables";

        (await Api.GetAsync($"{address}/{variable.Sid()}")).Refused(
            404,
            20404,
            $"The requested resource {address}/{variable.Sid()} was not found"
        );
        Assert.Equal(404, (await Api.PostAsync($"{address}/{variable.Sid()}", ("Value", "blue"))).Status);
        Assert.Equal(404, (await Api.DeleteAsync($"{address}/{variable.Sid()}")).Status);
        Assert.Empty((await Api.GetAsync(address)).Ok().All("variables", "sid"));
        Assert.Equal("red", (await FetchAsync(variable)).Ok().Text("value"));
    }

    [Theory]
    [InlineData("Environments")]
    [InlineData("Services")]
    public async Task A_variable_is_deleted_with_its_environment_or_service(string parent)
    {
        var folder = _emulator.Options.DataDirectory;
        await CreateAsync("COLOR", "red");

        await _emulator.DeleteAsync(
            parent == "Services" ? $"/v1/Services/{_service}" : $"/v1/Services/{_service}/Environments/{_environment}"
        );

        using var database = Emulator.Storage.Database.Open(Path.Combine(folder, "emulator.db"));
        Assert.Equal(0, database.QueryNumber("SELECT count(*) FROM variables"));
        Assert.Equal(404, (await Api.GetAsync(Variables)).Status);
    }

    [Fact]
    public async Task A_key_has_up_to_128_characters_and_a_value_up_to_450_bytes()
    {
        var key = new string('k', 128);
        var value = new string('ü', 225); // two bytes each

        var variable = await CreateAsync(key, value);

        Assert.Equal((key, value), (variable.Text("key"), variable.Text("value")));
        (await Api.PostAsync(Variables, ("Key", key + "k"), ("Value", "x"))).Refused(
            400,
            20001,
            "Key is longer than 128 characters"
        );
        (await Api.PostAsync($"{Variables}/{variable.Sid()}", ("Value", value + "x"))).Refused(
            400,
            20001,
            "Value is longer than 450 bytes"
        );
        Assert.Equal(variable.GetRawText(), (await FetchAsync(variable)).Ok().GetRawText());
    }

    [Theory]
    [InlineData("", "Missing required parameter Key in the post body")]
    [InlineData("Key=&Value=x", "Missing required parameter Key in the post body")]
    [InlineData("Key=a", "Missing required parameter Value in the post body")]
    [InlineData("Key=a%0Ab&Value=x", "Key contains characters that are not allowed")]
    [InlineData("Key=a&Value=x%00y", "Value contains characters that are not allowed")]
    [InlineData("Key=a&Key=b&Value=x", "Parameter Key occurs more than once in the post body")]
    public async Task A_request_without_a_valid_key_and_value_is_refused(string form, string message)
    {
        using var content = new StringContent(form, null, "application/x-www-form-urlencoded");

        (await Api.SendAsync(HttpMethod.Post, Variables, content)).Refused(400, 20001, message);

        Assert.Empty((await Api.GetAsync(Variables)).Ok().All("variables", "sid"));
    }

    [Fact]
    public async Task An_update_without_a_valid_key_changes_nothing()
    {
        var variable = await CreateAsync("COLOR", "red");

        (await Api.PostAsync($"{Variables}/{variable.Sid()}", ("Key", ""), ("Value", "blue"))).Refused(
            400,
            20001,
            "Missing required parameter Key in the post body"
        );

        Assert.Equal(variable.GetRawText(), (await FetchAsync(variable)).Ok().GetRawText());
    }

    [Theory]
    [InlineData("")]
    [InlineData("two\nlines")]
    [InlineData(" a&b=c+%20 ")]
    public async Task A_value_is_kept_as_it_is(string value)
    {
        Assert.Equal(value, (await FetchAsync(await CreateAsync("TEXT", value))).Ok().Text("value"));
    }

    private Task<JsonElement> CreateAsync(string key, string value) =>
        Api.CreateVariableAsync(_service, _environment, key, value);

    private Task<ApiResult> FetchAsync(JsonElement variable) => Api.GetAsync($"{Variables}/{variable.Sid()}");
}
